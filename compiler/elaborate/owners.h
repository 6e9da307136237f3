// Populations and projections by the names that declarations and statements give them.
#pragma once

#include "compiler/elaborate/families.h"

namespace bouton::elaborate {

// A name as it stands in the text: `z`, `net.pyr[l]`, `pyr[1 .. L-1]`, `net.up`.
struct OwnerName {
  source::Span span;
  std::optional<model::SymbolId> circuit;
  model::SymbolId owner;
  const std::vector<model::Expr>& family_indices;
};

// Where a name stands, `circuit` being the one that it names, if any: inside a circuit the
// instance.
[[nodiscard]] OwnerKey key_in(const Builder& builder, const std::optional<model::SymbolId>& circuit,
                              model::SymbolId owner);
// Declares every member of a piece of a family, or what is no family.
void declare_family(model::SymbolId owner, const std::vector<model::FamilyIndex>& family,
                    Builder& builder, const std::function<void(const FamilyIndices&)>& declare);
// Reports a second declaration of the same member.
void declare_owner(const OwnerKey& key, Owner owner, source::Span span, Builder& builder);

// Whether the instance is there; reports one that is not.
[[nodiscard]] bool is_instance_made(model::SymbolId instance, source::Span span, Builder& builder);

// The one that is named; reports one that is not there, and several. The indices must be known.
[[nodiscard]] std::optional<OwnerKey> find_member(const OwnerName& name, Builder& builder);
// All members that are named: one, a slice, or the whole family. Reports what is not there; empty
// then, and where a slice is.
[[nodiscard]] std::vector<OwnerKey> find_members(const OwnerName& name, Builder& builder);

// That no population or projection is called so, with those that are; not where its declaration was
// wrong.
void report_missing_owner(const OwnerKey& key, source::Span span, Builder& builder);

}  // namespace bouton::elaborate
