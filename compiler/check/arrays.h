// Arrays, tuples, ranges, elements and record fields: expressions of experiments, circuits and
// functions. Neurons, synapses and rules work on one element and refuse them.
#pragma once

#include "compiler/ast/expr.h"
#include "compiler/check/context.h"

namespace bouton::check {

[[nodiscard]] Typed check_array_literal(const ast::Expr& expr, const ast::ArrayLiteral& node,
                                        Context& context);
[[nodiscard]] Typed check_tuple(const ast::Expr& expr, const ast::Tuple& node, Context& context);
[[nodiscard]] Typed check_range(const ast::Expr& expr, const ast::Range& node, Context& context);
[[nodiscard]] Typed check_index(const ast::Expr& expr, const ast::Index& node, Context& context);
[[nodiscard]] Typed check_field(const ast::Expr& expr, const ast::Field& node, Context& context);

// Indices of a family or an array: numbers without dimension, and ranges of them.
[[nodiscard]] std::vector<model::Expr> check_indices(const std::vector<ast::Expr>& subscripts,
                                                     Context& context);

}  // namespace bouton::check
