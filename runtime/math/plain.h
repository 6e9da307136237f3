// Functions that need no approximation. min and max give NaN if either argument is NaN, and the
// first argument of two equal ones (zeros of both signs included).
#pragma once

#include "runtime/math/lanes.h"

namespace bouton::runtime::math {

template <class V>
BOUTON_INLINE V abs(V x) {
  return from_bits<V>(to_bits(x) & ~sign_bit<V>);
}

template <class V>
BOUTON_INLINE V with_sign_of(V magnitude, V sign) {
  return from_bits<V>((to_bits(magnitude) & ~sign_bit<V>) | (to_bits(sign) & sign_bit<V>));
}

template <class V>
BOUTON_INLINE V min(V a, V b) {
  return select((a != a) | (a <= b), a, b);
}

template <class V>
BOUTON_INLINE V max(V a, V b) {
  return select((a != a) | (a >= b), a, b);
}

// To the nearest integer, half to even; keeps the sign of zero.
template <class V>
BOUTON_INLINE V round(V x) {
  constexpr auto shift = FormatOf<V>::exact_integers;
  const V magnitude = abs(x);
  const V rounded = with_sign_of<V>((magnitude + shift) - shift, x);
  return select(magnitude < shift, rounded, x);
}

template <class V>
BOUTON_INLINE V floor(V x) {
  using Real = ElementOf<V>;
  const V nearest = round(x);
  return with_sign_of<V>(select(nearest > x, nearest - Real(1), nearest), x);
}

template <class V>
BOUTON_INLINE V ceil(V x) {
  return -floor<V>(-x);
}

template <class V>
BOUTON_INLINE V sign(V x) {
  using Real = ElementOf<V>;
  return select(x > Real(0), splat<V>(1), select(x < Real(0), splat<V>(-1), x));
}

template <class V>
BOUTON_INLINE V sqrt(V x) {
  if constexpr (std::is_same_v<V, float>) {
    return __builtin_sqrtf(x);
  } else if constexpr (std::is_same_v<V, double>) {
    return __builtin_sqrt(x);
  } else {
#ifdef __clang__
    return __builtin_elementwise_sqrt(x);
#else
    V root{};
    for (int i = 0; i < width_of<V>; ++i) root[i] = sqrt<ElementOf<V>>(x[i]);
    return root;
#endif
  }
}

}  // namespace bouton::runtime::math
