// The statements of circuits, experiments, verify blocks and phases, in textual order.
#pragma once

#include <string>

#include "compiler/check/body.h"

namespace bouton::check {

// The statements of a block, in a scope of their own.
[[nodiscard]] model::Body check_block(const ast::Block& block, BodyContext& body);

// `Sampling/W.w`: calls of random functions until the next call of this function belong to that
// site (SEMANTICS 20). An empty name means the experiment itself.
void set_random_site(const std::string& name, std::vector<model::Expr> indices, BodyContext& body);

}  // namespace bouton::check
