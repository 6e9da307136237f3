// sin(x) and cos(x) for |x| <= 1e8; NaN beyond, where a reduction by constants would lose digits
// silently. Method: x = n pi/2 + r by four parts of pi/2 (Cody and Waite 1980), r kept as an
// unevaluated sum, minimax polynomials on |r| <= pi/4 (tools/minimax.py). Single precision goes by
// way of double.
#pragma once

#include "runtime/math/plain.h"
#include "runtime/math/wide.h"

namespace bouton::runtime::math {

inline constexpr double trig_range = 1e8;

// pi/2 = sum of the parts; the product of each of the first three with any n below 2^27 is exact.
inline constexpr std::array<double, 4> half_pi = {0x1.921fb5p+0, 0x1.110b46p-26, 0x1.1a6263p-54,
                                                  0x1.8a2e03707344ap-81};

inline constexpr std::array<double, 6> sin_cofactor = {  // (sin(r) - r) / r^3, in r^2
    -0x1.5555555555555p-3, 0x1.1111111110bb3p-7,   -0x1.a01a019e83b98p-13,
    0x1.71de379693ebep-19, -0x1.ae600b059a95cp-26, 0x1.5e0b18e2e74a4p-33};
inline constexpr std::array<double, 6> cos_cofactor = {  // (cos(r) - 1 + r^2/2) / r^4, in r^2
    0x1.5555555555555p-5,   -0x1.6c16c16c16967p-10, 0x1.a01a019f4eb44p-16,
    -0x1.27e4fa17db6c2p-22, 0x1.1eeb68e764238p-29,  -0x1.907da02fc4a17p-37};

template <class V>
struct ReducedAngle {
  BitsOf<V> quadrant;  // in the two low bits
  V high;
  V low;
};

template <class V>
BOUTON_INLINE ReducedAngle<V> reduce_angle(V x) {
  constexpr double shift = FormatOf<V>::round_shift;
  constexpr double two_over_pi = 0x1.45f306dc9c883p-1;
  const V shifted = x * two_over_pi + shift;
  const V n = shifted - shift;
  const V first = x - n * half_pi[0];
  const Pair<V> second = exact_sum<V>(first, -(n * half_pi[1]));
  const Pair<V> third = exact_sum<V>(second.high, -(n * half_pi[2]));
  const Pair<V> sum = exact_sum<V>(third.high, (second.low + third.low) - n * half_pi[3]);
  return {to_bits(shifted), sum.high, sum.low};
}

template <class V>
BOUTON_INLINE V sin_of_reduced(V r, V low) {
  const V square = r * r;
  return r + (r * square * polynomial(square, sin_cofactor) + low * (1 - 0.5 * square));
}

template <class V>
BOUTON_INLINE V cos_of_reduced(V r, V low) {
  const V square = r * r;
  const V half = 0.5 * square;
  const V head = 1 - half;
  const V lost = (1 - head) - half;
  return head + (lost + (square * square * polynomial(square, cos_cofactor) - r * low));
}

// sin(x + quarter_turns pi/2).
template <class V>
BOUTON_INLINE V sin_shifted(V x, std::uint64_t quarter_turns) {
  const ReducedAngle<V> angle = reduce_angle(x);
  const BitsOf<V> quadrant = angle.quadrant + quarter_turns;
  const V sine = sin_of_reduced(angle.high, angle.low);
  const V cosine = cos_of_reduced(angle.high, angle.low);
  const V value = select((quadrant & 1) == 0, sine, cosine);
  const V result = from_bits<V>(to_bits(value) ^ ((quadrant & 2) << 62));
  return select(abs(x) <= trig_range, result, splat<V>(not_a_number<V>));
}

template <class V>
BOUTON_INLINE V sin(V x) {
  if constexpr (SinglePrecision<V>) {
    return narrow(sin(widen(x)));
  } else {
    return select(x == 0.0, x, sin_shifted(x, 0));
  }
}

template <class V>
BOUTON_INLINE V cos(V x) {
  if constexpr (SinglePrecision<V>) {
    return narrow(cos(widen(x)));
  } else {
    return sin_shifted(x, 1);
  }
}

}  // namespace bouton::runtime::math
