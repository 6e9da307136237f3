// The hand-written plans: well-formed, and printed as recorded.
#include "tests/unit/plan/plans.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "compiler/plan/printer.h"
#include "compiler/plan/verifier.h"
#include "tests/golden/support/golden.h"

namespace bouton::plan {
namespace {

std::string all(const std::vector<VerifierError>& errors) {
  std::string text;
  for (const VerifierError& error : errors) text += error.rule + ": " + error.message + "\n";
  return text;
}

std::filesystem::path golden_file(const char* name) {
  return std::filesystem::path(BOUTON_SOURCE_DIR) / "tests/golden/plan" / name;
}

TEST(Plans, ASamplerInLanesThatSkipsIsWellFormed) { EXPECT_EQ(all(verify(sampler_plan())), ""); }

TEST(Plans, AMicrocircuitPhaseWithTiedWeightsIsWellFormed) {
  EXPECT_EQ(all(verify(microcircuit_plan())), "");
}

TEST(Plans, CubaWithDelaysIsWellFormed) { EXPECT_EQ(all(verify(cuba_plan())), ""); }

TEST(Plans, APalStepIsWellFormed) { EXPECT_EQ(all(verify(pal_plan())), ""); }

TEST(Plans, ASamplerIsPrintedAsRecorded) {
  EXPECT_TRUE(golden::matches_golden(golden_file("sampler.txt"), print(sampler_plan())));
}

TEST(Plans, AMicrocircuitIsPrintedAsRecorded) {
  EXPECT_TRUE(golden::matches_golden(golden_file("microcircuit.txt"), print(microcircuit_plan())));
}

TEST(Plans, CubaIsPrintedAsRecorded) {
  EXPECT_TRUE(golden::matches_golden(golden_file("cuba.txt"), print(cuba_plan())));
}

TEST(Plans, APalStepIsPrintedAsRecorded) {
  EXPECT_TRUE(golden::matches_golden(golden_file("pal.txt"), print(pal_plan())));
}

}  // namespace
}  // namespace bouton::plan
