#include "compiler/launch/constant.h"

#include <gtest/gtest.h>

#include "compiler/launch/parameters.h"

namespace bouton::launch {
namespace {

elaborate::ParameterSetting read(const std::string& setting) {
  Session session;
  auto settings = read_parameters(session, {setting});
  if (!settings) ADD_FAILURE() << session.diagnostics.all().front().headline;
  return settings ? settings->front() : elaborate::ParameterSetting{};
}

std::string refusal_of(const std::string& setting) {
  Session session;
  EXPECT_FALSE(read_parameters(session, {setting}));
  return session.diagnostics.all().front().headline;
}

TEST(Constant, NumbersAndUnitsMakeAValueAsInTheLanguage) {
  EXPECT_EQ(read("a=0.1/s").value, runtime::Value(0.1 / 1000));
  EXPECT_EQ(read("a=0.1/s").dimension, units::kFrequency);
  EXPECT_EQ(read("a=1/s").value, runtime::Value(1.0 / 1000));
  EXPECT_EQ(read("a=0.1*mV/ms").dimension, units::kVoltage / units::kTime);
  EXPECT_EQ(read("a=2*(10 ms) + 5 ms").value, runtime::Value(25.0));
  EXPECT_EQ(read("a=sqrt(16 ms^2)").value, runtime::Value(4.0));
  EXPECT_EQ(read("a=-3 mV").value, runtime::Value(-3.0));
  EXPECT_EQ(read("a=2 s^-1").value, runtime::Value(2.0 / 1000));
}

TEST(Constant, AUnitMayBePrintedAsOneOver) {
  EXPECT_EQ(read("a=3 1/ms").value, runtime::Value(3.0));
  EXPECT_EQ(read("a=3 1/ms").dimension, units::kFrequency);
}

TEST(Constant, ElementsOfArraysMayBeComputed) {
  const auto value = read("a=[1/s, 2/s]");
  EXPECT_EQ(value.dimension, units::kFrequency);
  EXPECT_EQ(value.value, runtime::Value(runtime::Tensor::vector({1.0 / 1000, 2.0 / 1000})));
}

TEST(Constant, TextsAndTruthValuesStayWhatTheyAre) {
  EXPECT_EQ(read("a=sal").value, runtime::Value(std::string("sal")));
  EXPECT_EQ(read("a=true").value, runtime::Value(true));
}

TEST(Constant, NamesRandomNumbersAndFilesAreRefused) {
  EXPECT_EQ(refusal_of("a=2*tau"), "there is no `tau` here");
  EXPECT_EQ(refusal_of("a=normal(0, 1, [2])"), "this is no value of numbers and units");
  EXPECT_EQ(refusal_of("a=load(\"x.csv\")"), "this is no value of numbers and units");
  EXPECT_EQ(refusal_of("a=1 ms + 1 mV"), "cannot add a time and a voltage");
  EXPECT_EQ(refusal_of("a=20 Ms"), "`Ms` is no unit");
}

TEST(Constant, NothingBehindAValueIsTaken) {
  EXPECT_EQ(refusal_of("a=1) { } experiment Other(b = 2"), "a parameter needs a plain value");
}

}  // namespace
}  // namespace bouton::launch
