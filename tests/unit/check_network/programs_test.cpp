// The target programs of the language check without an error.
#include <gtest/gtest.h>

#include "compiler/check/check.h"
#include "compiler/diagnostics/render.h"
#include "compiler/load/load_program.h"
#include "tests/unit/check_network/checked.h"

namespace bouton {
namespace {

class Programs : public testing::TestWithParam<const char*> {};

TEST_P(Programs, CheckWithoutError) {
  const Checked checked =
      check_file(std::string(BOUTON_SOURCE_DIR) + "/tests/programs/" + GetParam());
  EXPECT_TRUE(checked.program.has_value());
  EXPECT_EQ(checked.diagnostics.error_count(), 0U) << checked.messages();
}

INSTANTIATE_TEST_SUITE_P(All, Programs,
                         testing::Values("01_sampling.bouton", "02_microcircuit.bouton",
                                         "03_pal.bouton", "04_gle.bouton",
                                         "05_cuba_songabbott.bouton", "06_rules.bouton"));

TEST(Examples, TheSamplingExampleChecksWithTheStandardLibraryAndWithoutAWarning) {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  const auto files = load::load_program(BOUTON_SOURCE_DIR "/examples/02_sampling_sal/main.bouton",
                                        sources, diagnostics);
  ASSERT_TRUE(files.has_value()) << diagnostics::render_text(diagnostics, sources);
  EXPECT_TRUE(check::check(*files, diagnostics).has_value());
  EXPECT_EQ(diagnostics.all().size(), 0U) << diagnostics::render_text(diagnostics, sources);
}

}  // namespace
}  // namespace bouton
