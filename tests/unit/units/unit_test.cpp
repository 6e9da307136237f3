#include "compiler/units/unit.h"

#include <gtest/gtest.h>

#include <set>

#include "compiler/units/coherent_unit.h"

namespace bouton::units {
namespace {

double coherent(const char* spelling, const char* unit, int exponent = 1) {
  return to_coherent(spelling, find_unit(unit).value(), exponent);
}

TEST(Units, TwoSecondsAreExactlyTwoThousandMilliseconds) { EXPECT_EQ(coherent("2", "s"), 2000.0); }

TEST(Units, FifteenHertzAreFifteenThousandths) { EXPECT_EQ(coherent("15", "Hz"), 15.0 / 1000.0); }

TEST(Units, ADecimalLiteralIsRoundedOnce) {
  EXPECT_EQ(coherent("1.1", "s"), 1100.0);
  EXPECT_EQ(coherent("80.01", "s"), 80010.0);
  EXPECT_EQ(coherent("1e-5", "s"), 0.01);
  EXPECT_EQ(coherent("16.8", "us"), 0.0168);
}

TEST(Units, PowersOfAUnitAreConvertedOncePerFactor) {
  EXPECT_EQ(coherent("2", "s", 2), 2e6);
  EXPECT_EQ(coherent("3", "s", -1), 3.0 / 1000.0);
  EXPECT_EQ(coherent("5", "ms", 2), 5.0);
  EXPECT_EQ(coherent("2", "min"), 120000.0);
  EXPECT_EQ(coherent("2", "min", -1), 2.0 / 60000.0);
}

TEST(Units, HugeAndTinyLiteralsDoNotTrap) {
  EXPECT_EQ(coherent("1e400", "s"), std::numeric_limits<double>::infinity());
  EXPECT_EQ(coherent("1e-99999999999", "s"), 0.0);
}

TEST(Units, AnUnknownNameIsNoUnit) {
  EXPECT_FALSE(find_unit("mv").has_value());
  EXPECT_FALSE(find_quantity("volt").has_value());
}

TEST(Units, EveryDimensionHasACoherentUnit) {
  EXPECT_EQ(print_coherent_unit(kNone), "1");
  EXPECT_EQ(print_coherent_unit(kVoltage), "mV");
  EXPECT_EQ(print_coherent_unit(kConductance), "nS");
  EXPECT_EQ(print_coherent_unit(kFrequency), "kHz");
  EXPECT_EQ(print_coherent_unit(kVoltage / kTime), "mV/ms");
  EXPECT_EQ(print_coherent_unit(kVoltage * kVoltage), "mV^2");
  EXPECT_EQ(print_coherent_unit(kNone / (kVoltage * kTime)), "1/(ms*mV)");
  EXPECT_EQ(print_coherent_unit(*kFrequency.power(1, 2)), "1/ms^(1/2)");
}

TEST(Units, NamesAreUnique) {
  std::set<std::string_view> names;
  for (const Unit& unit : units()) EXPECT_TRUE(names.insert(unit.name).second) << unit.name;
}

TEST(Units, CoherentUnitsFitTogether) {
  EXPECT_EQ(coherent("1", "nS"), coherent("1", "pA") / coherent("1", "mV"));
  EXPECT_EQ(coherent("1", "pF") * coherent("1", "mV"), coherent("1", "pA") * coherent("1", "ms"));
  EXPECT_EQ(coherent("1", "GOhm") * coherent("1", "nS"), 1.0);
  EXPECT_EQ(coherent("1", "MOhm") * coherent("1", "uS"), 1.0);
  EXPECT_EQ(coherent("1", "kHz") * coherent("1", "ms"), 1.0);
}

}  // namespace
}  // namespace bouton::units
