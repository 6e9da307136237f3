// The effect that examples/01_two_neurons shows, over its whole length and several seeds.
#include <cmath>

#include "tests/support/sal/chunks.h"
#include "tests/support/sal/program.h"

namespace bouton::numeric {
namespace {

// After the last epoch of each of the three trainings.
struct Weights {
  std::string learning;
  double w_12;
  double w_21;
};

std::vector<Weights> train(std::uint64_t seed) {
  const std::string file = BOUTON_SOURCE_DIR "/examples/01_two_neurons/main.bouton";
  const auto results =
      run_program({file, "TwoNeurons", {"record_every=1500"}, BOUTON_SOURCE_DIR, seed},
                  compiled_only())
          .results;
  std::vector<Weights> all;
  for (const auto& row : results.tables.at(0).rows)
    all.push_back({*row[0].as<std::string>(), row[2].as<runtime::Tensor>()->scalar(),
                   row[3].as<runtime::Tensor>()->scalar()});
  return all;
}

class TwoNeurons : public testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Seeds, TwoNeurons, testing::Values(0, 1, 2));

TEST_P(TwoNeurons, WeightsMeetAndOneThatLearnsAloneFollowsTheOther) {
  const std::vector<Weights> weights = train(GetParam());
  ASSERT_EQ(weights.size(), 3U);
  for (const Weights& one : weights) {  // they begin at 1.5 and 0.5
    EXPECT_LT(std::abs(one.w_12 - one.w_21), 0.25) << one.learning;
    EXPECT_LT(one.w_12, 1.55) << one.learning;
    EXPECT_GT(one.w_21, 0.45) << one.learning;
  }
  EXPECT_LT(weights[0].w_12, 1.25);
  EXPECT_GT(weights[0].w_21, 0.75);
  EXPECT_EQ(weights[1].w_21, 0.5);
  EXPECT_EQ(weights[2].w_12, 1.5);
}

}  // namespace
}  // namespace bouton::numeric
