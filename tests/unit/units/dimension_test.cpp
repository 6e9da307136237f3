#include "compiler/units/dimension.h"

#include <gtest/gtest.h>

namespace bouton::units {
namespace {

TEST(Dimensions, NamedQuantitiesAreCalledByName) {
  EXPECT_EQ(describe(kVoltage), "voltage");
  EXPECT_EQ(describe(kCurrent / kVoltage), "conductance");
  EXPECT_EQ(describe(kNone), "no dimension");
  EXPECT_EQ(describe(kNone / kTime), "frequency");
}

TEST(Dimensions, OthersAreSpelledAsAQuotient) {
  EXPECT_EQ(describe(kVoltage / kTime), "voltage/time");
  EXPECT_EQ(describe(kNone / (kVoltage * kVoltage * kTime)), "1/(voltage^2*time)");
  EXPECT_EQ(describe(kNone.power(1).value() / *kTime.power(1, 2)), "1/sqrt(time)");
  EXPECT_EQ(describe(*kTime.power(3, 2)), "time^(3/2)");
}

TEST(Dimensions, RootsThatAreNoTwelfthAreRefused) {
  EXPECT_EQ(kTime.power(1, 2)->power(2), kTime);
  EXPECT_FALSE(kTime.power(1, 5).has_value());
  EXPECT_FALSE(kTime.power(100000).has_value());
}

}  // namespace
}  // namespace bouton::units
