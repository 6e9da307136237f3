// Family B of the reference: the sampler on recorded random numbers. The comparisons are in the
// program.
#include "tests/support/sal/program.h"

namespace bouton::numeric {
namespace {

const std::string kFolder = BOUTON_SOURCE_DIR "/tests/programs/sal_family_b";

class SalFamilyB : public testing::TestWithParam<Way> {
 protected:
  void expect_passes(const std::string& name) {
    const auto outcome = run_program({kFolder + "/tapes.bouton", name, {}, kFolder}, GetParam());
    EXPECT_EQ(outcome.expectations.size(), 3U);
    for (const auto& expectation : outcome.expectations)
      EXPECT_TRUE(expectation.result.met) << expectation.result.figures;
  }
};
INSTANTIATE_TEST_SUITE_P(, SalFamilyB, testing::ValuesIn(all_ways()), name_of_way);

TEST_P(SalFamilyB, ThreeNeuronsGiveEverySpikeProbabilityAndState) {
  expect_passes("three neurons sample as published");
}

TEST_P(SalFamilyB, SevenNeuronsGiveEverySpikeProbabilityAndState) {
  expect_passes("seven neurons sample as published");
}

}  // namespace
}  // namespace bouton::numeric
