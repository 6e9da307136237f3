// Words to numbers in (0, 1): never 0, never 1, symmetric about 1/2, in double whatever the
// program's precision. Templates over std::uint64_t and vectors of it; the result is double or a
// vector of double.
#pragma once

#include "runtime/math/lanes.h"
#include "runtime/math/quantile.h"

namespace bouton::runtime::random {

template <class Lanes64>
using RealLanes = math::LanesLike<Lanes64, double>;

// (m + 1/2) 2^-32 for a word m: what a spike is compared with.
template <class Lanes64>
BOUTON_INLINE RealLanes<Lanes64> spike_uniform(Lanes64 word) {
  constexpr std::uint64_t bits_of_2_to_52 = 0x4330000000000000;
  const auto number = std::bit_cast<RealLanes<Lanes64>>(word | bits_of_2_to_52) - 0x1p52;
  return (number + 0.5) * 0x1p-32;
}

// (2m + 1) 2^-53 for the upper 52 bits m of two words: the odd multiples of 2^-53.
template <class Lanes64>
BOUTON_INLINE RealLanes<Lanes64> uniform53(Lanes64 two_words) {
  constexpr std::uint64_t bits_of_one = 0x3ff0000000000000;
  const auto from_one = std::bit_cast<RealLanes<Lanes64>>((two_words >> 12) | bits_of_one);
  return (from_one - 1.0) + 0x1p-53;
}

// Standard normal by inversion, so that one draw is one number and a tape of uniforms is a tape of
// normals. |x| <= 8.3.
template <class Lanes64>
BOUTON_INLINE RealLanes<Lanes64> standard_normal(Lanes64 two_words) {
  return math::normal_quantile(uniform53(two_words));
}

}  // namespace bouton::runtime::random
