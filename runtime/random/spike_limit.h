// A drawn number on the scale of what the logistic function is applied to.
//
// Note [Spike limits]. A neuron that spikes with probability logistic(a) does so where the number
// u = spike_uniform(word) that it draws is below logistic(a): where a is above logit(u), its limit.
// The limit waits for nothing but the word, so it can be computed long before a is known, and a
// comparison is left of the spike test. It need not be exact: where a is more than kSpikeMargin
// above (below) the computed limit, u < logistic(a) holds (does not) for the function as it is
// computed, too. For let the limit be off by less than half of the margin m, rounding of the
// difference included, and logistic(a) by a relative e. With s(x) the exact function and s(l) = u,
// a > l + m/2 gives
//   log s(a) - log u  >  integral of 1 - s(x) from l to l + m/2  >  m/2 (1 - u) exp(-m/2),
// which is more than 2^-49 as u <= 1 - 2^-33, and so more than e, which is 2^-51 at most in double
// precision (tests/unit/math/accuracy_test.cpp). Below the limit it is the same; where the function
// is too small to be that accurate it is below any u, which is at least 2^-33. Infinite a are
// beyond all limits, of which none exceeds 23 in size. The function never exceeds 1 as it is
// computed, so that a decided test needs no check of its probability. In single precision e = 2^-22
// would leave a good part of the numbers near 1 open.
#pragma once

#include "runtime/math/log.h"
#include "runtime/random/uniform.h"

namespace bouton::runtime::random {

inline constexpr double kSpikeMargin = 0x1p-14;

// logit(spike_uniform(word)), off by kSpikeMargin/2 at most: single precision is enough. 1 - u is
// exact.
template <class Lanes64>
BOUTON_INLINE RealLanes<Lanes64> spike_limit(Lanes64 word) {
  using Odds = math::LanesLike<Lanes64, float>;
  const auto u = spike_uniform(word);
  const Odds odds = math::convert<float>(u) / math::convert<float>(1.0 - u);
  const math::SplitReal<Odds> split = math::split_real(odds);
  return math::convert<double>(
      math::log_of_split<Odds>(split.exponent, split.mantissa - 1, Odds{}));
}

}  // namespace bouton::runtime::random
