// Looking for something anywhere in an expression.
#pragma once

#include <functional>

#include "compiler/model/dynamics.h"

namespace bouton::elaborate {

// Calls `visit` for the expression and everything inside it, outermost first.
void walk(const model::Expr& expr, const std::function<void(const model::Expr&)>& visit);
// The same for every expression of a handler; targets of assignments are not expressions.
void walk(const model::HandlerBody& body, const std::function<void(const model::Expr&)>& visit);

[[nodiscard]] bool mentions(const model::Expr& expr, model::SymbolId symbol);

}  // namespace bouton::elaborate
