// Calls inside neurons, synapses and rules: the mathematical functions, functions of the program,
// and parameters that stand for either.
#pragma once

#include "compiler/elaborate/scalar.h"

namespace bouton::elaborate {

// A truth value is 1 or 0.
[[nodiscard]] double evaluate_call(const model::Call& call, source::Span span, const Frame& frame);

// `abs`, `min` and `max` of whole steps.
[[nodiscard]] std::int64_t evaluate_steps_call(const model::Call& call, const Frame& frame);

// A builtin of one or two numbers, by the math header; the name is one of builtins.def that neurons
// may call.
[[nodiscard]] double call_scalar_builtin(std::string_view name, double first, double second,
                                         RealArithmetic arithmetic);

}  // namespace bouton::elaborate
