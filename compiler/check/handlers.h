// Bodies of handlers: `on pre { … }`, `spike when … { … }`. Local names, assignments, conditions.
#pragma once

#include <functional>
#include <vector>

#include "compiler/ast/statement.h"
#include "compiler/check/context.h"
#include "compiler/model/dynamics.h"

namespace bouton::check {

// `targets`: the symbols that may be assigned here. Those that are assigned are added to
// `assigned`.
struct HandlerRules {
  std::vector<model::SymbolId> targets;
  std::vector<model::SymbolId>& assigned;
};

[[nodiscard]] model::HandlerBody check_handler(const ast::Block& block, HandlerRules& rules,
                                               Context& context);

[[nodiscard]] model::AssignOp to_model(ast::AssignmentOp op);

// Reads the value of `target op value`: like the target, or a plain number for `*=` and `/=`.
[[nodiscard]] Typed check_assigned_value(const ast::Expr& value, ast::AssignmentOp op,
                                         const Type& target, std::string_view name,
                                         Context& context);

}  // namespace bouton::check
