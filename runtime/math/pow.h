// pow(x, y) with the special values of C (IEEE 754-2019). Method: exp(y log|x|) with log|x| as an
// unevaluated sum good to about 2^-65, since an error in the exponent is multiplied by up to 709;
// products are made exact by Dekker's splitting (1971), because fma is not the same price
// everywhere. Single precision goes by way of double.
#pragma once

#include "runtime/math/exp.h"
#include "runtime/math/log.h"
#include "runtime/math/wide.h"

namespace bouton::runtime::math {

inline constexpr std::array<double, 7> pow_log_cofactor =
    {  // (log((1+s)/(1-s)) - 2s - 2s^3/3) / s^5, in s^2
        0x1.999999999999fp-2, 0x1.249249248e48fp-2, 0x1.c71c71d8077c4p-3, 0x1.745d09de932ebp-3,
        0x1.3b18bd80ff0b7p-3, 0x1.1018241059278p-3, 0x1.087ea94e0c681p-3};

template <class V>
BOUTON_INLINE V upper_half(V x) {  // 26 bits of the significand (Veltkamp)
  const V scaled = x * 134217729.0;
  return scaled - (scaled - x);
}

template <class V>
BOUTON_INLINE Pair<V> exact_product(V a, V b) {
  const V product = a * b;
  const V a_high = upper_half(a);
  const V b_high = upper_half(b);
  const V a_low = a - a_high;
  const V b_low = b - b_high;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

template <class V>
BOUTON_INLINE Pair<V> multiply(Pair<V> a, Pair<V> b) {
  const Pair<V> head = exact_product(a.high, b.high);
  return exact_sum_ordered<V>(head.high, head.low + (a.high * b.low + a.low * b.high));
}

// s = f / (f + 2).
template <class V>
BOUTON_INLINE Pair<V> log_ratio(V f) {
  const Pair<V> denominator = exact_sum<V>(splat<V>(2), f);
  const V s = f / denominator.high;
  const Pair<V> back = exact_product(s, denominator.high);
  return {s, ((f - back.high) - back.low - s * denominator.low) / denominator.high};
}

// log(1 + f) = s (2 + s^2 (2/3 + s^2 P(s^2))).
template <class V>
BOUTON_INLINE Pair<V> log_pair_of_mantissa(V f) {
  const Pair<V> s = log_ratio(f);
  const Pair<V> square = multiply(s, s);
  const V rest = square.high * polynomial(square.high, pow_log_cofactor);
  const Pair<V> inner = exact_sum_ordered<V>(splat<V>(0x1.5555555555555p-1), rest);
  const Pair<V> cubic = multiply<V>(square, {inner.high, inner.low + 0x1.5555555555555p-55});
  const Pair<V> outer = exact_sum_ordered<V>(splat<V>(2), cubic.high);
  return multiply<V>(s, {outer.high, outer.low + cubic.low});
}

template <class V>
BOUTON_INLINE Pair<V> log_pair(V x) {
  using Constants = LogConstants<double>;
  const auto subnormal = x < Constants::smallest_normal;
  const SplitReal<V> split = split_real(select(subnormal, x * Constants::rescue, x));
  const V exponent = select(subnormal, split.exponent - Constants::rescue_exponent, split.exponent);
  const Pair<V> mantissa = log_pair_of_mantissa<V>(split.mantissa - 1.0);
  const Pair<V> sum = exact_sum<V>(exponent * Constants::ln2_high, mantissa.high);
  return exact_sum_ordered<V>(sum.high, sum.low + (exponent * Constants::ln2_low + mantissa.low));
}

// For finite x > 0. A |y| of 2^64 takes every x but 1 to 0 or infinity already.
template <class V>
BOUTON_INLINE V positive_power(V x, V y) {
  const V exponent = clamp(y, -0x1p64, 0x1p64);
  const Pair<V> log_x = log_pair(x);
  const Pair<V> product = exact_product(exponent, log_x.high);
  const V low = product.low + exponent * log_x.low;  // below 2^-40 unless the product is beyond exp
  return exp_of_sum<V>(product.high, clamp(low, -0x1p-40, 0x1p-40));
}

template <class V>
BOUTON_INLINE V pow(V x, V y) {
  if constexpr (SinglePrecision<V>) {
    return narrow(pow(widen(x), widen(y)));
  } else {
    const V magnitude = abs(x);
    const auto whole = floor(y) == y;
    const auto odd = whole & (floor<V>(y * 0.5) != y * 0.5);
    const V at_limit = select((magnitude == 0.0) == (y > 0.0), V{}, splat<V>(infinity<V>));
    const auto limited = (magnitude == 0.0) | (magnitude == infinity<V>);
    const V size = select(limited, at_limit, positive_power(magnitude, y));
    const V value = select(odd, with_sign_of(size, x), size);
    const auto undefined = (x != x) | (y != y) | ((x < 0.0) & (x != -infinity<V>)&(floor(y) != y));
    const V result = select(undefined, splat<V>(not_a_number<V>), value);
    return select((y == 0.0) | (x == 1.0), splat<V>(1), result);
  }
}

}  // namespace bouton::runtime::math
