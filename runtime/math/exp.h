// exp and exp(x) - 1. Method: x = n ln 2 + r with |r| <= ln 2 / 2 (Cody and Waite 1980), a minimax
// polynomial in r (tools/minimax.py), and 2^n applied in two factors, so that subnormal results are
// rounded once.
#pragma once

#include "runtime/math/plain.h"

namespace bouton::runtime::math {

template <class Real>
struct ExpConstants;
template <>
struct ExpConstants<double> {
  static constexpr double lowest = -746;  // exp rounds to 0 below, and overflows above
  static constexpr double highest = 710;
  static constexpr double lowest_minus_one = -60;  // exp(x) - 1 rounds to -1
  static constexpr double linear_below = 0x1p-54;
  static constexpr double log2_e = 0x1.71547652b82fep+0;
  static constexpr double ln2_high = 0x1.62e42feep-1;  // its product with any n is exact
  static constexpr double ln2_low = 0x1.a39ef35793c76p-33;
  static constexpr std::array<double, 10> cofactor = {
      // (exp(r) - 1 - r) / r^2
      0x1.0000000000001p-1,  0x1.5555555555558p-3,  0x1.5555555553d62p-5,  0x1.111111110f803p-7,
      0x1.6c16c1788c44dp-10, 0x1.a01a01b00c2c6p-13, 0x1.a019b90bc3fbdp-16, 0x1.71ddf6b3f10d1p-19,
      0x1.289186d6aea07p-22, 0x1.af632ad6abee8p-26};
};
template <>
struct ExpConstants<float> {
  static constexpr float lowest = -104;
  static constexpr float highest = 89;
  static constexpr float lowest_minus_one = -30;
  static constexpr float linear_below = 0x1p-25F;
  static constexpr float log2_e = 0x1.715476p+0F;
  static constexpr float ln2_high = 0x1.62e4p-1F;
  static constexpr float ln2_low = 0x1.7f7d1cp-20F;
  static constexpr std::array<float, 5> cofactor = {0x1.000000p-1F, 0x1.5554dcp-3F, 0x1.5554b8p-5F,
                                                    0x1.120b78p-7F, 0x1.6d7548p-10F};
};

// exp(x) = 2^n (1 + r + tail); n is the integer in `exponent`, whose low bits are also those of
// `exponent_bits`.
template <class V>
struct ReducedExp {
  V exponent;
  BitsOf<V> exponent_bits;
  V r;
  V tail;
};

// `low` is a correction to x far below its last place.
template <class V>
BOUTON_INLINE ReducedExp<V> reduce_exp(V x, V low) {
  using Constants = ExpConstants<ElementOf<V>>;
  constexpr auto shift = FormatOf<V>::round_shift;
  const V shifted = x * Constants::log2_e + shift;
  const V n = shifted - shift;
  const V high = x - n * Constants::ln2_high;
  const V rest = n * Constants::ln2_low - low;
  const V r = high - rest;
  const V lost = (high - r) - rest;
  return {n, to_bits(shifted), r, r * r * polynomial(r, Constants::cofactor) + lost};
}

// 2^k; `bits` hold k in their low bits, k + bias must be a normal exponent.
template <class V>
BOUTON_INLINE V power_of_two(BitsOf<V> bits) {
  return from_bits<V>((bits + FormatOf<V>::exponent_bias) << FormatOf<V>::mantissa_bits);
}

template <class V>
struct TwoScales {
  V first;
  V second;
};
template <class V>
BOUTON_INLINE TwoScales<V> scales_of(const ReducedExp<V>& reduced) {
  const BitsOf<V> half =
      to_bits<V>(reduced.exponent * ElementOf<V>(0.5) + FormatOf<V>::round_shift);
  return {power_of_two<V>(half), power_of_two<V>(reduced.exponent_bits - half)};
}

// exp(x + low) as one number.
template <class V>
BOUTON_INLINE V exp_of_sum(V x, V low) {
  using Real = ElementOf<V>;
  using Constants = ExpConstants<Real>;
  const ReducedExp<V> reduced = reduce_exp<V>(clamp(x, Constants::lowest, Constants::highest), low);
  const TwoScales<V> scale = scales_of(reduced);
  return (Real(1) + (reduced.r + reduced.tail)) * scale.first * scale.second;
}

template <class V>
BOUTON_INLINE V exp(V x) {
  return exp_of_sum(x, V{});
}

// exp(x) as an unevaluated sum, a few bits more exact than exp; for x <= 0.
template <class V>
BOUTON_INLINE Pair<V> exp_pair(V x) {
  using Real = ElementOf<V>;
  using Constants = ExpConstants<Real>;
  const ReducedExp<V> reduced = reduce_exp<V>(clamp(x, Constants::lowest, Constants::highest), V{});
  const TwoScales<V> scale = scales_of(reduced);
  const Pair<V> inner = exact_sum_ordered(reduced.r, reduced.tail);
  const Pair<V> outer = exact_sum_ordered(splat<V>(1), inner.high);
  return {outer.high * scale.first * scale.second,
          (outer.low + inner.low) * scale.first * scale.second};
}

// exp(x) - 1 as an unevaluated sum; its rounded value is the high part. From 2^n (1 + r + tail) -
// 1, with 2^n - 1 and 2^n r added exactly; at half the scale, since 2^n may overflow.
template <class V>
BOUTON_INLINE Pair<V> expm1_pair(V x) {
  using Real = ElementOf<V>;
  using Constants = ExpConstants<Real>;
  const ReducedExp<V> reduced =
      reduce_exp<V>(clamp(x, Constants::lowest_minus_one, Constants::highest), V{});
  const V half_scale = power_of_two<V>(reduced.exponent_bits - 1);
  const Pair<V> sum = exact_sum<V>(half_scale - Real(0.5), half_scale * reduced.r);
  const Pair<V> half = exact_sum_ordered<V>(sum.high, sum.low + half_scale * reduced.tail);
  const auto linear = abs(x) < Constants::linear_below;
  return {select(linear, x, half.high * Real(2)), select(linear, V{}, half.low * Real(2))};
}

template <class V>
BOUTON_INLINE V expm1(V x) {
  return expm1_pair(x).high;
}

}  // namespace bouton::runtime::math
