// Reals as whole multiples of 2^-q in 64 bits, rounded to nearest, half to even. Sums of such
// numbers do not depend on their order, which is why hazard clocks (q = 40) and inputs that events
// both add and take away (q = 44) use them. Templates over double and vectors of double; a mask is
// bool or a vector of 0 and -1.
#pragma once

#include "runtime/math/plain.h"

namespace bouton::runtime::math {

template <class V>
using FixedOf = LanesLike<V, std::int64_t>;

template <class V>
using WrappingOf =
    LanesLike<V, std::uint64_t>;  // unsigned, so that senseless input is not undefined behaviour

template <class V>
BOUTON_INLINE WrappingOf<V> wrapped_integer(V x) {
  constexpr std::uint64_t shift_bits = 0x4338000000000000;
  return to_bits<V>(x + Format<double>::round_shift) - shift_bits;
}

// For |x| < 2^51.
template <class V>
BOUTON_INLINE FixedOf<V> small_integer(V x) {
  return std::bit_cast<FixedOf<V>>(wrapped_integer(x));
}

// For |x| < 2^63, by 32 bits at a time: vector units below AVX-512 cannot convert 64.
template <class V>
BOUTON_INLINE FixedOf<V> large_integer(V x) {
  const V upper = round<V>(x * 0x1p-32);
  const V lower = x - upper * 0x1p32;
  return std::bit_cast<FixedOf<V>>((wrapped_integer(upper) << 32) + wrapped_integer(lower));
}

// To the nearest double.
template <class Fixed>
BOUTON_INLINE LanesLike<Fixed, double> real_of_integer(Fixed value) {
  using Bits = LanesLike<Fixed, std::uint64_t>;
  using Real = LanesLike<Fixed, double>;
  constexpr std::uint64_t bits_of_2_to_52 = 0x4330000000000000;
  const Bits biased = std::bit_cast<Bits>(value) + (std::uint64_t{1} << 63);
  const Real upper = std::bit_cast<Real>((biased >> 32) | bits_of_2_to_52) - (0x1p52 + 0x1p31);
  const Real lower = std::bit_cast<Real>((biased & 0xffffffff) | bits_of_2_to_52) - 0x1p52;
  return upper * 0x1p32 + lower;
}

// Hazard clocks
// ---------------------------------------------------------------------------------------------------------

inline constexpr double hazard_saturation = 64;

// A gain or threshold as a multiple of 2^-40; saturates at 64. A NaN too gives 64: is_hazard_gain
// tells.
template <class V>
BOUTON_INLINE FixedOf<V> to_fixed40(V x) {
  const V below = select(x < hazard_saturation, x, splat<V>(hazard_saturation));
  const V clamped = select(below > -hazard_saturation, below, splat<V>(-hazard_saturation));
  return small_integer<V>(clamped * 0x1p40);
}

// False where `rate * timestep` cannot drive a clock: NaN, negative, or positive but rounded to
// nothing.
template <class V>
BOUTON_INLINE auto is_hazard_gain(V x) {
  return (x == 0.0) | (x > 0x1p-41);
}

// Inputs
// ----------------------------------------------------------------------------------------------------------------

inline constexpr double fixed44_limit = 0x1p19;

// A weighted PSP as a multiple of 2^-44; meaningful where fits_fixed44.
template <class V>
BOUTON_INLINE FixedOf<V> to_fixed44(V x) {
  return large_integer<V>(x * 0x1p44);
}
template <class V>
BOUTON_INLINE auto fits_fixed44(V x) {
  return (x >= -fixed44_limit) & (x < fixed44_limit);
}
// The same as a multiple of 2^-12: sums of 2^32 of them stay within 64 bits.
template <class V>
BOUTON_INLINE FixedOf<V> to_fixed12(V x) {
  return small_integer<V>(x * 0x1p12);
}
template <class Fixed>
BOUTON_INLINE LanesLike<Fixed, double> from_fixed44(Fixed value) {
  return real_of_integer(value) * 0x1p-44;
}

// Wraps around; `overflows` tells.
template <class Fixed>
BOUTON_INLINE Fixed add_fixed(Fixed a, Fixed b) {
  using Bits = LanesLike<Fixed, std::uint64_t>;
  return std::bit_cast<Fixed>(std::bit_cast<Bits>(a) + std::bit_cast<Bits>(b));
}
template <class Fixed>
BOUTON_INLINE auto overflows(Fixed a, Fixed b) {
  const Fixed sum = add_fixed(a, b);
  return ((a ^ sum) & (b ^ sum)) < 0;
}

}  // namespace bouton::runtime::math
