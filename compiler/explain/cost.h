// What a kernel costs, counted from its ops. A value that is computed twice counts once, a value
// that nobody uses and a product with 1 do not count; the optimiser may still find more to save.
#pragma once

#include <cstdint>

#include "compiler/plan/plan.h"

namespace bouton::explain {

struct Cost {
  std::int64_t arithmetic = 0;  // real and fixed-point numbers: + - * / and the like
  std::int64_t math = 0;        // calls of the math library: exp, log, …
  std::int64_t other = 0;       // whole numbers, comparisons, choices
  std::int64_t random = 0;      // random words
  std::int64_t read = 0;        // bytes, each place once per element
  std::int64_t written = 0;     // bytes

  Cost& operator+=(const Cost& cost);
  friend bool operator==(const Cost&, const Cost&) = default;
};
[[nodiscard]] Cost operator*(std::int64_t times, Cost cost);

[[nodiscard]] std::int64_t bytes_of(const plan::Plan& plan, plan::Type type);

// Of one element of the kernel's space.
[[nodiscard]] Cost cost_of(const plan::Plan& plan, const plan::Kernel& kernel);

}  // namespace bouton::explain
