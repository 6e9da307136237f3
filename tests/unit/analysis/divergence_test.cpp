#include "runtime/analysis/divergence.h"

#include <gtest/gtest.h>

#include <limits>

#include "runtime/analysis/states.h"

namespace bouton::runtime {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Divergence, OfADistributionFromItselfIsZero) {
  EXPECT_EQ(*divergence(Tensor::vector({0.25, 0.75}), Tensor::vector({0.25, 0.75})), 0.0);
}

TEST(Divergence, OfAFairCoinFromABiasedOne) {
  // 1/2 ln(1/2 / 1/4) + 1/2 ln(1/2 / 3/4) = ln(4/3)/2
  EXPECT_NEAR(*divergence(Tensor::vector({0.5, 0.5}), Tensor::vector({0.25, 0.75})),
              0.14384103622589045, 1e-15);
}

TEST(Divergence, IsInfiniteWhereAPossibleStateWasNotSeen) {
  EXPECT_EQ(*divergence(Tensor::vector({0.5, 0.5}), Tensor::vector({1, 0})), kInfinity);
  EXPECT_NEAR(*divergence(Tensor::vector({1, 0}), Tensor::vector({0.5, 0.5})), 0.6931471805599453,
              1e-15);
}

TEST(Divergence, TakesCountsOfStates) {
  EXPECT_EQ(*divergence(Tensor::vector({0.25, 0.75}), Tensor::vector({100, 300})), 0.0);
}

TEST(Divergence, RefusesWhatIsNoDistribution) {
  EXPECT_EQ(divergence(Tensor::vector({0.5, 0.5}), Tensor::vector({0.5, 0.2})).error().message,
            "its sum is 0.7: it is neither a distribution nor counts");
  EXPECT_EQ(divergence(Tensor::vector({1.5, -0.5}), Tensor::vector({0.5, 0.5})).error().argument,
            0);
  EXPECT_EQ(divergence(Tensor::vector({0.5, 0.5}), Tensor::vector({0, 0})).error().message,
            "it counts nothing, so it has no distribution");
  EXPECT_FALSE(divergence(Tensor::vector({0.5, 0.5}), Tensor::vector({0.5, 0.25, 0.25})).ok());
}

TEST(States, TheFirstNeuronIsTheMostSignificantBit) {
  const bool active[] = {true, false, true};
  EXPECT_EQ(state_number(active), 5U);
  EXPECT_EQ(state_bit(0, 3), 4U);
}

TEST(States, VisitsAreCounted) {
  StateHistogram histogram(2);
  histogram.add(3);
  histogram.add(0, 3);
  EXPECT_EQ(counts_of(histogram), Tensor::vector({3, 0, 0, 1}));
  EXPECT_EQ(*distribution_of(counts_of(histogram)), Tensor::vector({0.75, 0, 0, 0.25}));
}

}  // namespace
}  // namespace bouton::runtime
