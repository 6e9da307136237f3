#include "compiler/elaborate/arithmetic.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "compiler/elaborate/scalar_call.h"
#include "compiler/elaborate/steps.h"
#include "runtime/math/math.h"

namespace bouton::elaborate {
namespace {

constexpr RealArithmetic kSingle{Precision::Single};
constexpr RealArithmetic kDouble{Precision::Double};

// Floats of all exponents, subnormal ones included.
std::vector<float> many_floats() {
  std::mt19937 generator(11);
  std::vector<float> numbers{0.0F,
                             -0.0F,
                             1.0F,
                             std::numeric_limits<float>::denorm_min(),
                             std::numeric_limits<float>::max(),
                             std::numeric_limits<float>::infinity()};
  std::uniform_real_distribution<float> mantissa(-2.0F, 2.0F);
  std::uniform_int_distribution<int> exponent(-148, 126);
  for (int i = 0; i < 200; ++i)
    numbers.push_back(std::ldexp(mantissa(generator), exponent(generator)));
  return numbers;
}

void expect_same(double got, float expected) {
  if (std::isnan(expected)) {
    EXPECT_TRUE(std::isnan(got));
  } else {
    EXPECT_EQ(got, double{expected});
    EXPECT_EQ(std::signbit(got), std::signbit(expected));
  }
}

TEST(Arithmetic, OfSinglePrecisionIsThatOfFloats) {
  for (const float x : many_floats())
    for (const float y : many_floats()) {
      expect_same(kSingle.add(x, y), x + y);
      expect_same(kSingle.subtract(x, y), x - y);
      expect_same(kSingle.multiply(x, y), x * y);
      expect_same(kSingle.divide(x, y), x / y);
      expect_same(kSingle.power(x, y), runtime::math::pow(x, y));
    }
}

TEST(Arithmetic, OfDoublePrecisionRoundsToDoublesOnly) {
  EXPECT_EQ(kDouble.multiply(0.1, 0.3), 0.1 * 0.3);
  EXPECT_EQ(kDouble.round(0.1), 0.1);
  EXPECT_EQ(kDouble.exp(0.1), runtime::math::exp(0.1));
}

TEST(Arithmetic, RoundsToTheNearestFloatHalvesToEven) {
  EXPECT_EQ(kSingle.round(1 + 0x1p-24), 1.0);
  EXPECT_EQ(kSingle.round(1 + 0x3p-24), 1 + 0x4p-24);
  EXPECT_EQ(kSingle.round(1 + 0x1p-24 + 0x1p-50), 1 + 0x1p-23);
  EXPECT_EQ(kSingle.round(1e39), std::numeric_limits<double>::infinity());
  EXPECT_EQ(kSingle.round(1e-45), 0x1p-149);
}

// By way of a double it would be the middle of two floats.
TEST(Arithmetic, RoundsWholeNumbersOnce) {
  const std::int64_t whole = (std::int64_t{1} << 62) + (std::int64_t{1} << 38) + 1;
  EXPECT_EQ(kSingle.round(whole), 0x1p62 + 0x1p39);
  EXPECT_EQ(kDouble.round(whole), 0x1p62 + 0x1p38);
}

TEST(Arithmetic, TakesRemaindersWithTheSignOfTheDivisor) {
  EXPECT_EQ(kSingle.modulo(-0.1F, 0.3F), double{-0.1F + 0.3F});
  EXPECT_EQ(kSingle.modulo(7, -3), -2.0);
  EXPECT_EQ(kDouble.modulo(-0.1, 0.3), -0.1 + 0.3);
}

TEST(Arithmetic, CallsTheFunctionsOfItsPrecision) {
  EXPECT_EQ(call_scalar_builtin("tanh", 0.3F, 0, kSingle), double{runtime::math::tanh(0.3F)});
  EXPECT_EQ(call_scalar_builtin("tanh", 0.3, 0, kDouble), runtime::math::tanh(0.3));
  EXPECT_EQ(call_scalar_builtin("min", 0.3F, 0.2F, kSingle), double{0.2F});
}

TEST(Arithmetic, CountsTheStepsOfADurationInItsPrecision) {
  const auto steps = [](double duration, double timestep, RealArithmetic arithmetic) {
    return to_steps(arithmetic.round(duration), arithmetic.round(timestep), {}, arithmetic);
  };
  for (const RealArithmetic arithmetic : {kSingle, kDouble}) {
    EXPECT_EQ(*steps(10.1, 0.1, arithmetic), 101);
    EXPECT_EQ(*steps(1234.5, 0.1, arithmetic), 12345);
    EXPECT_EQ(*steps(std::numeric_limits<double>::infinity(), 0.1, arithmetic), kNever);
    EXPECT_EQ(steps(10.05, 0.1, arithmetic).problem().message,
              "10.05 ms is no whole number of steps of 0.1 ms: it is 100.5 steps");
  }
  EXPECT_EQ(steps(2e7, 1, kSingle).problem().message, "20000000 ms are more than 2^24 steps");
  EXPECT_EQ(*steps(2e7, 1, kDouble), 20000000);
}

}  // namespace
}  // namespace bouton::elaborate
