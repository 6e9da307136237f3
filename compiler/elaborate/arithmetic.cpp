#include "compiler/elaborate/arithmetic.h"

#include <cmath>

#include "runtime/math/math.h"

namespace bouton::elaborate {

namespace math = runtime::math;

// std::fmod is exact by IEEE 754, so it is the same everywhere.
double RealArithmetic::modulo(double left, double right) const {
  return apply(
      [](auto x, auto y) {
        const auto remainder = std::fmod(x, y);
        const bool opposite = remainder != 0 && (remainder < 0) != (y < 0);
        return opposite ? remainder + y : remainder;
      },
      left, right);
}

double RealArithmetic::power(double base, double exponent) const {
  return apply([](auto x, auto y) { return math::pow(x, y); }, base, exponent);
}

double RealArithmetic::exp(double exponent) const {
  return apply([](auto x) { return math::exp(x); }, exponent);
}

double RealArithmetic::expm1(double exponent) const {
  return apply([](auto x) { return math::expm1(x); }, exponent);
}

double RealArithmetic::sqrt(double number) const {
  return apply([](auto x) { return math::sqrt(x); }, number);
}

}  // namespace bouton::elaborate
