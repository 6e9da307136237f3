// `expect a == b within e`: whether it is met, and the figures to say so.
#pragma once

#include <string>
#include <string_view>

#include "runtime/tensor/value.h"

namespace bouton::runtime {

struct ExpectationResult {
  bool met = false;
  std::string figures;  // "largest difference 3e-13 at element 4 of 9, allowed 1e-12"
  // The same in parts; of arrays the element that differs most.
  std::string actual{};      // "0.25 at 4 of 9"
  std::string expected{};    // "0.5"
  std::string difference{};  // "0.25"; empty where there is no such number
  std::string allowed{};     // "1e-12", "none"
};

// Arrays by their largest difference, which must not exceed `within`; spikes, texts and lists are
// equal or not. Shapes that differ are not equal.
[[nodiscard]] ExpectationResult compare_with_expected(const Value& actual, const Value& expected,
                                                      double within);

// `left op right`, which is `truth`: with both sides.
[[nodiscard]] ExpectationResult expect_comparison(std::string_view op, const Value& left,
                                                  const Value& right, const Value& truth);

// A condition, or an array of truth values that must all be true.
[[nodiscard]] ExpectationResult expect_truth(const Value& condition);

}  // namespace bouton::runtime
