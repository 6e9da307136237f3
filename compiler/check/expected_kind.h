// The kind of value of an expression before it is read, as far as its form tells: what a name is
// declared as when it may be read before its definition (equations have no order in the text).
#pragma once

#include "compiler/ast/expr.h"
#include "compiler/check/context.h"

namespace bouton::check {

// Real for whatever is not plainly something else. Names that are not declared yet count as Real.
[[nodiscard]] model::Kind expected_kind(const ast::Expr& expr, const Context& context);

}  // namespace bouton::check
