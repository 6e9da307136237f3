// The reduction against its definition written out, in every storage.
#include "runtime/sum/eight_sums.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace bouton::runtime::sum::tests {
namespace {

template <class Real>
class EightSumsOf : public testing::Test {
 protected:
  static std::vector<Real> random_values(std::size_t count, unsigned seed) {
    std::mt19937 generator(seed);
    std::uniform_real_distribution<double> uniform(-1, 1);
    std::vector<Real> values(count);
    for (Real& value : values)
      value = static_cast<Real>(uniform(generator) * std::pow(10, uniform(generator) * 8));
    return values;
  }

  // SEMANTICS of sums, word for word.
  static Real by_definition(const std::vector<Real>& terms) {
    Real partial[8] = {};
    for (std::size_t residue = 0; residue < 8; ++residue) {
      for (std::size_t i = residue; i < terms.size(); i += 8)
        partial[residue] = partial[residue] + terms[i];
    }
    const Real even = (partial[0] + partial[4]) + (partial[2] + partial[6]);
    const Real odd = (partial[1] + partial[5]) + (partial[3] + partial[7]);
    return even + odd;
  }
};
using Reals = testing::Types<float, double>;
TYPED_TEST_SUITE(EightSumsOf, Reals);

constexpr std::size_t kCounts[] = {0, 1, 7, 8, 9, 15, 16, 17, 63, 1000};

TYPED_TEST(EightSumsOf, ARangeFollowsTheDefinition) {
  for (const std::size_t count : kCounts) {
    const auto values = this->random_values(count, 1);
    EXPECT_EQ(total<TypeParam>({values.data(), count, 1}), this->by_definition(values)) << count;
  }
}

TYPED_TEST(EightSumsOf, AStridedRangeIsTheSameAsAContiguousOne) {
  for (const std::size_t count : kCounts) {
    const auto values = this->random_values(count, 2);
    std::vector<TypeParam> spread(3 * count, TypeParam(99));
    for (std::size_t i = 0; i < count; ++i) spread[3 * i] = values[i];
    EXPECT_EQ(total<TypeParam>({spread.data(), count, 3}), this->by_definition(values)) << count;
  }
}

TYPED_TEST(EightSumsOf, TermByTermIsTheSameAsARange) {
  const auto values = this->random_values(1003, 3);
  EightSums<TypeParam> sums;
  for (std::size_t i = 0; i < values.size(); ++i) sums.add(i, values[i]);
  EXPECT_EQ(sums.total(), this->by_definition(values));
}

TYPED_TEST(EightSumsOf, ZeroTermsMayBeLeftOut) {
  auto values = this->random_values(1003, 4);
  EightSums<TypeParam> sparse;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i % 3 == 0) values[i] = i % 2 == 0 ? TypeParam(0) : TypeParam(-0.0);
    if (values[i] != 0) sparse.add(i, values[i]);
  }
  EXPECT_EQ(sparse.total(), total<TypeParam>({values.data(), values.size(), 1}));
}

TYPED_TEST(EightSumsOf, TheSumOfNegativeZerosIsPositiveZero) {
  const std::vector<TypeParam> zeros(9, TypeParam(-0.0));
  EXPECT_FALSE(std::signbit(total<TypeParam>({zeros.data(), zeros.size(), 1})));
}

TYPED_TEST(EightSumsOf, ADotProductAddsRoundedProducts) {
  for (const std::size_t count : kCounts) {
    const auto weights = this->random_values(count, 5);
    const auto activity = this->random_values(count, 6);
    std::vector<TypeParam> products(count);
    for (std::size_t i = 0; i < count; ++i) {
      const volatile TypeParam product = weights[i] * activity[i];
      products[i] = product;
    }
    EXPECT_EQ(dot<TypeParam>({weights.data(), count, 1}, {activity.data(), count, 1}),
              this->by_definition(products));
  }
}

TYPED_TEST(EightSumsOf, ASilentPresynapticNeuronCountsNothingWhateverItsWeight) {
  using Limits = std::numeric_limits<TypeParam>;
  for (const std::size_t count : {5U, 13U}) {
    std::vector<TypeParam> weights(count, TypeParam(2));
    std::vector<TypeParam> activity(count, TypeParam(1));
    weights[1] = Limits::infinity();
    weights[count - 1] = Limits::quiet_NaN();
    activity[1] = 0;
    activity[count - 1] = TypeParam(-0.0);
    const auto expected = static_cast<TypeParam>(2 * (count - 2));
    EXPECT_EQ(dot<TypeParam>({weights.data(), count, 1}, {activity.data(), count, 1}), expected);
  }
}

TYPED_TEST(EightSumsOf, AColumnOfAMatrixIsReadByItsStride) {
  const std::size_t rows = 11;
  const std::size_t columns = 5;
  const auto matrix = this->random_values(rows * columns, 7);
  const auto activity = this->random_values(rows, 8);
  std::vector<TypeParam> column(rows);
  for (std::size_t i = 0; i < rows; ++i) column[i] = matrix[i * columns + 3];
  EXPECT_EQ(dot<TypeParam>({matrix.data() + 3, rows, columns}, {activity.data(), rows, 1}),
            dot<TypeParam>({column.data(), rows, 1}, {activity.data(), rows, 1}));
}

TEST(EightSumsInLanes, AddEveryLaneLikeAScalar) {
  using Lanes = math::Vector<double, 4>;
  EightSums<Lanes> lanes;
  EightSums<double> scalar;
  std::mt19937 generator(9);
  for (std::size_t i = 0; i < 100; ++i) {
    const double value = static_cast<double>(generator()) * 0x1.3p-30;
    lanes.add(i, Lanes{1, 1, value, 1});
    scalar.add(i, value);
  }
  EXPECT_EQ(lanes.total()[2], scalar.total());
}

}  // namespace
}  // namespace bouton::runtime::sum::tests
