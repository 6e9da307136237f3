// Thresholds of hazard clocks: a neuron that spikes `at rate r` does so in the first step in which
// its clock, which gains r * timestep per step, reaches -ln U.
#pragma once

#include "runtime/math/fixed_point.h"
#include "runtime/math/log.h"
#include "runtime/random/uniform.h"

namespace bouton::runtime::random {

// For U in [0, 1], drawn or replayed; at least one unit, so that a clock at 0 never spikes; at
// most 64.
template <class V>
BOUTON_INLINE math::FixedOf<V> hazard_threshold(V uniform) {
  const math::FixedOf<V> threshold = math::to_fixed40<V>(-math::log<V>(uniform));
  const auto one = math::splat<math::FixedOf<V>>(1);
  return math::select(threshold < 1, one, threshold);
}

template <class Lanes64>
BOUTON_INLINE math::LanesLike<Lanes64, std::int64_t> hazard_threshold_of_word(Lanes64 word) {
  return hazard_threshold(spike_uniform(word));
}

}  // namespace bouton::runtime::random
