// Functions: each is generic in the dimensions of its parameters, and none may call itself.
#pragma once

#include <span>
#include <vector>

#include "compiler/ast/decl.h"
#include "compiler/check/context.h"
#include "compiler/check/interfaces.h"
#include "compiler/model/dynamics.h"

namespace bouton::check {

struct CheckedFunction {
  model::Function model;
  FunctionInterface interface;
};

[[nodiscard]] CheckedFunction check_function(const ast::Function& function, Context& context);

// Callees before callers. A function that calls itself, directly or through others, is reported and
// left out.
[[nodiscard]] std::vector<const ast::Function*> sort_functions(
    std::span<const ast::Function* const> functions, diagnostics::Diagnostics& diagnostics);

}  // namespace bouton::check
