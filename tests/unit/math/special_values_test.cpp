// Limits, poles, signs of zero and arguments outside the domain, in both precisions.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "runtime/math/math.h"

namespace bouton::runtime::math::tests {
namespace {

template <class Real>
class SpecialValues : public testing::Test {
 protected:
  static constexpr Real inf = std::numeric_limits<Real>::infinity();
  static constexpr Real nan = std::numeric_limits<Real>::quiet_NaN();
  static constexpr Real smallest = std::numeric_limits<Real>::denorm_min();
  static constexpr Real largest = std::numeric_limits<Real>::max();

  static void expect_same(Real got, Real expected) {
    EXPECT_EQ(got, expected);
    EXPECT_EQ(std::signbit(got), std::signbit(expected)) << got;
  }
};
using Reals = testing::Types<float, double>;
TYPED_TEST_SUITE(SpecialValues, Reals);

TYPED_TEST(SpecialValues, OfNanAreNan) {
  const TypeParam undefined = this->nan;
  for (const TypeParam y :
       {exp(undefined), expm1(undefined), log(undefined), log1p(undefined), logistic(undefined),
        softplus(undefined), tanh(undefined), sin(undefined), cos(undefined), sqrt(undefined),
        floor(undefined), round(undefined), sign(undefined), abs(undefined),
        pow(undefined, TypeParam(2)), pow(TypeParam(2), undefined), min(undefined, TypeParam(1)),
        max(TypeParam(1), undefined)}) {
    EXPECT_TRUE(std::isnan(y));
  }
}

TYPED_TEST(SpecialValues, OutsideTheDomainAreNan) {
  for (const TypeParam y :
       {log(TypeParam(-1)), log(-this->smallest), log(-this->inf), log1p(TypeParam(-1.5)),
        sqrt(TypeParam(-1)), sin(this->inf), cos(-this->inf), sin(TypeParam(1.5e8)),
        pow(TypeParam(-2), TypeParam(0.5))}) {
    EXPECT_TRUE(std::isnan(y));
  }
}

TYPED_TEST(SpecialValues, AtInfinityAreLimits) {
  const TypeParam infinite = this->inf;
  this->expect_same(exp(infinite), infinite);
  this->expect_same(exp(-infinite), 0);
  this->expect_same(expm1(infinite), infinite);
  this->expect_same(expm1(-infinite), -1);
  this->expect_same(log(infinite), infinite);
  this->expect_same(log1p(infinite), infinite);
  this->expect_same(logistic(infinite), 1);
  this->expect_same(logistic(-infinite), 0);
  this->expect_same(softplus(infinite), infinite);
  this->expect_same(softplus(-infinite), 0);
  this->expect_same(tanh(infinite), 1);
  this->expect_same(tanh(-infinite), -1);
}

TYPED_TEST(SpecialValues, AtZeroKeepTheSignOfZero) {
  for (const TypeParam zero : {TypeParam(0), TypeParam(-0.0)}) {
    for (const TypeParam y : {expm1(zero), log1p(zero), tanh(zero), sin(zero), floor(zero),
                              ceil(zero), round(zero), sign(zero), sqrt(zero)}) {
      this->expect_same(y, zero);
    }
  }
}

TYPED_TEST(SpecialValues, OfExactArgumentsAreExact) {
  this->expect_same(exp(TypeParam(0)), 1);
  this->expect_same(log(TypeParam(1)), 0);
  this->expect_same(log(TypeParam(0)), -this->inf);
  this->expect_same(log(TypeParam(-0.0)), -this->inf);
  this->expect_same(log1p(TypeParam(-1)), -this->inf);
  this->expect_same(logistic(TypeParam(0)), TypeParam(0.5));
  this->expect_same(cos(TypeParam(0)), 1);
  this->expect_same(pow(TypeParam(3), TypeParam(2)), 9);
  this->expect_same(pow(TypeParam(-2), TypeParam(3)), -8);
  this->expect_same(pow(TypeParam(2), TypeParam(-3)), TypeParam(0.125));
}

TYPED_TEST(SpecialValues, OfSubnormalArgumentsAreSubnormal) {
  const TypeParam tiny = this->smallest;
  for (const TypeParam y : {expm1(tiny), log1p(tiny), tanh(tiny), sin(tiny)})
    this->expect_same(y, tiny);
}

TYPED_TEST(SpecialValues, OfExpOverflowAndUnderflowWhereTheFormatDoes) {
  const TypeParam overflow = log(this->largest);
  EXPECT_TRUE(std::isfinite(exp(std::nextafter(overflow, TypeParam(0)))));
  EXPECT_EQ(exp(std::nextafter(std::nextafter(overflow, this->inf), this->inf)), this->inf);
  const TypeParam underflow = log(this->smallest);
  EXPECT_GT(exp(underflow), 0);
  EXPECT_EQ(exp(underflow - TypeParam(1)), 0);
}

TYPED_TEST(SpecialValues, OfPowAreThoseOfC) {
  const TypeParam infinite = this->inf;
  const TypeParam values[] = {TypeParam(0),   TypeParam(-0.0), TypeParam(1),   TypeParam(-1),
                              TypeParam(2),   TypeParam(-2),   TypeParam(3),   TypeParam(-3),
                              TypeParam(0.5), TypeParam(-0.5), infinite,       -infinite,
                              this->nan,      this->largest,   -this->largest, this->smallest};
  for (const TypeParam x : values) {
    for (const TypeParam y : values) {
      const TypeParam expected = std::pow(x, y);
      const TypeParam got = pow(x, y);
      if (std::isnan(expected)) {
        EXPECT_TRUE(std::isnan(got)) << x << "^" << y;
      } else if (expected == 0 || std::isinf(expected)) {
        SCOPED_TRACE(testing::Message() << x << "^" << y);
        this->expect_same(got, expected);
      } else {
        EXPECT_NEAR(got / expected, 1, 1e-6) << x << "^" << y;
      }
    }
  }
}

TYPED_TEST(SpecialValues, OfMinAndMaxPropagateNanFromBothSides) {
  const TypeParam one = 1;
  EXPECT_TRUE(std::isnan(min(one, this->nan)) && std::isnan(min(this->nan, one)));
  EXPECT_TRUE(std::isnan(max(one, this->nan)) && std::isnan(max(this->nan, one)));
  EXPECT_EQ(min(one, -this->inf), -this->inf);
  EXPECT_EQ(max(this->inf, one), this->inf);
}

TYPED_TEST(SpecialValues, OfRoundingAreThoseOfIeee) {
  const TypeParam half_even[][2] = {{0.5, 0},   {1.5, 2},   {2.5, 2}, {-0.5, -0.0},
                                    {-1.5, -2}, {-2.5, -2}, {2.75, 3}};
  for (const auto& [x, expected] : half_even) this->expect_same(round(x), expected);
  const TypeParam huge = TypeParam(3) / std::numeric_limits<TypeParam>::epsilon();
  for (const TypeParam x : {huge, -huge, this->inf, -this->inf, this->largest}) {
    this->expect_same(round(x), x);
    this->expect_same(floor(x), x);
  }
}

TYPED_TEST(SpecialValues, OfFloorAndCeilAgreeWithTheStandardLibrary) {
  for (int i = -4000; i < 4000; ++i) {
    const TypeParam x = static_cast<TypeParam>(i) * TypeParam(0.12437);
    this->expect_same(floor(x), std::floor(x));
    this->expect_same(ceil(x), std::ceil(x));
    this->expect_same(round(x), std::nearbyint(x));
  }
}

TEST(NormalQuantile, IsInfiniteAtTheEndsAndUndefinedOutside) {
  const double inf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(normal_quantile(0.0), -inf);
  EXPECT_EQ(normal_quantile(1.0), inf);
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  EXPECT_TRUE(std::isnan(normal_quantile(-0.1)));
  EXPECT_TRUE(std::isnan(normal_quantile(1.1)));
  EXPECT_TRUE(std::isnan(normal_quantile(std::nan(""))));
}

TEST(NormalQuantile, IsOddAboutOneHalf) {
  for (const double p : {0x1p-20, 0.0625, 0.25, 0.375, 0x1.8p-30}) {
    EXPECT_EQ(normal_quantile(p), -normal_quantile(1 - p)) << p;
  }
}

}  // namespace
}  // namespace bouton::runtime::math::tests
