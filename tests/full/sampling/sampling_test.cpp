// The sampling example in its default schedule, for five seeds, against the published trainings of
// the same schedule (tests/reference/sal/g_ssn.json). Their weights and targets are other draws of
// the same laws, so that numbers cannot be equal; what the paper says must hold for both:
//
//  - with SAL the weight asymmetry falls by more than an order of magnitude (below a tenth);
//  - without it, it stays: both weights of a pair get the same update, so that only clipping can
//    change their difference. Half of it staying tells that apart from a fall
//    by an order of magnitude by a factor of five on either side;
//  - D_KL ends lower with SAL than without, and is infinite only while a state was not visited.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "tests/support/differential/compared.h"

namespace bouton::driver {
namespace {

using Json = nlohmann::json;

// One training: what is recorded at its validation epochs.
struct Training {
  std::vector<double> divergences;
  std::vector<double> asymmetries;
};

void expect_sound_divergences(const Training& training) {
  for (const double divergence : training.divergences)
    EXPECT_TRUE(divergence > 0) << divergence << " is neither positive nor infinite";
  EXPECT_TRUE(std::isfinite(training.divergences.back()));
}

void expect_effect_of_sal(const Training& without, const Training& with) {
  ASSERT_EQ(without.divergences.size(), 8U);
  ASSERT_EQ(with.divergences.size(), 8U);
  EXPECT_LT(with.asymmetries.back(), with.asymmetries.front() / 10);
  EXPECT_GT(without.asymmetries.back(), without.asymmetries.front() / 2);
  EXPECT_LT(with.divergences.back(), without.divergences.back());
  expect_sound_divergences(without);
  expect_sound_divergences(with);
}

Json read_reference() {
  std::ifstream stream(BOUTON_SOURCE_DIR "/tests/reference/sal/g_ssn.json");
  return Json::parse(stream);
}

double number_of(const Json& number) {
  return number == "inf" ? std::numeric_limits<double>::infinity() : number.get<double>();
}

Training training_of(const Json& published) {
  Training training;
  for (const Json& number : published["dkl"]) training.divergences.push_back(number_of(number));
  for (const Json& number : published["asym_var"])
    training.asymmetries.push_back(number_of(number));
  return training;
}

TEST(PublishedTrainings, HaveTheScheduleOfTheExample) {
  const Json reference = read_reference();
  for (const char* name : {"syn_nosal_lr0.01", "syn_sal_lr0.01"}) {
    const Json& parameters = reference[name]["params"];
    EXPECT_EQ(parameters["num_epochs"], 1751) << "epochs 0 .. 1750";
    EXPECT_EQ(parameters["val_step"], 250);
    EXPECT_EQ(parameters["dur"].get<double>() * parameters["val_factor"].get<double>() *
                  reference[name]["t_ref"].get<double>(),
              5e6);
    EXPECT_EQ(parameters["init_noise"], 1.0);
    EXPECT_EQ(parameters["lr"]["weight"], 0.01);
  }
}

TEST(PublishedTrainings, ShowTheEffectOfSal) {
  const Json reference = read_reference();
  for (const std::string rate : {"0.01", "0.05"})
    expect_effect_of_sal(training_of(reference["syn_nosal_lr" + rate]),
                         training_of(reference["syn_sal_lr" + rate]));
}

// The rows of one SAL learning rate.
Training training_of(const runtime::ReplicaOutcome& outcome, double rate) {
  const auto number = [](const runtime::Value& value) {
    return value.as<runtime::Tensor>()->scalar();
  };
  Training training;
  for (const auto& row : outcome.results.tables.at(0).rows) {
    if (number(row.at(0)) != rate) continue;
    training.divergences.push_back(number(row.at(2)));
    training.asymmetries.push_back(number(row.at(3)));
  }
  return training;
}

class SamplingExample : public testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Seeds, SamplingExample, testing::Values(0, 1, 2, 3, 4));

TEST_P(SamplingExample, ShowsTheEffectOfSal) {
  Bound bound({BOUTON_SOURCE_DIR "/examples/02_sampling_sal/main.bouton", {}});
  ASSERT_EQ(bound.networks.size(), 1U) << bound.messages();
  elaborate::Network& network = bound.networks.front();
  network.seed = GetParam();
  const auto plan = plan_of(bound.session, network);
  ASSERT_TRUE(plan) << bound.messages();
  const auto outcomes = compiled_outcomes(bound, network, *plan, {1, 8, 3});
  ASSERT_EQ(outcomes.size(), 1U) << bound.messages();
  ASSERT_FALSE(outcomes.front().problem) << outcomes.front().problem->message;
  const auto& names = outcomes.front().results.tables.at(0).names;
  ASSERT_EQ(names, (std::vector<std::string>{"lr_sal", "epoch", "kl", "asymmetry"}));
  expect_effect_of_sal(training_of(outcomes.front(), 0), training_of(outcomes.front(), 0.01));
}

}  // namespace
}  // namespace bouton::driver
