// The laws of the draws. Bounds are five standard deviations of the statistic (a false alarm in 1.7
// million), fixed before the seeds were tried.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "runtime/random/draws.h"
#include "runtime/random/hazard.h"
#include "runtime/random/stream.h"
#include "runtime/random/truncated_normal.h"
#include "runtime/random/uniform.h"

namespace bouton::runtime::random::tests {
namespace {

constexpr std::uint64_t kCount = 1'000'000;
constexpr double kSigmas = 5;

struct Moments {
  double mean = 0;
  double variance = 0;  // about the mean of the law
  double third = 0;     // standardised, about the mean of the law
  double fourth = 0;
};

template <class Draw>
Moments moments_of(double mean, double deviation, Draw draw) {
  double sums[5] = {};
  for (std::uint64_t i = 0; i < kCount; ++i) {
    const double z = (draw(i) - mean) / deviation;
    sums[1] += z;
    sums[2] += z * z;
    sums[3] += z * z * z;
    sums[4] += z * z * z * z;
  }
  const auto count = static_cast<double>(kCount);
  return {sums[1] / count, sums[2] / count, sums[3] / count, sums[4] / count};
}

double bound(double variance_of_statistic) {
  return kSigmas * std::sqrt(variance_of_statistic / static_cast<double>(kCount));
}

// Standardised moments of the uniform law: 1, 0, 9/5, and E z^6 = 27/7, E z^8 = 9.
void expect_uniform(const Moments& moments) {
  EXPECT_NEAR(moments.mean, 0, bound(1));
  EXPECT_NEAR(moments.variance, 1, bound(1.8 - 1));
  EXPECT_NEAR(moments.third, 0, bound(27.0 / 7));
  EXPECT_NEAR(moments.fourth, 1.8, bound(9 - 1.8 * 1.8));
}

TEST(Uniform, SpikeUniformsHaveTheMomentsOfTheLawOverElementsAndOverSteps) {
  const std::uint64_t stream = stream_of("z.spike", DrawKind::SpikeProbability).bits;
  const double deviation = std::sqrt(1.0 / 12);
  expect_uniform(moments_of(0.5, deviation, [&](std::uint64_t i) {
    return spike_uniform(draw_word<std::uint64_t>(1, stream, i, 0));
  }));
  expect_uniform(moments_of(0.5, deviation, [&](std::uint64_t i) {
    return spike_uniform(draw_word<std::uint64_t>(1, stream, 3, i));
  }));
}

TEST(Uniform, ArrayUniformsHaveTheMomentsOfTheLaw) {
  const std::uint64_t stream = stream_of("w", DrawKind::Uniform).bits;
  expect_uniform(moments_of(0.5, std::sqrt(1.0 / 12), [&](std::uint64_t i) {
    return uniform53(draw_two_words<std::uint64_t>(2, stream, i, 0));
  }));
}

TEST(Uniform, IsNeverZeroAndNeverOne) {
  const std::uint64_t all = ~std::uint64_t{0};
  EXPECT_EQ(uniform53(std::uint64_t{0}), 0x1p-53);
  EXPECT_EQ(uniform53(all), 1 - 0x1p-53);
  EXPECT_EQ(spike_uniform(std::uint64_t{0}), 0x1p-33);
  EXPECT_EQ(spike_uniform(std::uint64_t{0xffffffff}), 1 - 0x1p-33);
}

TEST(Uniform, SpikeUniformIsTheMiddleOfItsInterval) {
  for (std::uint64_t m : {std::uint64_t{1}, std::uint64_t{12345}, std::uint64_t{0x80000000}}) {
    EXPECT_EQ(spike_uniform(m), (static_cast<double>(m) + 0.5) / 4294967296.0);
  }
}

TEST(Normal, HasTheMomentsOfTheLaw) {
  const std::uint64_t stream = stream_of("xi", DrawKind::Noise).bits;
  const Moments moments = moments_of(0, 1, [&](std::uint64_t i) {
    return standard_normal(draw_two_words<std::uint64_t>(3, stream, i % 1000, i / 1000));
  });
  EXPECT_NEAR(moments.mean, 0, bound(1));
  EXPECT_NEAR(moments.variance, 1, bound(2));
  EXPECT_NEAR(moments.third, 0, bound(15));
  EXPECT_NEAR(moments.fourth, 3, bound(105 - 9));
}

TEST(Normal, NeighbouringElementsAndStepsAreUncorrelated) {
  const std::uint64_t stream = stream_of("xi", DrawKind::Noise).bits;
  const auto normal = [&](std::uint64_t element, std::uint64_t step) {
    return standard_normal(draw_two_words<std::uint64_t>(4, stream, element, step));
  };
  double over_elements = 0;
  double over_steps = 0;
  for (std::uint64_t i = 0; i < kCount; ++i) {
    over_elements += normal(2 * i, 7) * normal(2 * i + 1, 7);
    over_steps += normal(5, 2 * i) * normal(5, 2 * i + 1);
  }
  EXPECT_NEAR(over_elements / static_cast<double>(kCount), 0, bound(1));
  EXPECT_NEAR(over_steps / static_cast<double>(kCount), 0, bound(1));
}

// Truncation of a standard normal at b = 1: variance 1 - 2 b phi(b) / (2 Phi(b) - 1), fourth moment
// 3 variance - 2 b^3 phi(b) / (2 Phi(b) - 1).
TEST(TruncatedNormal, HasTheMomentsOfTheLawAndStaysInside) {
  const double ratio = 2 * 0.24197072451914337 / 0.6826894921370859;
  const double variance = 1 - ratio;
  const double fourth = 3 * variance - ratio;
  const StreamId stream = stream_of("w", DrawKind::TruncatedNormal);
  const Moments moments = moments_of(10, 0.5, [&](std::uint64_t i) {
    const double x = truncated_normal({10, 0.5, 0.5}, {5, stream, i, 0}).value();
    EXPECT_LE(std::abs(x - 10), 0.5);
    return x;
  });
  EXPECT_NEAR(moments.mean, 0, bound(variance));
  EXPECT_NEAR(moments.variance, variance, bound(fourth - variance * variance));
}

TEST(TruncatedNormal, OfNoDeviationIsTheMean) {
  EXPECT_EQ(truncated_normal({3, 0, 0.1}, {0, {1}, 0, 0}), 3.0);
}

TEST(TruncatedNormal, GivesUpWhenTheBoundIsHopeless) {
  EXPECT_EQ(truncated_normal({0, 1, 1e-30}, {0, {1}, 0, 0}), std::nullopt);
}

TEST(TruncatedNormal, KeepsDeviatesThatFitAndRedrawsOnlyTheOthers) {
  const DrawPosition position{5, stream_of("w", DrawKind::TruncatedNormal), 0, 0};
  for (std::uint64_t element = 0; element < 1000; ++element) {
    DrawPosition here = position;
    here.element = element;
    const double plain =
        standard_normal(draw_two_words(here.seed, here.stream.bits, element, here.ordinal));
    const double bounded = truncated_normal({0, 1, 1.5}, here).value();
    EXPECT_EQ(bounded == plain, std::abs(plain) <= 1.5);
  }
}

constexpr std::int64_t kUnits = std::int64_t{1} << 40;

TEST(HazardThreshold, IsTheNegativeLogarithmInUnitsOfTwoToMinus40) {
  EXPECT_EQ(hazard_threshold(std::exp(-1.0)), kUnits);
  EXPECT_EQ(hazard_threshold(0.5), std::llround(std::log(2.0) * 0x1p40));
}

TEST(HazardThreshold, IsAtLeastOneUnitAndAtMostSixtyFour) {
  EXPECT_EQ(hazard_threshold(1.0), 1);
  EXPECT_EQ(hazard_threshold(1 - 0x1p-53), 1);
  EXPECT_EQ(hazard_threshold(0.0), 64 * kUnits);
  EXPECT_GT(hazard_threshold_of_word(std::uint64_t{0xffffffff}), 1);
  EXPECT_LT(hazard_threshold_of_word(std::uint64_t{0}), 23 * kUnits);
}

// Standardised moments of the exponential law about its mean: 1, 2, 9, and E z^6 = 265, E z^8 =
// 14833.
TEST(HazardThreshold, IsExponentiallyDistributed) {
  const std::uint64_t stream = stream_of("z.spike", DrawKind::SpikeRate).bits;
  const Moments moments = moments_of(1, 1, [&](std::uint64_t n) {
    return math::real_of_integer(
               hazard_threshold_of_word(draw_word<std::uint64_t>(6, stream, 0, n))) *
           0x1p-40;
  });
  EXPECT_NEAR(moments.mean, 0, bound(1));
  EXPECT_NEAR(moments.variance, 1, bound(9 - 1));
  EXPECT_NEAR(moments.third, 2, bound(265 - 4));
  EXPECT_NEAR(moments.fourth, 9, bound(14833 - 81));
}

// A clock that gains g per step spikes in a step with probability 1 - exp(-g): stepping is exact.
TEST(HazardClock, SpikesPerStepWithTheProbabilityOfTheLaw) {
  const std::uint64_t stream = stream_of("z.spike", DrawKind::SpikeRate).bits;
  const double gain_per_step = 0.3;
  const std::int64_t gain = math::to_fixed40(gain_per_step);
  std::uint64_t ordinal = 0;
  std::int64_t clock = 0;
  for (std::uint64_t step = 0; step < kCount; ++step) {
    clock += gain;
    if (clock < hazard_threshold_of_word(draw_word<std::uint64_t>(8, stream, 0, ordinal))) continue;
    clock = 0;
    ++ordinal;
  }
  const double p = -std::expm1(-gain_per_step);
  EXPECT_NEAR(static_cast<double>(ordinal) / static_cast<double>(kCount), p, bound(p * (1 - p)));
}

}  // namespace
}  // namespace bouton::runtime::random::tests
