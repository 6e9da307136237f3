// The bias of exact neural samplers that are updated all at once (examples/02_sampling_sal): the
// sampled distribution against the exact law of the synchronous chain, and how far that is from
// the Boltzmann distribution. Sizes, the seed (0) and bounds were fixed beforehand.
#include "tests/support/sal/chunks.h"
#include "tests/support/sal/program.h"
#include "tests/support/sal/reference.h"
#include "tests/support/sal/synchronous_chain.h"

namespace bouton::numeric {
namespace {

using nlohmann::json;
using runtime::Tensor;

constexpr double kBound = 5;  // standard errors

struct Case {
  std::string name;
  std::string weights;
  std::string biases;
  int tau;

  BoltzmannMachine machine() const {
    return {tensor_of(json::parse(weights)), json::parse(biases).get<std::vector<double>>()};
  }
};
void PrintTo(const Case& which, std::ostream* out) { *out << which.name << which.tau; }

const std::string kAttracted = "[[0, 1.5], [1.5, 0]]";
const std::string kRepelled = "[[0, -1.5], [-1.5, 0]]";
const std::string kThree = "[[0, 0.701, -0.872], [0.701, 0, -0.183], [-0.872, -0.183, 0]]";

Case attracted(int tau) { return {"Attracted", kAttracted, "[-0.5, -0.2]", tau}; }
Case repelled(int tau) { return {"Repelled", kRepelled, "[0.5, 0.2]", tau}; }
Case three(int tau) { return {"Three", kThree, "[-0.859, 0.172, 0.593]", tau}; }

Estimate sampled_distribution(const Case& which) {
  const auto results =
      run_program({BOUTON_SOURCE_DIR "/examples/02_sampling_sal/bias.bouton",
                   "SynchronousBias",
                   {"tau_ref=" + std::to_string(which.tau) + " ms", "weights=" + which.weights,
                    "biases=" + which.biases, "chunks=40", "windows=10000"},
                   BOUTON_SOURCE_DIR},
                  compiled_only())
          .results;
  Estimate result = estimate(chunks_of(results, "deviations"));
  const std::vector<double> target = boltzmann_distribution(which.machine());
  for (std::size_t i = 0; i < target.size(); ++i) result.mean[i] += target[i];
  return result;
}

Estimate exactly(const std::vector<double>& distribution) {
  return {Tensor::vector(distribution), Tensor(runtime::Shape{distribution.size()})};
}

class SynchronousBias : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(, SynchronousBias,
                         testing::Values(attracted(2), attracted(5), attracted(10), attracted(20),
                                         attracted(50), repelled(5), repelled(20), three(5),
                                         three(10), three(20)),
                         [](const auto& instance) {
                           return instance.param.name + std::to_string(instance.param.tau);
                         });

TEST_P(SynchronousBias, TheSampledDistributionIsThatOfTheSynchronousChain) {
  const Case& which = GetParam();
  const Estimate sampled = sampled_distribution(which);
  EXPECT_LE(
      largest_deviation(sampled, exactly(synchronous_distribution(which.machine(), which.tau))),
      kBound);
  if (which.tau <= 10) {  // where the bias is large against the errors
    EXPECT_GT(largest_deviation(sampled, exactly(boltzmann_distribution(which.machine()))), kBound);
  }
}

double bias_of(const Case& which) {
  const BoltzmannMachine machine = which.machine();
  return total_variation(synchronous_distribution(machine, which.tau),
                         boltzmann_distribution(machine));
}

TEST(SynchronousBiasTrend, TwiceTheRefractoryPeriodHalvesTheBias) {
  for (const auto& machine : {attracted, repelled, three}) {
    EXPECT_NEAR(bias_of(machine(5)) / bias_of(machine(10)), 2, 0.4);
    EXPECT_NEAR(bias_of(machine(10)) / bias_of(machine(20)), 2, 0.3);
  }
  for (const auto& machine : {attracted, repelled})
    EXPECT_NEAR(bias_of(machine(40)) / bias_of(machine(80)), 2, 0.1);
}

TEST(SynchronousBiasTrend, NeuronsThatDoNotInteractHaveNone) {
  EXPECT_LT(bias_of({"Alone", "[[0, 0], [0, 0]]", "[-0.5, 0.7]", 10}), 1e-10);
}

}  // namespace
}  // namespace bouton::numeric
