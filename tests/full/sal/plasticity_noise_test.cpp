// The effect that examples/02_sampling_sal/plasticity_noise.bouton shows at its default length.
#include "tests/support/sal/chunks.h"
#include "tests/support/sal/program.h"

namespace bouton::numeric {
namespace {

TEST(FullPlasticityNoise, SalKeepsWeightsTogetherThatPlasticityNoiseDrivesApart) {
  const std::string file = BOUTON_SOURCE_DIR "/examples/02_sampling_sal/plasticity_noise.bouton";
  const auto results =
      run_program({file, "PlasticityNoise", {}, BOUTON_SOURCE_DIR}, compiled_only()).results;
  const auto asymmetries = chunks_of(results, "asymmetry");
  const auto divergences = chunks_of(results, "kl");
  const std::size_t half = asymmetries.size() / 2;  // one training without SAL, one with it
  ASSERT_EQ(asymmetries.size(), 14U);
  EXPECT_GT(asymmetries[half - 1].scalar(), 5 * asymmetries.front().scalar());
  EXPECT_LT(asymmetries.back().scalar(), 0.02 * asymmetries[half - 1].scalar());
  EXPECT_LT(divergences.back().scalar(), 0.7 * divergences[half - 1].scalar());
}

}  // namespace
}  // namespace bouton::numeric
