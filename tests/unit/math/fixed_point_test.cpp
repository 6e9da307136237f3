// Reals as multiples of 2^-40 and 2^-44: rounding, saturation, limits, and the way back.
#include "runtime/math/fixed_point.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace bouton::runtime::math::tests {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr std::int64_t kOne40 = std::int64_t{1} << 40;
constexpr std::int64_t kOne44 = std::int64_t{1} << 44;

TEST(Fixed40, RoundsToNearestHalfToEven) {
  EXPECT_EQ(to_fixed40(1.0), kOne40);
  EXPECT_EQ(to_fixed40(0x1p-41), 0);
  EXPECT_EQ(to_fixed40(0x1.8p-40), 2);
  EXPECT_EQ(to_fixed40(0x2.8p-40), 2);
  EXPECT_EQ(to_fixed40(-0x1.8p-40), -2);
  EXPECT_EQ(to_fixed40(0x1.000002p-41), 1);
}

TEST(Fixed40, SaturatesAtSixtyFour) {
  for (const double x : {64.0, 64.5, 1e300, kInf, std::nan("")})
    EXPECT_EQ(to_fixed40(x), 64 * kOne40) << x;
  EXPECT_EQ(to_fixed40(-kInf), -64 * kOne40);
}

TEST(Fixed40, KnowsWhatCannotDriveAClock) {
  EXPECT_TRUE(is_hazard_gain(0.0));
  EXPECT_TRUE(is_hazard_gain(kInf));
  EXPECT_TRUE(is_hazard_gain(0x1.000002p-41));
  for (const double x : {-1e-3, -kInf, 0x1p-41, 1e-300, std::nan("")})
    EXPECT_FALSE(is_hazard_gain(x)) << x;
}

TEST(Fixed44, AgreesWithIntegerConversionUpToTheLimit) {
  std::mt19937_64 generator(3);
  for (int i = 0; i < 20000; ++i) {
    const auto bits = static_cast<std::int64_t>(generator()) >> (i % 60);
    const double x = static_cast<double>(bits) * 0x1p-45;
    if (!fits_fixed44(x)) continue;
    ASSERT_EQ(to_fixed44(x), std::llrint(x * 0x1p44)) << x;
  }
  EXPECT_EQ(to_fixed44(-0x1p19), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(to_fixed44(0x1.8p-44), 2);
  EXPECT_EQ(to_fixed44(0x2.8p-44), 2);
  EXPECT_EQ(to_fixed12(-0x1p19), -(std::int64_t{1} << 31));
  EXPECT_EQ(to_fixed12(0x1.8p-12), 2);  // halves to even
  EXPECT_EQ(to_fixed12(0x2.8p-12), 2);
}

TEST(Fixed44, FitsBelowTwoToTheNineteen) {
  EXPECT_TRUE(fits_fixed44(std::nextafter(0x1p19, 0.0)));
  EXPECT_TRUE(fits_fixed44(-0x1p19));
  for (const double x : {0x1p19, std::nextafter(-0x1p19, -kInf), kInf, -kInf, std::nan("")}) {
    EXPECT_FALSE(fits_fixed44(x)) << x;
  }
}

TEST(Fixed44, ComesBackAsTheNearestDouble) {
  std::mt19937_64 generator(4);
  for (int i = 0; i < 20000; ++i) {
    const auto value = static_cast<std::int64_t>(generator()) >> (i % 64);
    ASSERT_EQ(from_fixed44(value), static_cast<double>(value) * 0x1p-44) << value;
  }
  EXPECT_EQ(from_fixed44(kOne44), 1.0);
}

TEST(FixedSums, TellWhenSixtyFourBitsAreNotEnough) {
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const std::int64_t one = 1;
  const std::int64_t least = std::numeric_limits<std::int64_t>::min();
  EXPECT_TRUE(overflows(most, one));
  EXPECT_TRUE(overflows(least, -one));
  EXPECT_FALSE(overflows(most, least));
  EXPECT_FALSE(overflows(most - 1, one));
  EXPECT_EQ(add_fixed(most - 1, one), most);
}

}  // namespace
}  // namespace bouton::runtime::math::tests
