#include "tests/unit/check/checked_text.h"

namespace bouton::check {
namespace {

class TargetProgram : public testing::TestWithParam<const char*> {};

TEST_P(TargetProgram, ChecksWithoutErrors) {
  const CheckedText checked =
      check_program_file(std::string(BOUTON_SOURCE_DIR "/tests/programs/") + GetParam());
  EXPECT_TRUE(checked.program.has_value());
  EXPECT_THAT(checked.rendered, testing::Not(testing::HasSubstr("error: ")));
}

INSTANTIATE_TEST_SUITE_P(
    All, TargetProgram,
    testing::Values("01_sampling.bouton", "02_microcircuit.bouton", "03_pal.bouton",
                    "04_gle.bouton", "05_cuba_songabbott.bouton", "06_rules.bouton"),
    [](const auto& tested) {
      return std::string(tested.param).substr(3).substr(0, std::string(tested.param).find('.') - 3);
    });

}  // namespace
}  // namespace bouton::check
