#include "runtime/tensor/elementwise.h"

#include <gtest/gtest.h>

#include <limits>

namespace bouton::runtime {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(Elementwise, EqualShapesCombineElementByElement) {
  const Tensor left(Shape{2, 2}, {1, 2, 3, 4});
  const Tensor right(Shape{2, 2}, {10, 20, 30, 40});
  EXPECT_EQ(*calculate(Arithmetic::Add, left, right), Tensor(Shape{2, 2}, {11, 22, 33, 44}));
  EXPECT_EQ(*calculate(Arithmetic::Divide, right, left), Tensor(Shape{2, 2}, {10, 10, 10, 10}));
}

TEST(Elementwise, AScalarCombinesWithEveryElement) {
  const Tensor vector = Tensor::vector({1, 2, 3});
  EXPECT_EQ(*calculate(Arithmetic::Subtract, Tensor(1.0), vector), Tensor::vector({0, -1, -2}));
  EXPECT_EQ(*calculate(Arithmetic::Multiply, vector, Tensor(2.0)), Tensor::vector({2, 4, 6}));
}

TEST(Elementwise, DifferentShapesAreNotBroadcast) {
  const Result<Tensor> sum = calculate(Arithmetic::Add, Tensor(Shape{2, 3}), Tensor(Shape{3}));
  ASSERT_FALSE(sum.ok());
  EXPECT_EQ(sum.error().message,
            "shapes [2, 3] and [3] differ: elementwise operations need equal shapes or a scalar");
  EXPECT_FALSE(calculate(Arithmetic::Add, Tensor(Shape{1}), Tensor(Shape{3})).ok());
}

TEST(Elementwise, ModuloHasTheSignOfTheDivisor) {
  EXPECT_EQ(calculate_number(Arithmetic::Modulo, 7, 3), 1);
  EXPECT_EQ(calculate_number(Arithmetic::Modulo, -7, 3), 2);
  EXPECT_EQ(calculate_number(Arithmetic::Modulo, 7, -3), -2);
  EXPECT_EQ(calculate_number(Arithmetic::Modulo, 20000, 500), 0);
}

TEST(Elementwise, SmallWholePowersAreExact) {
  EXPECT_EQ(calculate_number(Arithmetic::Power, 3, 2), 9);
  EXPECT_EQ(calculate_number(Arithmetic::Power, -2, 3), -8);
  EXPECT_EQ(calculate_number(Arithmetic::Power, 5, 0), 1);
}

TEST(Elementwise, ClippingMovesIntoTheIntervalAndKeepsNan) {
  const Tensor clipped = clip(Tensor::vector({-3, 0.5, 3, kNan}), -2, 2);
  EXPECT_EQ(clipped[0], -2);
  EXPECT_EQ(clipped[1], 0.5);
  EXPECT_EQ(clipped[2], 2);
  EXPECT_NE(clipped[3], clipped[3]);
}

TEST(Elementwise, ComparisonsGiveOnesAndZeros) {
  EXPECT_EQ(*compare(Comparison::Less, Tensor::vector({1, 2, 3}), Tensor(2.0)),
            Tensor::vector({1, 0, 0}));
  EXPECT_EQ(*compare(Comparison::GreaterEqual, Tensor::vector({1, 2, 3}), Tensor(2.0)),
            Tensor::vector({0, 1, 1}));
  EXPECT_TRUE(all_true(Tensor::vector({1, 1})));
  EXPECT_FALSE(all_true(Tensor::vector({1, 0})));
  EXPECT_TRUE(all_true(Tensor::vector({})));
}

TEST(Elementwise, NotANumberEqualsNothing) {
  EXPECT_FALSE(compare_numbers(Comparison::Equal, kNan, kNan));
  EXPECT_TRUE(compare_numbers(Comparison::NotEqual, kNan, kNan));
}

TEST(Elementwise, TheLargestDifferenceSaysWhereItIs) {
  const Result<Difference> difference =
      largest_difference(Tensor::vector({1, 2, kInfinity}), Tensor::vector({1, 2.5, kInfinity}));
  EXPECT_EQ(difference->size, 0.5);
  EXPECT_EQ(difference->position, 1U);
  EXPECT_EQ(largest_difference(Tensor(kNan), Tensor(0.0))->size, kInfinity);
}

}  // namespace
}  // namespace bouton::runtime
