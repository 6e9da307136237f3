// The limits of spike tests: how far they are off, and that a test by its limit is the test itself.
#include "runtime/random/spike_limit.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "runtime/math/math.h"

namespace bouton::runtime::random::tests {
namespace {

constexpr std::uint64_t kMost = 0xffffffff;

// Words near both ends of the range and near 1/2, and others.
std::vector<std::uint64_t> words() {
  std::vector<std::uint64_t> all;
  for (std::uint64_t i = 0; i < 5000; ++i)
    for (const std::uint64_t word : {i, kMost - i, (kMost >> 1) - i, (kMost >> 1) + 1 + i})
      all.push_back(word);
  for (int bit = 0; bit < 32; ++bit)
    for (const std::uint64_t word : {std::uint64_t{1} << bit, kMost >> bit}) all.push_back(word);
  std::mt19937_64 generator(11);
  for (int i = 0; i < 1'000'000; ++i) all.push_back(generator() >> 32);
  return all;
}

double exact_limit(std::uint64_t word) {
  const auto odds = 2 * static_cast<long double>(word) + 1;
  return static_cast<double>(std::log(odds) - std::log(0x1p33L - odds));
}

TEST(SpikeLimit, IsOffByLessThanHalfOfTheMargin) {
  double worst = 0;
  for (const std::uint64_t word : words())
    worst = std::max(worst, std::abs(spike_limit(word) - exact_limit(word)));
  EXPECT_LE(worst, kSpikeMargin / 2);
}

// What generated code relies on.
TEST(SpikeLimit, DecidesAsTheFunctionDoesOutsideOfTheMargin) {
  std::mt19937_64 generator(12);
  std::uniform_real_distribution<double> beyond(1, 4);
  std::uniform_real_distribution<double> anywhere(-40, 40);
  for (const std::uint64_t word : words()) {
    const double limit = spike_limit(word);
    for (const double distance :
         {std::nextafter(kSpikeMargin, 1), beyond(generator) * kSpikeMargin, 0.1, 30.0, 800.0}) {
      EXPECT_LT(spike_uniform(word), math::logistic(limit + distance)) << word;
      EXPECT_GE(spike_uniform(word), math::logistic(limit - distance)) << word;
    }
    const double a = anywhere(generator);
    if (std::abs(a - limit) > kSpikeMargin) {
      EXPECT_EQ(spike_uniform(word) < math::logistic(a), a > limit) << word << " " << a;
    }
  }
}

TEST(SpikeLimit, InfiniteArgumentsAreBeyondAllLimits) {
  for (const std::uint64_t word : {std::uint64_t{0}, kMost}) {
    const double infinity = std::numeric_limits<double>::infinity();
    EXPECT_LT(std::abs(spike_limit(word)), 23);
    EXPECT_LT(spike_uniform(word), math::logistic(infinity));
    EXPECT_GE(spike_uniform(word), math::logistic(-infinity));
  }
}

TEST(SpikeLimit, IsTheSameInVectors) {
  using Lanes = math::Vector<std::uint64_t, 16>;
  for (std::uint64_t first = 7; first < kMost - 15; first += 0x3fffff1) {
    Lanes lanes;
    for (std::uint64_t i = 0; i < 16; ++i) lanes[i] = first + i;
    const auto limits = spike_limit(lanes);
    for (std::uint64_t i = 0; i < 16; ++i) EXPECT_EQ(limits[i], spike_limit(first + i));
  }
}

}  // namespace
}  // namespace bouton::runtime::random::tests
