// What is fixed once the experiment's parameters are: sizes, family indices, and the conditions of
// `if` and `for` that may contain declarations (SEMANTICS 22).
#pragma once

#include "compiler/check/body.h"

namespace bouton::check {

// Parameters, constants made of them, loop variables over such ranges, files; no runs, variables,
// random numbers or quantities of the network.
[[nodiscard]] bool is_compile_time(const model::Expr& expr, const BodyContext& body);

// Reports an expression that is not.
void require_compile_time(const model::Expr& expr, std::string_view what, BodyContext& body);

}  // namespace bouton::check
