// Calls of library functions and file readers by host expressions.
#pragma once

#include "runtime/host/evaluate.h"

namespace bouton::runtime {

[[nodiscard]] Outcome<Value> evaluate_call(const CallExpr& call, Place place, Scope& scope);

}  // namespace bouton::runtime
