// The population or projection at the front of `net.pyr[l].u`, with its circuit and family indices.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "compiler/check/body.h"
#include "compiler/check/path.h"

namespace bouton::check {

struct OwnerPath {
  source::Span span;  // of everything up to `next`
  std::optional<model::SymbolId> circuit;
  std::variant<const Population*, const Projection*> owner;
  std::vector<const ast::Expr*> family_indices;  // empty: the whole family
  std::size_t next = 0;                          // the first step of the path behind it
};

// Whether the path starts with a population, projection or circuit of this body.
[[nodiscard]] bool starts_with_owner(const Path& path, const BodyContext& body);

// Reports an unknown member of a circuit, and an index of what is no family. Requires
// starts_with_owner.
[[nodiscard]] std::optional<OwnerPath> resolve_owner(const Path& path, BodyContext& body);

[[nodiscard]] model::SymbolId symbol_of(const OwnerPath& path);
[[nodiscard]] const std::string& name_of(const OwnerPath& path);
[[nodiscard]] std::size_t family_rank_of(const OwnerPath& path);

// Family indices and other whole numbers that must be known before the experiment starts.
[[nodiscard]] std::vector<model::Expr> check_family_indices(const OwnerPath& path,
                                                            BodyContext& body);

}  // namespace bouton::check
