// Members of families that are only known when the experiment comes to them: `z[l].rate` in a loop
// that may `break`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/elaborate/network.h"

namespace bouton::lower {

// A name in a statement with indices that are no numbers.
struct OpenMember {
  std::optional<model::SymbolId> circuit;
  model::SymbolId owner;
  // In the statement: wherever it names a member of this family by the same indices.
  std::vector<std::vector<model::Expr>*> places;
  source::Span span;
  std::vector<model::Quantity> quantities;  // what it names of the member

  [[nodiscard]] const std::vector<model::Expr>& indices() const { return *places.front(); }
};

[[nodiscard]] bool is_open(const model::Quantity& quantity);

// The first one that is no value of an expression but what a statement changes, resets, replays or
// observes; it has to be known before the statement is executed. Nothing if there is none.
[[nodiscard]] std::optional<OpenMember> find_open_member(model::Stmt& stmt);

// The indices of all members of the family.
[[nodiscard]] std::vector<elaborate::FamilyIndices> members_of(
    const elaborate::Network& network, const std::optional<model::SymbolId>& circuit,
    model::SymbolId owner, std::size_t rank);
// As the experiment spells the family.
[[nodiscard]] std::string family_name(const elaborate::Network& network,
                                      const std::optional<model::SymbolId>& circuit,
                                      model::SymbolId owner);

// Puts numbers in the place of indices.
void set_indices(std::vector<model::Expr>& indices, const elaborate::FamilyIndices& numbers);
void set_indices(const OpenMember& member, const elaborate::FamilyIndices& numbers);

// Whether the member with these indices has what is asked of it.
[[nodiscard]] bool can_be(const OpenMember& member, const elaborate::FamilyIndices& indices,
                          const elaborate::Network& network);

// The quantity of every member, in order.
[[nodiscard]] std::vector<model::Quantity> members_of(const elaborate::Network& network,
                                                      const model::Quantity& quantity);

}  // namespace bouton::lower
