// Expressions: names, types and dimensions of one expression, in neurons and rules as in
// experiments. Every function reports what is wrong and gives an unknown type for it, which fits
// everywhere.
//
//   check_expr       whatever it is
//   check_condition  a truth value
//   check_as         a value for a place of known type: the right-hand side of an assignment, an
//                    argument, a default. Inserts ToTime and ToSteps. Ranks: a scalar fits in an
//                    array, an unknown rank fits everywhere
#pragma once

#include <string_view>

#include "compiler/ast/expr.h"
#include "compiler/check/context.h"

namespace bouton::check {

[[nodiscard]] Typed check_expr(const ast::Expr& expr, Context& context,
                               Wanted wanted = Wanted::Value);

// `what` names the place in a message: "`refractory`" in "`refractory` must be a time, but …".
[[nodiscard]] Typed check_condition(const ast::Expr& expr, std::string_view what, Context& context);

[[nodiscard]] Typed check_as(const ast::Expr& expr, const Type& place, std::string_view what,
                             Context& context);

[[nodiscard]] inline Typed check_duration(const ast::Expr& expr, std::string_view what,
                                          Context& context) {
  return check_as(expr, real(units::kTime), what, context);
}

}  // namespace bouton::check
