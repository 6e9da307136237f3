// Dimensions of powers: `x^2` of a quantity needs an exponent that is known when the text is read.
#pragma once

#include <optional>

#include "compiler/check/context.h"

namespace bouton::check {

// The value of an expression made of literals (numbers, minus, `1/2`).
[[nodiscard]] std::optional<double> constant_value(const model::Expr& expr);

// Nothing after a message.
[[nodiscard]] std::optional<DimensionTerm> dimension_of_power(const Typed& base,
                                                              const Typed& exponent,
                                                              Context& context);

}  // namespace bouton::check
