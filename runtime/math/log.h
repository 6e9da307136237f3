// log(x) and log(1 + x). Method: x = 2^k (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2), s = f / (2 +
// f), and log(1 + f) = f - (f^2/2 - s (f^2/2 + s^2 R(s^2))) with a minimax R (tools/minimax.py), as
// in Tang 1990, doi:10.1145/98267.98294: the leading f is exact, so the errors of all else are
// small.
#pragma once

#include "runtime/math/plain.h"

namespace bouton::runtime::math {

template <class Real>
struct LogConstants;
template <>
struct LogConstants<double> {
  static constexpr std::uint64_t root_half_bits = 0x3fe6a09e667f3bcd;
  static constexpr std::uint64_t one_bits = 0x3ff0000000000000;
  static constexpr std::uint64_t exact_integers_bits = 0x4330000000000000;
  static constexpr double smallest_normal = 0x1p-1022;
  static constexpr double rescue = 0x1p54;  // makes a subnormal normal
  static constexpr double rescue_exponent = 54;
  static constexpr double linear_below = 0x1p-54;
  static constexpr double ln2_high = 0x1.62e42feep-1;  // its product with any k is exact
  static constexpr double ln2_low = 0x1.a39ef35793c76p-33;
  static constexpr std::array<double, 7> cofactor = {
      // (log((1+s)/(1-s)) - 2s) / s^3, in s^2
      0x1.5555555555558p-1, 0x1.9999999995223p-2, 0x1.2492492e03e54p-2, 0x1.c71c62d03b35bp-3,
      0x1.7462ba29068a2p-3, 0x1.39fdb9220c050p-3, 0x1.2b5fc0c21f500p-3};
};
template <>
struct LogConstants<float> {
  static constexpr std::uint32_t root_half_bits = 0x3f3504f3;
  static constexpr std::uint32_t one_bits = 0x3f800000;
  static constexpr std::uint32_t exact_integers_bits = 0x4b000000;
  static constexpr float smallest_normal = 0x1p-126F;
  static constexpr float rescue = 0x1p25F;
  static constexpr float rescue_exponent = 25;
  static constexpr float linear_below = 0x1p-25F;
  static constexpr float ln2_high = 0x1.62e4p-1F;
  static constexpr float ln2_low = 0x1.7f7d1cp-20F;
  static constexpr std::array<float, 3> cofactor = {0x1.55555cp-1F, 0x1.997c06p-2F, 0x1.2eebd6p-2F};
};

// x = 2^exponent * mantissa with mantissa in [sqrt(1/2), sqrt(2)), for positive normal x.
template <class V>
struct SplitReal {
  V exponent;
  V mantissa;
};
template <class V>
BOUTON_INLINE SplitReal<V> split_real(V x) {
  using Constants = LogConstants<ElementOf<V>>;
  using Format = FormatOf<V>;
  constexpr auto mantissa_mask = (typename Format::Bits{1} << Format::mantissa_bits) - 1;
  constexpr auto zero_exponent = Format::exact_integers + ElementOf<V>(Format::exponent_bias);
  const BitsOf<V> shifted = to_bits(x) + (Constants::one_bits - Constants::root_half_bits);
  const BitsOf<V> exponent = (shifted >> Format::mantissa_bits) | Constants::exact_integers_bits;
  return {from_bits<V>(exponent) - zero_exponent,
          from_bits<V>((shifted & mantissa_mask) + Constants::root_half_bits)};
}

// exponent * ln 2 + log(1 + f) + low, for a `low` far below the last place of the result.
template <class V>
BOUTON_INLINE V log_of_split(V exponent, V f, V low) {
  using Real = ElementOf<V>;
  using Constants = LogConstants<Real>;
  const V s = f / (f + Real(2));
  const V z = s * s;
  const V half_square = f * f * Real(0.5);
  const V rest = z * polynomial(z, Constants::cofactor);
  const V correction = exponent * Constants::ln2_low + low;
  return exponent * Constants::ln2_high -
         ((half_square - (s * (half_square + rest) + correction)) - f);
}

// Replaces what the formula gives outside (pole, inf).
template <class V>
BOUTON_INLINE V with_log_limits(V x, ElementOf<V> pole, V result) {
  const V outside = select(x == pole, splat<V>(-infinity<V>), splat<V>(not_a_number<V>));
  return select(x == infinity<V>, x, select(x > pole, result, outside));
}

template <class V>
BOUTON_INLINE V log(V x) {
  using Real = ElementOf<V>;
  using Constants = LogConstants<Real>;
  const auto subnormal = x < Constants::smallest_normal;
  const V normal = select(subnormal, x * Constants::rescue, x);
  const SplitReal<V> split = split_real(normal);
  const V exponent = select(subnormal, split.exponent - Constants::rescue_exponent, split.exponent);
  return with_log_limits<V>(x, Real(0), log_of_split<V>(exponent, split.mantissa - Real(1), V{}));
}

// log(u) + (what 1 + x lost when it was rounded to u) / u.
template <class V>
BOUTON_INLINE V log1p(V x) {
  using Real = ElementOf<V>;
  using Constants = LogConstants<Real>;
  const Pair<V> u = exact_sum<V>(splat<V>(1), x);
  const SplitReal<V> split = split_real(u.high);
  const V result = log_of_split<V>(split.exponent, split.mantissa - Real(1), u.low / u.high);
  return with_log_limits<V>(x, Real(-1), select(abs(x) < Constants::linear_below, x, result));
}

}  // namespace bouton::runtime::math
