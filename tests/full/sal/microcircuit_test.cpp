// examples/03_microcircuit with two hidden layers, by parameters alone: the published network has
// one. Targets come from a teacher of the same size.
#include "tests/support/sal/chunks.h"
#include "tests/support/sal/program.h"

namespace bouton::numeric {
namespace {

// In the order in which the example records them.
enum Student : std::size_t { Sal, FeedbackAlignment, Copied };

TEST(FullMicrocircuit, ANetworkOfFourLayersLearnsWithSalAndAlignsItsFeedback) {
  const std::string folder = BOUTON_SOURCE_DIR "/examples/03_microcircuit";
  const std::vector<std::string> parameters = {"dims=[4,30,10,3]", "eta_up=[0.2,0.1,0.003]",
                                               "eta_down=0.01", "windows=500", "epochs=15"};
  const auto results =
      run_program({folder + "/main.bouton", "Microcircuit", parameters, folder}, compiled_only())
          .results;
  const auto losses = chunks_of(results, "loss");
  const auto angles = chunks_of(results, "angle");
  ASSERT_EQ(losses.size(), 15U);
  EXPECT_LT(losses.back()[Sal], losses.front()[Sal] / 10);
  EXPECT_LT(angles.back()[Sal], angles.front()[Sal] - 20);
  EXPECT_GT(angles.back()[FeedbackAlignment], 80);
  EXPECT_EQ(angles.back()[Copied], 0);
}

}  // namespace
}  // namespace bouton::numeric
