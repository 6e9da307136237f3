// Calls: `prev`, functions of the program, function-valued parameters; builtins are in
// builtin_calls.h.
#pragma once

#include "compiler/ast/expr.h"
#include "compiler/check/context.h"

namespace bouton::check {

[[nodiscard]] Typed check_call(const ast::Expr& expr, const ast::Call& call, Wanted wanted,
                               Context& context);

// `x'` of a state, an algebraic variable or a partner's field.
[[nodiscard]] Typed check_prime(const ast::Expr& expr, const ast::Prime& node, Context& context);

// The function that a name means where a function is asked for: `logistic`, or one of the program's
// with a single number as its argument.
[[nodiscard]] Typed check_function_value(const ast::Expr& expr, std::string_view what,
                                         Context& context);

}  // namespace bouton::check
