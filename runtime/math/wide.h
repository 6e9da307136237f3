// Single precision by way of double, where a formula of its own would not pay: convert, compute,
// round once.
#pragma once

#include "runtime/math/lanes.h"

namespace bouton::runtime::math {

template <class V>
concept SinglePrecision = std::is_same_v<ElementOf<V>, float>;

template <class V>
BOUTON_INLINE LanesLike<V, double> widen(V x) {
  return convert<double>(x);
}

template <class V>
BOUTON_INLINE LanesLike<V, float> narrow(V x) {
  return convert<float>(x);
}

}  // namespace bouton::runtime::math
