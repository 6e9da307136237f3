// Every function against quadruple precision: at most two units in the last place, on random
// arguments of every range that has a formula or a limit of its own, and on runs of neighbouring
// numbers.
#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <random>
#include <vector>

#include "runtime/math/math.h"
#include "tests/unit/math/ulp.h"

namespace bouton::runtime::math::tests {
namespace {

constexpr double kMostUlps = 2;

struct Range {
  double low;
  double high;
};

Quad exact_logistic(Quad x) { return x > 0 ? 1 / (1 + expq(-x)) : expq(x) / (1 + expq(x)); }
Quad exact_softplus(Quad x) { return x > 0 ? x + log1pq(expq(-x)) : log1pq(expq(x)); }

template <class Real>
std::vector<Real> random_arguments(Range range) {
  std::mt19937_64 generator(7);
  std::uniform_real_distribution<double> uniform(range.low, range.high);
  std::vector<Real> arguments(30000);
  for (Real& x : arguments) x = static_cast<Real>(uniform(generator));
  return arguments;
}

template <class Real>
std::vector<Real> neighbours_of(double centre) {
  std::vector<Real> arguments;
  Real up = static_cast<Real>(centre);
  Real down = up;
  for (int i = 0; i < 1000; ++i) {
    arguments.push_back(up = std::nextafter(up, std::numeric_limits<Real>::infinity()));
    arguments.push_back(down = std::nextafter(down, -std::numeric_limits<Real>::infinity()));
  }
  return arguments;
}

template <class Real, class Function, class Exact>
void expect_accurate(const std::vector<Real>& arguments, Function function, Exact exact) {
  double worst = 0;
  Real worst_argument = 0;
  for (const Real x : arguments) {
    const double ulps = ulps_between<Real>(function(x), exact(static_cast<Quad>(x)));
    if (ulps <= worst) continue;
    worst = ulps;
    worst_argument = x;
  }
  EXPECT_LE(worst, kMostUlps) << "at " << std::hexfloat << worst_argument;
}

// Both precisions; the ranges are those of double, clipped for single by the limits of the format
// itself.
template <class Function, class Exact>
void expect_accurate(std::initializer_list<Range> ranges, std::initializer_list<double> centres,
                     Function function, Exact exact) {
  for (const Range range : ranges) {
    expect_accurate(random_arguments<double>(range), function, exact);
    expect_accurate(random_arguments<float>(range), function, exact);
  }
  for (const double centre : centres) {
    expect_accurate(neighbours_of<double>(centre), function, exact);
    expect_accurate(neighbours_of<float>(centre), function, exact);
  }
}

constexpr double kHalfLn2 = 0.34657359027997264;

TEST(Accuracy, Exp) {
  expect_accurate(
      {{-1, 1}, {-20, 20}, {-110, 90}, {-746, 710}, {-746, -708}},
      {0, kHalfLn2, -kHalfLn2, 3 * kHalfLn2, 88.72, -87.34, -103.3, 709.78, -708.4, -745},
      [](auto x) { return exp(x); }, expq);
}

TEST(Accuracy, Expm1) {
  expect_accurate(
      {{-1e-10, 1e-10}, {-0.4, 0.4}, {-2, 2}, {-40, 90}, {-60, 710}},
      {0, kHalfLn2, -kHalfLn2, 3 * kHalfLn2, -3 * kHalfLn2, 88.72, 709.78, -37, -17},
      [](auto x) { return expm1(x); }, expm1q);
}

TEST(Accuracy, Log) {
  expect_accurate(
      {{0.9, 1.1}, {0.5, 2}, {0, 1e-3}, {1, 1e30}, {0, 1e-310}, {0, 1e-40}, {1, 1e300}},
      {1, 0.7071067811865476, 1.4142135623730951, 1e-38, 2.3e-308}, [](auto x) { return log(x); },
      logq);
}

TEST(Accuracy, Log1p) {
  expect_accurate(
      {{-1, 1}, {-1e-3, 1e-3}, {-1e-10, 1e-10}, {-1, -0.999}, {0, 100}, {1, 1e30}},
      {0, 0.41421356237309503, -0.2928932188134525, 1e-16, 1e16}, [](auto x) { return log1p(x); },
      log1pq);
}

TEST(Accuracy, Logistic) {
  expect_accurate(
      {{-1e-5, 1e-5}, {-2, 2}, {-40, 40}, {-103, 103}, {-745, 745}},
      {0, kHalfLn2, -87.3, -708, 36.7, 17}, [](auto x) { return logistic(x); }, exact_logistic);
}

TEST(Accuracy, Softplus) {
  expect_accurate(
      {{-1e-5, 1e-5}, {-2, 2}, {-40, 40}, {-103, 103}, {-745, 745}},
      {0, kHalfLn2, -87.3, -708, 36.7, 17, 0.01226076}, [](auto x) { return softplus(x); },
      exact_softplus);
}

TEST(Accuracy, Tanh) {
  expect_accurate(
      {{-1e-10, 1e-10}, {-0.1, 0.1}, {-1, 1}, {0.5, 0.6}, {-25, 25}},
      {0, 0.55, 0.1732867951399863, 9, 19}, [](auto x) { return tanh(x); }, tanhq);
}

// Single precision against our own double, which is far more exact: floats of every exponent and
// both signs.
template <class Function>
double worst_ulps_of_single(Function function) {
  double worst = 0;
  for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << 32); bits += 3001) {
    const auto x = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    worst = std::max(worst, ulps_between<float>(function(x), function(static_cast<double>(x))));
  }
  return worst;
}

TEST(Accuracy, OfSinglePrecisionOverAllFloats) {
  EXPECT_LE(worst_ulps_of_single([](auto x) { return exp(x); }), kMostUlps);
  EXPECT_LE(worst_ulps_of_single([](auto x) { return expm1(x); }), kMostUlps);
  EXPECT_LE(worst_ulps_of_single([](auto x) { return log(x); }), kMostUlps);
  EXPECT_LE(worst_ulps_of_single([](auto x) { return log1p(x); }), kMostUlps);
  EXPECT_LE(worst_ulps_of_single([](auto x) { return logistic(x); }), kMostUlps);
  EXPECT_LE(worst_ulps_of_single([](auto x) { return softplus(x); }), kMostUlps);
  EXPECT_LE(worst_ulps_of_single([](auto x) { return tanh(x); }), kMostUlps);
}

TEST(Accuracy, SinAndCos) {
  const std::initializer_list<Range> ranges = {{-1, 1}, {-100, 100}, {-1e5, 1e5}, {-1e8, 1e8}};
  const std::initializer_list<double> centres = {
      0,     0.7853981633974483, 1.5707963267948966, 3.141592653589793,
      355.0, 5419351.0,          80143857.0,         99980000.0};
  expect_accurate(ranges, centres, [](auto x) { return sin(x); }, sinq);
  expect_accurate(ranges, centres, [](auto x) { return cos(x); }, cosq);
}

TEST(Accuracy, SqrtIsRoundedCorrectly) {
  for (const double x : random_arguments<double>({0, 1e300})) {
    ASSERT_LE(ulps_between<double>(sqrt(x), sqrtq(x)), 0.5);
    ASSERT_LE(ulps_between<float>(sqrt(static_cast<float>(x)), sqrtq(static_cast<float>(x))), 0.5);
  }
}

// y log x takes every size, large and small, whatever the distance of x from 1.
template <class Real>
double worst_ulps_of_pow(double log_range, double product_range) {
  std::mt19937_64 generator(11);
  std::uniform_real_distribution<double> log_x(-log_range, log_range);
  std::uniform_real_distribution<double> product(-product_range, product_range);
  double worst = 0;
  for (int i = 0; i < 30000; ++i) {
    const auto x = static_cast<Real>(expq(log_x(generator)));
    const auto y =
        static_cast<Real>(product(generator) / static_cast<double>(logq(static_cast<Quad>(x))));
    worst = std::max(
        worst, ulps_between<Real>(pow(x, y), powq(static_cast<Quad>(x), static_cast<Quad>(y))));
  }
  return worst;
}

TEST(Accuracy, Pow) {
  for (const double log_range : {1e-6, 0.1, 0.4, 1.0, 80.0}) {
    for (const double product_range : {1.0, 80.0, 745.0}) {
      EXPECT_LE(worst_ulps_of_pow<double>(log_range, product_range), kMostUlps) << log_range;
      EXPECT_LE(worst_ulps_of_pow<float>(log_range, product_range), kMostUlps) << log_range;
    }
  }
}

// The error of x = quantile(p), found by one Newton step on the exact distribution, relative to x.
double relative_error_of_quantile(double p) {
  const Quad x = normal_quantile(p);
  const Quad root_two = sqrtq(2);
  const Quad tail = erfcq(fabsq(x) / root_two) / 2;
  const Quad density = expq(-x * x / 2) / sqrtq(2 * acosq(-1));
  const Quad missed = x < 0 ? tail - p : (1 - static_cast<Quad>(p)) - tail;
  return static_cast<double>(fabsq(missed / density / x));
}

TEST(Accuracy, NormalQuantileIsGoodToSevenUnitsOfDoubleRounding) {
  for (const double p : random_arguments<double>({0, 1}))
    ASSERT_LT(relative_error_of_quantile(p), 1e-15) << p;
  for (const double logarithm : random_arguments<double>({-700, -0.7})) {
    ASSERT_LT(relative_error_of_quantile(exp(logarithm)), 1e-15) << logarithm;
  }
}

}  // namespace
}  // namespace bouton::runtime::math::tests
