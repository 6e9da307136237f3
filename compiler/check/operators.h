// Operators between values: dimensions, ranks, and steps against times.
#pragma once

#include "compiler/ast/expr.h"
#include "compiler/check/context.h"

namespace bouton::check {

[[nodiscard]] Typed check_unary(const ast::Expr& expr, const ast::Unary& node, Context& context);
[[nodiscard]] Typed check_binary(const ast::Expr& expr, const ast::Binary& node, Context& context);
[[nodiscard]] Typed check_comparison(const ast::Expr& expr, const ast::Comparison& node,
                                     Context& context);
[[nodiscard]] Typed check_logical(const ast::Expr& expr, const ast::Logical& node,
                                  Context& context);
[[nodiscard]] Typed check_choice(const ast::Expr& expr, const ast::IfElse& node, Wanted wanted,
                                 Context& context);

// Two values that have to be alike, as the operands of `verb` ("add", "compare", …): one dimension,
// both steps or both times. False, after a message, when they cannot be; unknown types are alike to
// everything.
[[nodiscard]] bool make_alike(Typed& left, Typed& right, std::string_view verb, Context& context);

// The rank of an elementwise operation; reports two arrays of different rank.
[[nodiscard]] std::optional<int> common_rank(const Typed& left, const Typed& right,
                                             std::string_view verb, Context& context);

}  // namespace bouton::check
