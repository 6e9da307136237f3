// Walks over host programs and their expressions.
#pragma once

#include <functional>

#include "compiler/plan/host.h"

namespace bouton::plan {

// `visit` is called for the expression and all its parts.
void for_each_expr(const HostExpr& expr, const std::function<void(const HostExpr&)>& visit);

// All statements, those of nested bodies included, in textual order.
void for_each_stmt(const HostBody& body, const std::function<void(const HostStmt&)>& visit);

// The expressions that stand in the statement itself, not those of its bodies.
void for_each_expr_of(const HostStmt& stmt, const std::function<void(const HostExpr&)>& visit);

}  // namespace bouton::plan
