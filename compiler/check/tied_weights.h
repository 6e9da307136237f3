// `weights tied to -transpose(up.w)`: an expression over the weights of one other projection. Tied
// weights are a view, so a chain of ties must end at weights that are stored.
#pragma once

#include "compiler/check/body.h"

namespace bouton::check {

[[nodiscard]] model::Expr check_tied_weights(const ast::Projection& projection,
                                             const ast::Expr& source, const Type& weight,
                                             BodyContext& body);

// Reports projections whose weights are tied to each other in a circle, as far as the text tells:
// families whose indices differ are followed when parameters are known.
void check_tie_loops(const BodyContext& body);

}  // namespace bouton::check
