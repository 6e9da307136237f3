// Locality: what a rule may read besides its own names is `pre.x` and `post.x`. What they are is
// asked of the neurons at each projection that learns by the rule; here each field gets a dimension
// from its uses.
#pragma once

#include <vector>

#include "compiler/check/context.h"
#include "compiler/check/interfaces.h"

namespace bouton::check {

// Reads `pre.x` and `post.x`, adding each to `fields` at its first use; reports everything else
// that reaches beyond the synapse. For Context::read_path.
[[nodiscard]] std::optional<Typed> read_partner_field(const ast::Expr& expr, Wanted wanted,
                                                      std::vector<FieldInterface>& fields,
                                                      Context& context);

}  // namespace bouton::check
