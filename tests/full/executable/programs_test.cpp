// Every program of the differential tests as an executable, for two kinds of processors.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/command/command.h"
#include "tests/support/differential/compared.h"

namespace bouton::executable {
namespace {

using driver::Case;

class EveryProgram : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Programs, EveryProgram, testing::ValuesIn(driver::all_cases()),
                         [](const auto& instance) { return driver::name_of(instance.param); });

void expect_same_results(const std::string& file, const std::string& experiment,
                         const std::string& parameters) {
  const std::string what = file + " '" + experiment + "' " + parameters;
  for (const char* cpu : {"native", "x86-64-v3"}) {
    const std::string executable = temporary("executable");
    const Said built =
        run_command(bouton() + " build " + what + " --cpu=" + cpu + " -o " + executable);
    ASSERT_EQ(built.code, 0) << built.output;
    for (const char* options : {" -q --seed 77", " -q --seed 5 --seeds 9"}) {
      const Said run = run_command(bouton() + " run " + what + options);
      const Said said = run_command(executable + options);
      EXPECT_EQ(said.code, run.code) << said.output;
      EXPECT_NE(hashes(run.output), "") << run.output;
      EXPECT_EQ(hashes(said.output), hashes(run.output)) << file << " " << experiment << options;
    }
  }
}

TEST_P(EveryProgram, GivesTheHashesOfARun) {
  driver::Bound bound(GetParam());
  ASSERT_TRUE(bound.program) << bound.messages();
  std::string parameters = "--precision=" + std::string(elaborate::name_of(GetParam().precision));
  for (const std::string& parameter : GetParam().parameters) parameters += " -p " + parameter;
  for (const auto& experiment : bound.program->experiments)
    if (!experiment.is_verify) expect_same_results(GetParam().file, experiment.name, parameters);
}

}  // namespace
}  // namespace bouton::executable
