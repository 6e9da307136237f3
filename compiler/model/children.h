// Walking an expression: its direct subexpressions, in the order of the text.
#pragma once

#include <functional>

#include "compiler/model/expr.h"

namespace bouton::model {

void for_each_child(const Expr& expr, const std::function<void(const Expr&)>& visit);

}  // namespace bouton::model
