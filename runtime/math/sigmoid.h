// logistic(x) = 1 / (1 + exp(-x)), softplus(x) = log(1 + exp(x)) and tanh(x), with full relative
// accuracy in both tails. The first two start from z = exp(-|x|) <= 1 held as an unevaluated sum,
// so nothing overflows and z costs no accuracy.
#pragma once

#include "runtime/math/exp.h"

namespace bouton::runtime::math {

template <class Real>
struct SigmoidConstants;
template <>
struct SigmoidConstants<double> {
  static constexpr double tanh_is_one = 22;
  static constexpr double softplus_is_linear = 40;
  static constexpr std::array<double, 10> log1p_cofactor = {
      // (log((1+s)/(1-s)) - 2s) / s^3, s <= 1/3, in s^2
      0x1.5555555555555p-1, 0x1.999999999a455p-2, 0x1.24924923cd39fp-2, 0x1.c71c7276607b3p-3,
      0x1.745cefc3c9bacp-3, 0x1.3b18cab117552p-3, 0x1.10ab0535b965cp-3, 0x1.ebaa07be08295p-4,
      0x1.67ff2724a0f81p-4, 0x1.4b858617f1070p-3};
};
template <>
struct SigmoidConstants<float> {
  static constexpr float tanh_is_one = 10;
  static constexpr float softplus_is_linear = 20;
  static constexpr std::array<float, 5> log1p_cofactor = {
      0x1.555556p-1F, 0x1.9998cep-2F, 0x1.24ca56p-2F, 0x1.bc6ab6p-3F, 0x1.dc3ccap-3F};
};

// (1 or z) / (1 + z). What 1 + z lost is taken out of the numerator, where a rough 1 / (1 + z) is
// enough.
template <class V>
BOUTON_INLINE V logistic(V x) {
  using Real = ElementOf<V>;
  const Pair<V> z = exp_pair<V>(-abs(x));
  const Pair<V> denominator = exact_sum_ordered(splat<V>(1), z.high);
  const V lost = (denominator.low + z.low) * (Real(0.957) - Real(0.457) * z.high);
  const auto positive = x > Real(0);
  const V numerator = select(positive, splat<V>(1), z.high);
  const V low = select(positive, V{}, z.low);
  return (numerator + (low - numerator * lost)) / denominator.high;
}

// max(x, 0) + log(1 + z), where the leading z and max(x, 0) are added exactly.
template <class V>
BOUTON_INLINE V softplus(V x) {
  using Real = ElementOf<V>;
  using Constants = SigmoidConstants<Real>;
  const Pair<V> z = exp_pair<V>(-abs(x));
  const V s = z.high / (z.high + Real(2));
  const V square = s * s;
  const V half_square = z.high * z.high * Real(0.5);
  const V rest = square * polynomial(square, Constants::log1p_cofactor);
  const Pair<V> leading = exact_sum(select(x > Real(0), x, V{}), z.high);
  const V low = leading.low + z.low;
  const V result = leading.high - (half_square - (s * (half_square + rest) + low));
  return select(x > Constants::softplus_is_linear, x, result);
}

// t / (t + 2) with t = exp(2|x|) - 1, corrected like the logistic; from tanh = 1/2 on as 1 - 2 / (t
// + 2), which needs no correction.
template <class V>
BOUTON_INLINE V tanh(V x) {
  using Real = ElementOf<V>;
  const V magnitude = clamp<V>(abs(x), Real(0), SigmoidConstants<Real>::tanh_is_one);
  const Pair<V> t = expm1_pair<V>(magnitude + magnitude);
  const Pair<V> denominator = exact_sum<V>(splat<V>(2), t.high);
  const V lost = (denominator.low + t.low) * (Real(0.487) - Real(0.127) * t.high);
  const auto large = magnitude > Real(0.55);
  const V numerator = select(large, splat<V>(2), t.high + (t.low - t.high * lost));
  const V quotient = numerator / denominator.high;
  return with_sign_of<V>(select(large, Real(1) - quotient, quotient), x);
}

}  // namespace bouton::runtime::math
