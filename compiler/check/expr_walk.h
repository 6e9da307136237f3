// The direct parts of an expression, in textual order: what every walk over expressions shares.
#pragma once

#include <vector>

#include "compiler/model/expr.h"

namespace bouton::check {

[[nodiscard]] std::vector<model::Expr*> parts_of(model::Expr& expr);
[[nodiscard]] std::vector<const model::Expr*> parts_of(const model::Expr& expr);

// Calls `visit` for the expression and everything in it, outer before inner, left before right.
template <typename Expr, typename Visit>
void walk(Expr& expr, const Visit& visit) {
  visit(expr);
  for (auto* part : parts_of(expr)) walk(*part, visit);
}

}  // namespace bouton::check
