// How far a result lies from the exact value, in units in the last place of the exact value.
#pragma once

#include <quadmath.h>

#include <cmath>
#include <limits>

namespace bouton::runtime::math::tests {

__extension__ typedef __float128 Quad;

template <class Real>
Quad unit_in_the_last_place(Quad exact) {
  int exponent = 0;
  frexpq(exact, &exponent);
  const int digits = std::numeric_limits<Real>::digits;
  const int smallest = std::numeric_limits<Real>::min_exponent - digits;
  return ldexpq(1, std::max(exponent - digits, smallest));
}

// 0 for two NaN, or equal values; infinity for a NaN or an infinity that should not be, or is
// missing.
template <class Real>
double ulps_between(Real got, Quad exact) {
  if (std::isnan(got) || isnanq(exact)) {
    return std::isnan(got) && isnanq(exact) ? 0 : std::numeric_limits<double>::infinity();
  }
  const Quad limit = static_cast<Quad>(std::numeric_limits<Real>::max());
  if (std::isinf(got)) {
    const bool overflows = (got > 0) == (exact > 0) && fabsq(exact) > limit;
    return overflows ? 0 : std::numeric_limits<double>::infinity();
  }
  if (isinfq(exact)) return std::numeric_limits<double>::infinity();
  const Quad difference = fabsq(static_cast<Quad>(got) - exact);
  return static_cast<double>(difference / unit_in_the_last_place<Real>(exact));
}

}  // namespace bouton::runtime::math::tests
