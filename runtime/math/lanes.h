// What lets one formula serve double, float and every vector of them: types of the same shape,
// selection by mask, bit patterns, polynomials. All functions are inlined always, so that no two
// builds of one formula can be mixed up by the linker, and so that wide vectors never cross a
// function call.
//
// A "real" V is float, double, or a GCC vector of them. Its mask is bool, or a vector of 0 and -1.
// Formulas are branch-free and use + - * / and square root only, each rounded once: hence the same
// bits on every target and width. The payload and sign of a NaN are not part of that promise.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#define BOUTON_INLINE [[gnu::always_inline]] inline

namespace bouton::runtime::math {

template <class Element, int width>
struct VectorOfLanes {
  typedef Element Type __attribute__((vector_size(width * sizeof(Element))));
};
template <class Element>
struct VectorOfLanes<Element, 1> {
  using Type = Element;
};
template <class Element, int width>
using Vector = typename VectorOfLanes<Element, width>::Type;

template <class V>
concept ScalarLane = std::is_arithmetic_v<V>;

template <class V>
struct Lanes {
  using Element = std::remove_cvref_t<decltype(std::declval<V&>()[0])>;
  static constexpr int width = sizeof(V) / sizeof(Element);
};
template <ScalarLane V>
struct Lanes<V> {
  using Element = V;
  static constexpr int width = 1;
};

template <class V>
using ElementOf = typename Lanes<V>::Element;
template <class V>
inline constexpr int width_of = Lanes<V>::width;
template <class V, class Element>
using LanesLike = Vector<Element, width_of<V>>;

template <class Real>
struct Format;
template <>
struct Format<double> {
  using Bits = std::uint64_t;
  static constexpr int mantissa_bits = 52;
  static constexpr std::uint64_t exponent_bias = 1023;
  static constexpr double round_shift =
      0x1.8p52;  // x + shift - shift rounds x to an integer, half to even
  static constexpr double exact_integers = 0x1p52;
};
template <>
struct Format<float> {
  using Bits = std::uint32_t;
  static constexpr int mantissa_bits = 23;
  static constexpr std::uint32_t exponent_bias = 127;
  static constexpr float round_shift = 0x1.8p23F;
  static constexpr float exact_integers = 0x1p23F;
};

template <class V>
using FormatOf = Format<ElementOf<V>>;
template <class V>
using BitsOf = LanesLike<V, typename FormatOf<V>::Bits>;

// Subtracting a zero keeps the sign of zero.
template <class V>
BOUTON_INLINE V splat(ElementOf<V> value) {
  return value - V{};
}

template <class Mask, class V>
BOUTON_INLINE V select(Mask mask, V if_true, V if_false) {
  return mask ? if_true : if_false;
}
template <class Mask, class V>
  requires(!ScalarLane<V>)
BOUTON_INLINE V select(Mask mask, V if_true, ElementOf<V> if_false) {
  return mask ? if_true : splat<V>(if_false);
}
template <class Mask, class V>
  requires(!ScalarLane<V>)
BOUTON_INLINE V select(Mask mask, ElementOf<V> if_true, V if_false) {
  return mask ? splat<V>(if_true) : if_false;
}

template <class V>
BOUTON_INLINE BitsOf<V> to_bits(V x) {
  return std::bit_cast<BitsOf<V>>(x);
}
template <class V>
BOUTON_INLINE V from_bits(BitsOf<V> bits) {
  return std::bit_cast<V>(bits);
}

template <class To, class V>
BOUTON_INLINE LanesLike<V, To> convert(V x) {
  if constexpr (ScalarLane<V>) {
    return static_cast<To>(x);
  } else {
    return __builtin_convertvector(x, LanesLike<V, To>);
  }
}

template <class V>
inline constexpr typename FormatOf<V>::Bits sign_bit =
    typename FormatOf<V>::Bits{1} << (8 * sizeof(ElementOf<V>) - 1);
template <class V>
inline constexpr ElementOf<V> infinity = std::numeric_limits<ElementOf<V>>::infinity();
template <class V>
inline constexpr ElementOf<V> not_a_number = std::numeric_limits<ElementOf<V>>::quiet_NaN();

// Keeps NaN.
template <class V>
BOUTON_INLINE V clamp(V x, ElementOf<V> low, ElementOf<V> high) {
  const V capped = select(x > high, splat<V>(high), x);
  return select(capped < low, splat<V>(low), capped);
}

// Even and odd powers apart: half the latency of Horner's scheme for one product more. Lowest
// coefficient first.
template <class V, std::size_t count>
BOUTON_INLINE V polynomial(V x, const std::array<ElementOf<V>, count>& coefficients) {
  const V square = x * x;
  V even = splat<V>(coefficients[(count - 1) / 2 * 2]);
  V odd = splat<V>(coefficients[count / 2 * 2 - 1]);
#pragma GCC unroll 16
  for (std::size_t i = (count - 1) / 2 * 2; i >= 2; i -= 2)
    even = even * square + coefficients[i - 2];
#pragma GCC unroll 16
  for (std::size_t i = count / 2 * 2 - 1; i >= 2; i -= 2) odd = odd * square + coefficients[i - 2];
  return even + x * odd;
}

// An unevaluated sum whose low part is below half a unit in the last place of the high part.
template <class V>
struct Pair {
  V high;
  V low;
};

template <class V>
BOUTON_INLINE Pair<V> exact_sum(V a, V b) {  // Knuth
  const V sum = a + b;
  const V b_seen = sum - a;
  return {sum, (a - (sum - b_seen)) + (b - b_seen)};
}
template <class V>
BOUTON_INLINE Pair<V> exact_sum_ordered(
    V larger, V smaller) {  // Dekker; |larger| >= |smaller|, or larger = 0
  const V sum = larger + smaller;
  return {sum, smaller - (sum - larger)};
}

}  // namespace bouton::runtime::math
