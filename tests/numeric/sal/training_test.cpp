// Family A of the reference: sampled states and one complete iteration of the training. The program
// records what the reference calls by the same name.
#include <limits>

#include "tests/numeric/sal/staged.h"
#include "tests/support/hand_built.h"
#include "tests/support/sal/program.h"

namespace bouton::numeric {
namespace {

using nlohmann::json;
using runtime::Tensor;

constexpr std::int64_t kStepsPerStep = 2;  // the program's timestep is half a step of the reference

class SalTraining : public testing::TestWithParam<std::tuple<const char*, Way>> {
 protected:
  void SetUp() override {
    const auto& [train, way] = GetParam();
    spikes_ = read_train(train);
    reference_ = json::parse(read_reference("a_states_trainiter.json"))[train];
    const json& iteration = reference_["train_iter"];
    const std::string folder =
        stage_inputs(tape_of(spikes_, static_cast<std::size_t>(kStepsPerStep)), iteration);
    const auto number = [&](const char* name) { return iteration[name].dump(); };
    results_ =
        run_program({BOUTON_SOURCE_DIR "/tests/programs/sal_family_a/training.bouton",
                     "TrainingIteration",
                     {"tau_ref=" + number("t_ref") + " ms", "lr_weight=" + number("lr_weight"),
                      "lr_bias=" + number("lr_bias"), "lr_symm=" + number("lr_symm"),
                      "max_w=" + number("max_w"), "max_b=" + number("max_b")},
                     folder},
                    way)
            .results;
    ASSERT_EQ(results_.tables.size(), 2U);
  }

  void expect_reference(const std::string& name, const json& value) {
    expect_near(interpret::recorded_tensor(results_, name), tensor_of(value), name);
  }

  std::vector<TrainSpike> spikes_;
  json reference_;
  runtime::Results results_;
};
INSTANTIATE_TEST_SUITE_P(, SalTraining,
                         testing::Combine(testing::Values("T1", "T2", "T3"),
                                          testing::ValuesIn(all_ways())),
                         [](const auto& instance) {
                           return std::get<0>(instance.param) + std::get<1>(instance.param).name;
                         });

// The reference keeps and clips a diagonal that never learns; `no self` has none.
Tensor without_diagonal(Tensor matrix) {
  for (std::size_t i = 0; i < matrix.shape()[0]; ++i) matrix.at(i, i) = 0.0;
  return matrix;
}

TEST_P(SalTraining, StatesAndUpdatesAreThoseOfTheReference) {
  expect_spikes(*interpret::recorded(results_, "spikes").as<runtime::SpikeList>(), spikes_,
                kStepsPerStep);
  for (const char* name : {"num_samples", "state_ids", "sampled_distr", "coact_from_states",
                           "marg_from_states", "spike_rates"})
    expect_reference(name, reference_[name]);
  const json& iteration = reference_["train_iter"];
  for (const char* name : {"target_distr", "target_coact_with_marginals_on_diagonal", "stdp_scaled",
                           "sal_scaled", "b_after", "asym_var_upper", "asym_mean_square_upper"})
    expect_reference(name, iteration[name]);
  expect_near(interpret::recorded_tensor(results_, "w_after"),
              without_diagonal(tensor_of(iteration["w_after"])), "w_after");
}

TEST_P(SalTraining, DivergenceIsThatOfTheReference) {
  const json& expected = reference_["train_iter"]["dkl_target_sampled"];
  if (expected.is_number()) {
    expect_reference("dkl_target_sampled", expected);
  } else {  // a state was never visited
    EXPECT_EQ(expected, "inf");
    EXPECT_EQ(interpret::recorded_tensor(results_, "dkl_target_sampled").scalar(),
              std::numeric_limits<double>::infinity());
  }
}

}  // namespace
}  // namespace bouton::numeric
