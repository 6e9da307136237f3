// Time as whole numbers of steps (SEMANTICS 8).
#pragma once

#include <cstdint>

#include "compiler/elaborate/problem.h"

namespace bouton::elaborate {

// since_spike of a neuron that never spiked: larger than every number of steps, and far enough from
// the ends of int64 that sums with it stay ordered.
inline constexpr std::int64_t kNever = std::int64_t{1} << 61;

// A duration in ms as steps; a problem where it is no multiple of `timestep` to 1e-9, with the
// nearest multiples in its hint.
[[nodiscard]] Outcome<std::int64_t> to_steps(double duration, double timestep, source::Span span);

[[nodiscard]] double to_time(std::int64_t steps, double timestep);

}  // namespace bouton::elaborate
