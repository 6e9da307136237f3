// Sums in 64-bit fixed point: independent of order, exact when terms are taken away, and honest
// about their limits.
#include "runtime/sum/fixed_sum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace bouton::runtime::sum::tests {
namespace {

std::vector<double> random_terms() {
  std::mt19937_64 generator(1);
  std::normal_distribution<double> normal(0, 3);
  std::vector<double> terms(1000);
  for (double& term : terms) term = normal(generator);
  return terms;
}

double total_of(const std::vector<double>& terms) {
  FixedSum<double> sum;
  for (const double term : terms) sum.add(term);
  return sum.total();
}

TEST(FixedSum, DoesNotDependOnTheOrder) {
  std::vector<double> terms = random_terms();
  const double expected = total_of(terms);
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::shuffle(terms.begin(), terms.end(), std::mt19937(seed));
    EXPECT_EQ(total_of(terms), expected);
  }
}

TEST(FixedSum, OfTermsTakenAwayIsAsIfTheyHadNeverBeenAdded) {
  FixedSum<double> sum;
  sum.add(0.1);
  const double before = sum.total();
  for (const double term : random_terms()) sum.add(term);
  for (const double term : random_terms()) sum.subtract(term);
  EXPECT_EQ(sum.total(), before);
}

TEST(FixedSum, LiesWithinHalfAUnitPerTermOfTheExactSum) {
  long double exact = 0;
  for (const double term : random_terms()) exact += term;
  EXPECT_NEAR(total_of(random_terms()), static_cast<double>(exact), 1000 * 0x1p-45 + 1e-12);
}

TEST(FixedSum, TellsThatATermIsBeyondItsRange) {
  for (const double term : {0x1p19, -0x1p20, 1e300, std::nan("")}) {
    FixedSum<double> sum;
    sum.add(1);
    EXPECT_FALSE(sum.has_overflowed());
    sum.add(term);
    EXPECT_TRUE(sum.has_overflowed()) << term;
  }
}

TEST(FixedSum, TellsThatTheSumIsBeyondItsRangeUntilItHasComeBack) {
  for (const double sign : {1.0, -1.0}) {
    FixedSum<double> sum;
    for (int i = 0; i < 8; ++i) sum.add(sign * 0x1p18);
    EXPECT_TRUE(sum.has_overflowed());
    for (int i = 0; i < 6; ++i) sum.subtract(sign * 0x1p18);
    EXPECT_TRUE(sum.has_overflowed() == (sign > 0)) << "-2^19 is in the range, 2^19 is not";
    sum.subtract(sign * 0x1p18);
    EXPECT_FALSE(sum.has_overflowed());
    EXPECT_EQ(sum.total(), sign * 0x1p18);
  }
}

TEST(FixedSum, KeepsItsLanesApart) {
  using Lanes = math::Vector<double, 4>;
  FixedSum<Lanes> sum;
  sum.add(Lanes{1, 2, 0x1p19, 4});
  sum.subtract(Lanes{0.5, 0, 0, 4});
  const Lanes total = sum.total();
  const auto overflowed = sum.has_overflowed();
  EXPECT_EQ(total[0], 0.5);
  EXPECT_EQ(total[1], 2);
  EXPECT_EQ(total[3], 0);
  EXPECT_FALSE(overflowed[0] || overflowed[1] || overflowed[3]);
  EXPECT_TRUE(overflowed[2]);
}

}  // namespace
}  // namespace bouton::runtime::sum::tests
