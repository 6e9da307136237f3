#include "runtime/analysis/boltzmann.h"

#include <gmock/gmock.h>

#include <limits>
#include <string>

#include "runtime/analysis/divergence.h"
#include "runtime/analysis/states.h"
#include "runtime/files/load.h"

namespace bouton::runtime {
namespace {

TEST(BoltzmannDistribution, OfOneNeuronIsTheLogisticOfItsBias) {
  const Boltzmann one = *boltzmann(Tensor(Shape{1, 1}), Tensor::vector({1.0}));
  EXPECT_NEAR(one.probabilities[1], 0.7310585786300049, 1e-15);  // 1/(1 + 1/e)
  EXPECT_NEAR(one.marginals[0], 0.7310585786300049, 1e-15);
}

TEST(BoltzmannDistribution, OfTwoNeuronsHasTheFirstAsTheMostSignificantBit) {
  // Weights ln 2 both ways and the bias ln 3 of neuron 0: exponents 0, 0, ln 3, ln 3 + ln 2, so p =
  // 1, 1, 3, 6 of 11.
  constexpr double kLn2 = 0.6931471805599453;
  constexpr double kLn3 = 1.0986122886681098;
  const Boltzmann two =
      *boltzmann(Tensor(Shape{2, 2}, {0, kLn2, kLn2, 0}), Tensor::vector({kLn3, 0}));
  const double expected[] = {1.0 / 11, 1.0 / 11, 3.0 / 11, 6.0 / 11};
  for (std::size_t state = 0; state < 4; ++state)
    EXPECT_NEAR(two.probabilities[state], expected[state], 1e-15);
  EXPECT_NEAR(two.marginals[0], 9.0 / 11, 1e-15);
  EXPECT_NEAR(two.marginals[1], 7.0 / 11, 1e-15);
  EXPECT_NEAR(two.coactivation.at(0, 1), 6.0 / 11, 1e-15);
  EXPECT_EQ(two.coactivation.at(1, 0), two.coactivation.at(0, 1));
  EXPECT_EQ(two.coactivation.at(1, 1), two.marginals[1]);
}

TEST(BoltzmannDistribution, OnlyTheSymmetricPartAndHalfTheDiagonalCount) {
  const Boltzmann skewed = *boltzmann(Tensor(Shape{2, 2}, {2, 1, 0, 0}), Tensor::vector({0, 0}));
  const Boltzmann plain = *boltzmann(Tensor(Shape{2, 2}, {0, 0.5, 0.5, 0}), Tensor::vector({1, 0}));
  EXPECT_EQ(skewed.probabilities, plain.probabilities);
}

TEST(BoltzmannDistribution, HugeWeightsDoNotOverflow) {
  const Boltzmann sure =
      *boltzmann(Tensor(Shape{2, 2}, {0, 5000, 5000, 0}), Tensor::vector({0, 0}));
  EXPECT_EQ(sure.probabilities[3], 1.0);
  EXPECT_EQ(sure.probabilities[0], 0.0);
}

TEST(BoltzmannDistribution, ShapesThatDoNotFitAreRefused) {
  EXPECT_EQ(boltzmann(Tensor(Shape{2, 3}), Tensor(Shape{2})).error().argument, 0);
  EXPECT_EQ(boltzmann(Tensor(Shape{2, 2}), Tensor(Shape{3})).error().argument, 1);
  EXPECT_FALSE(
      boltzmann(Tensor(Shape{1, 1}), Tensor::vector({std::numeric_limits<double>::quiet_NaN()}))
          .ok());
}

TEST(BoltzmannDistribution, TooManyNeuronsAreRefusedWithTheMemoryTheyNeed) {
  const Result<Boltzmann> large = boltzmann(Tensor(Shape{30, 30}), Tensor(Shape{30}));
  EXPECT_EQ(large.error().message,
            "30 neurons have 2^30 states, which need 8 GiB: at most 24 neurons are enumerated");
}

class PublishedTraining : public testing::TestWithParam<const char*> {
 protected:
  static Tensor read(const std::string& name) {
    const std::string file =
        std::string(BOUTON_SOURCE_DIR) + "/tests/reference/sal/a_states_trainiter.json";
    const Result<Value> value =
        load(file, {.at = std::string(GetParam()) + "/" + name, .columns = {}, .shape = {}});
    return value ? *value->as<Tensor>() : Tensor(std::numeric_limits<double>::quiet_NaN());
  }
  static void expect_near(const Tensor& actual, const Tensor& expected) {
    ASSERT_EQ(actual.shape(), expected.shape());
    for (std::size_t i = 0; i < actual.size(); ++i) EXPECT_NEAR(actual[i], expected[i], 1e-12) << i;
  }
};

TEST_P(PublishedTraining, HasTheSameTargetDistributionAndCoactivation) {
  const Boltzmann target = *boltzmann(read("train_iter/w_target"), read("train_iter/b_target"));
  expect_near(target.probabilities, read("train_iter/target_distr"));
  expect_near(target.coactivation, read("train_iter/target_coact_with_marginals_on_diagonal"));
}

TEST_P(PublishedTraining, HasTheSameSampledDistributionAndDivergence) {
  StateHistogram histogram(5);
  const Tensor states = read("state_ids");
  for (const double state : states.data()) histogram.add(static_cast<std::uint64_t>(state));
  const Tensor counts = counts_of(histogram);
  expect_near(*distribution_of(counts), read("sampled_distr"));
  const double expected = read("train_iter/dkl_target_sampled").scalar();
  const double actual = *divergence(read("train_iter/target_distr"), counts);
  if (expected == std::numeric_limits<double>::infinity()) {
    EXPECT_EQ(actual, expected);
  } else {
    EXPECT_NEAR(actual, expected, 1e-12);
  }
}

INSTANTIATE_TEST_SUITE_P(Trains, PublishedTraining, testing::Values("T1", "T2", "T3"));

}  // namespace
}  // namespace bouton::runtime
