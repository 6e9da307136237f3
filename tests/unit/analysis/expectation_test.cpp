// What `expect` says of two values.
#include "runtime/analysis/expectation.h"

#include <gtest/gtest.h>

namespace bouton::runtime {
namespace {

Value vector(std::vector<double> numbers) { return Value(Tensor::vector(std::move(numbers))); }

TEST(Expectation, ANumberIsExpectedOfEveryElement) {
  const auto result = compare_with_expected(vector({1, 2}), Value(1.0), 0);
  EXPECT_FALSE(result.met);
  EXPECT_EQ(result.expected, "1");
  EXPECT_EQ(result.actual, "2 at 1 of 2");
}

TEST(Expectation, ASingleNumberIsComparedWithEveryElement) {
  const auto result = compare_with_expected(Value(1.0), vector({1, 4}), 0);
  EXPECT_EQ(result.expected, "4");
  EXPECT_EQ(result.actual, "1 at 1 of 2");
}

TEST(Expectation, OfNoElementsEverythingHolds) {
  EXPECT_TRUE(compare_with_expected(vector({}), vector({}), 0).met);
  EXPECT_TRUE(compare_with_expected(vector({}), Value(5.0), 0).met);
  EXPECT_FALSE(compare_with_expected(vector({}), vector({1, 2}), 0).met);
}

TEST(Expectation, ComparedNumbersLookDifferent) {
  const auto result = expect_comparison("<=", Value(0.1 + 0.2), Value(0.3), Value(false));
  EXPECT_EQ(result.actual, "0.30000000000000004");
  EXPECT_EQ(result.expected, "<= 0.3");
}

TEST(Expectation, TextsAreShown) {
  const auto result = compare_with_expected(Value(std::string("a")), Value(std::string("b")), 0);
  EXPECT_EQ(result.expected, "\"b\"");
  EXPECT_EQ(result.figures, "\"a\", expected \"b\"");
}

TEST(Expectation, ADifferenceBeyondWhatIsAllowedLooksLikeIt) {
  const auto result = compare_with_expected(vector({2}), vector({2.1}), 0.1);
  EXPECT_FALSE(result.met);
  EXPECT_EQ(result.difference, "0.10000000000000009");
  EXPECT_EQ(result.allowed, "0.1");
}

TEST(Expectation, NumbersThatDifferLookDifferent) {
  const auto result = compare_with_expected(vector({1.0}), vector({1.0 + 0x1p-52}), 0);
  EXPECT_EQ(result.actual, "1");
  EXPECT_EQ(result.expected, "1.0000000000000002");
}

}  // namespace
}  // namespace bouton::runtime
