// Calls of builtins: the type of the result by the signature in builtins.def.
#pragma once

#include "compiler/ast/expr.h"
#include "compiler/check/context.h"
#include "compiler/model/builtins.h"

namespace bouton::check {

[[nodiscard]] Typed check_builtin_call(const ast::Expr& expr, const ast::Call& call,
                                       model::BuiltinId id, Context& context);

}  // namespace bouton::check
