// Time as whole numbers of steps (SEMANTICS 8).
#pragma once

#include <cstdint>
#include <string>

#include "compiler/elaborate/arithmetic.h"
#include "compiler/elaborate/problem.h"

namespace bouton::elaborate {

// since_spike of a neuron that never spiked: larger than every number of steps, and far enough from
// the ends of int64 that sums with it stay ordered.
inline constexpr std::int64_t kNever = std::int64_t{1} << 61;

// How far a quotient may be from a whole number of steps (relative to the number beyond one), and
// the largest number up to which every step has its own value.
struct StepLimits {
  double tolerance;
  double most_steps;
};
[[nodiscard]] constexpr StepLimits step_limits(Precision precision) {
  return precision == Precision::Single ? StepLimits{1e-6, 0x1p24} : StepLimits{1e-9, 0x1p53};
}

// A duration in ms as steps; a problem where it is no multiple of `timestep` within the limits,
// with the nearest multiples in its hint.
[[nodiscard]] Outcome<std::int64_t> to_steps(double duration, double timestep, source::Span span,
                                             RealArithmetic arithmetic);

// "1 step", "-3 steps": for messages.
[[nodiscard]] std::string in_steps(std::int64_t steps);

[[nodiscard]] double to_time(std::int64_t steps, double timestep, RealArithmetic arithmetic);

}  // namespace bouton::elaborate
