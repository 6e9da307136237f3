// `expect a == b within e`: whether it is met, and the figures to say so.
#pragma once

#include <string>

#include "runtime/tensor/value.h"

namespace bouton::runtime {

struct ExpectationResult {
  bool met = false;
  std::string figures;  // "largest difference 3e-13 at element 4 of 9, allowed 1e-12"
};

// Arrays by their largest difference, which must not exceed `within`; spikes, texts and lists are
// equal or not. Shapes that differ are not equal.
[[nodiscard]] ExpectationResult compare_with_expected(const Value& actual, const Value& expected,
                                                      double within);

// A condition, or an array of truth values that must all be true.
[[nodiscard]] ExpectationResult expect_truth(const Value& condition);

}  // namespace bouton::runtime
