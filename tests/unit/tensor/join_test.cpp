#include "runtime/tensor/join.h"

#include <gtest/gtest.h>

#include <vector>

namespace bouton::runtime {
namespace {

TEST(Join, EqualRowsBecomeAMatrix) {
  const std::vector<Value> rows{Tensor::vector({1, 2}), Tensor::vector({3, 4})};
  EXPECT_EQ(*build_array(rows), Value(Tensor(Shape{2, 2}, {1, 2, 3, 4})));
}

TEST(Join, TextsAndUnequalRowsBecomeAList) {
  const std::vector<Value> texts{Value("sal"), Value("bp")};
  EXPECT_NE(build_array(texts)->as<List>(), nullptr);
  const std::vector<Value> ragged{Tensor::vector({1, 2}), Tensor::vector({3})};
  EXPECT_NE(build_array(ragged)->as<List>(), nullptr);
}

TEST(Join, AFifthAxisMakesAList) {
  const std::vector<Value> items{Tensor(Shape{1, 1, 1, 1})};
  EXPECT_NE(build_array(items)->as<List>(), nullptr);
}

TEST(Join, AppendingStartsFromTheEmptyArray) {
  const Value one = *append(*build_array({}), Value(3.0));
  EXPECT_EQ(one, Value(Tensor::vector({3})));
  EXPECT_EQ(*append(one, Value(4.0)), Value(Tensor::vector({3, 4})));
}

TEST(Join, AppendingAVectorToAVectorIsRefused) {
  const Result<Value> result = append(Value(Tensor::vector({1, 2})), Value(Tensor::vector({3, 4})));
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().message,
            "an array of shape [2] cannot be appended to an array of shape [2]");
  EXPECT_EQ(result.error().argument, 1);
}

TEST(Join, ConcatenationKeepsTheOtherAxes) {
  const Value left(Tensor(Shape{1, 2}, {1, 2}));
  const Value right(Tensor(Shape{2, 2}, {3, 4, 5, 6}));
  EXPECT_EQ(*concat(left, right), Value(Tensor(Shape{3, 2}, {1, 2, 3, 4, 5, 6})));
  EXPECT_FALSE(concat(left, Value(Tensor::vector({1, 2}))).ok());
  EXPECT_EQ(*concat(Value(Tensor::vector({})), left), left);
}

TEST(Join, ZippingPairsRowsWithNumbers) {
  const std::vector<Value> operands{Tensor(Shape{2, 2}, {1, 2, 3, 4}), Tensor::vector({7, 8})};
  const Value pairs = *zip(operands);
  const Value expected(List{{Value(List{{Tensor::vector({1, 2}), Tensor(7.0)}}),
                             Value(List{{Tensor::vector({3, 4}), Tensor(8.0)}})}});
  EXPECT_EQ(pairs, expected);
}

TEST(Join, ZippingUnequalLengthsNamesTheArgument) {
  const std::vector<Value> operands{Tensor::vector({1, 2}), Tensor::vector({7})};
  EXPECT_EQ(zip(operands).error().argument, 1);
  EXPECT_EQ(zip(operands).error().message, "it has 1 elements, the first argument 2");
}

TEST(Values, DescribeThemselvesForMessages) {
  EXPECT_EQ(describe(Value(1.0)), "a number");
  EXPECT_EQ(describe(Value(Tensor(Shape{3, 4}))), "an array of shape [3, 4]");
  EXPECT_EQ(describe(Value("sal")), "a text");
  EXPECT_EQ(describe(Value(SpikeList{{1}, {0}})), "a list of 1 spikes");
}

TEST(Shapes, TooManyAxesOrElementsAreRefused) {
  const std::vector<std::size_t> five{1, 1, 1, 1, 1};
  EXPECT_EQ(make_shape(five).error().message, "5 axes: arrays have at most 4");
  const std::vector<std::size_t> huge{1000000, 1000000, 0};
  EXPECT_FALSE(make_shape(huge).ok());
  const std::vector<std::size_t> matrix{3, 4};
  EXPECT_EQ(make_shape(matrix)->elements(), 12U);
}

}  // namespace
}  // namespace bouton::runtime
