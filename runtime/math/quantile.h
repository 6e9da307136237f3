// The inverse of the normal distribution function: M. J. Wichura, Algorithm AS 241 (PPND16),
// Applied Statistics 37 (1988) 477-484, doi:10.2307/2347330. Relative accuracy about 1e-16. One
// rational function per range of p; the coefficients are selected, so that only one quotient is
// computed.
#pragma once

#include "runtime/math/log.h"

namespace bouton::runtime::math {

struct QuantileCoefficients {
  double numerator[8];
  double denominator[8];
};

inline constexpr QuantileCoefficients quantile_centre =
    {  // |p - 1/2| <= 0.425, in 0.425^2 - (p - 1/2)^2
        {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
         1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
         3.3430575583588128105e+4, 2.5090809287301226727e+3},
        {1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
         2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
         5.2264952788528545610e+3}};
inline constexpr QuantileCoefficients quantile_flank =
    {  // r = sqrt(-log(min(p, 1 - p))) <= 5, in r - 1.6
        {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
         3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
         2.27238449892691845833e-2, 7.74545014278341407640e-4},
        {1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
         1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
         1.05075007164441684324e-9}};
inline constexpr QuantileCoefficients quantile_tail = {  // r > 5, in r - 5
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15}};

template <class V, class Mask>
struct QuantileRange {
  Mask is_centre;
  Mask is_tail;

  BOUTON_INLINE V pick(double centre, double flank, double tail) const {
    return select(is_centre, splat<V>(centre), select(is_tail, splat<V>(tail), splat<V>(flank)));
  }
};

template <class V, class Range>
BOUTON_INLINE V quantile_polynomial(V x, Range range, const double (&centre)[8],
                                    const double (&flank)[8], const double (&tail)[8]) {
  V sum = range.pick(centre[7], flank[7], tail[7]);
#pragma GCC unroll 8
  for (int i = 6; i >= 0; --i) sum = sum * x + range.pick(centre[i], flank[i], tail[i]);
  return sum;
}

// For p in (0, 1); -inf at 0, inf at 1, NaN outside. V is double or a vector of double.
template <class V>
BOUTON_INLINE V normal_quantile(V p) {
  const V q = p - 0.5;
  const V tail_mass = min<V>(p, 1 - p);
  const V r = sqrt<V>(-log<V>(tail_mass));
  const auto is_centre = abs(q) <= 0.425;
  const auto is_tail = r > 5.0;
  const QuantileRange<V, std::remove_const_t<decltype(is_centre)>> range{is_centre, is_tail};
  const V x = select(is_centre, 0.180625 - q * q, r - range.pick(0, 1.6, 5));
  const V numerator = quantile_polynomial(x, range, quantile_centre.numerator,
                                          quantile_flank.numerator, quantile_tail.numerator);
  const V denominator = quantile_polynomial(x, range, quantile_centre.denominator,
                                            quantile_flank.denominator, quantile_tail.denominator);
  const V ratio = numerator / denominator;
  const V result = select(is_centre, q * ratio, with_sign_of(ratio, q));
  return select(tail_mass == 0.0, with_sign_of(splat<V>(infinity<V>), q), result);
}

}  // namespace bouton::runtime::math
