#include "compiler/units/coherent_unit.h"

#include <gtest/gtest.h>

#include "compiler/units/unit.h"

namespace bouton::units {
namespace {

TEST(UsualUnits, FrequenciesAreInHzAndResistancesInMegaohm) {
  EXPECT_EQ(usual_unit(kFrequency)->name, "Hz");
  EXPECT_EQ(usual_unit(kVoltage / kCurrent)->name, "MOhm");
  EXPECT_EQ(usual_unit(kTime)->name, "ms");
  EXPECT_EQ(usual_unit(kConductance)->name, "nS");
  EXPECT_EQ(usual_unit(kVoltage / kTime), std::nullopt);
}

TEST(UsualUnits, AQuantityIsPrintedAsTheLanguageReadsIt) {
  EXPECT_EQ(print_quantity(20, kFrequency), "20 Hz");
  EXPECT_EQ(print_quantity(0.5, kTime), "0.5 ms");
  EXPECT_EQ(print_quantity(5, kVoltage / kTime), "5 mV/ms");
  EXPECT_EQ(print_quantity(3, kFrequency * kFrequency), "3/ms^2");
  EXPECT_EQ(print_quantity(3, kNone), "3");
}

}  // namespace
}  // namespace bouton::units
