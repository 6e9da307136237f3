// Arrays, records and random numbers, in functions: the one declaration without a network that may
// hold them.
#include "tests/unit/check/checked_text.h"

namespace bouton::check {
namespace {

std::string in_function(const std::string& expr) {
  return sole_message("function f(n) = " + expr + " + 0 * n");
}

TEST(Arrays, ElementsHaveOneDimension) {
  EXPECT_EQ(in_function("sum([1, 2 mV])"), "mixed-dimensions at '2 mV'");
  EXPECT_EQ(in_function("sum([0, 2 mV])/(1 mV)"), "0 messages:\n");
}

TEST(Arrays, ElementwiseOperatorsNeedEqualRanksOrAScalar) {
  EXPECT_EQ(in_function("sum([1, 2] + [[1, 2]])"), "mixed-ranks at '[[1, 2]]'");
  EXPECT_EQ(in_function("sum([1, 2] + 1)"), "0 messages:\n");
}

TEST(Arrays, IndicesAreCountedAgainstTheRank) {
  EXPECT_EQ(in_function("[1, 2][0, 1]"), "too-many-indices at '[1, 2][0, 1]'");
  EXPECT_EQ(in_function("(1)[0]"), "not-indexable at '(1)[0]'");
  EXPECT_EQ(in_function("sum([1, 2, 3][0 .. 1])"), "0 messages:\n");
  EXPECT_EQ(in_function("[1, 2][1 mV]"), "wrong-type at '1 mV'");
}

TEST(Arrays, MatrixFunctionsNeedMatrices) {
  EXPECT_EQ(in_function("sum(transpose([1, 2]))"), "wrong-type at '[1, 2]'");
  EXPECT_EQ(in_function("variance(upper([[1, 2], [3, 4]]))"), "0 messages:\n");
}

TEST(Arrays, VarianceSquaresTheDimension) {
  EXPECT_EQ(in_function("variance([1 mV, 2 mV])/(1 mV^2)"), "0 messages:\n");
  EXPECT_EQ(in_function("1 + variance([1 mV, 2 mV])/(1 mV)"),
            "mixed-dimensions at 'variance([1 mV, 2 mV])/(1 mV)'");
}

TEST(Arrays, ReductionsOfOneNumberAreRejected) {
  EXPECT_EQ(in_function("max(1)"), "wrong-type at '1'");
  EXPECT_EQ(in_function("max([1, 2])"), "0 messages:\n");
}

TEST(Arrays, ABoltzmannDistributionHasFields) {
  EXPECT_EQ(in_function("sum(boltzmann([[0]], [0]).marginals)"), "0 messages:\n");
  EXPECT_EQ(in_function("sum(boltzmann([[0]], [0]).marginal)"), "unknown-field at 'marginal'");
  EXPECT_EQ(in_function("divergence(boltzmann([[0]], [0]), [0.5, 0.5])"), "0 messages:\n");
  EXPECT_EQ(in_function("sum(boltzmann([0], [0]).marginals)"), "wrong-type at '[0]'");
}

TEST(Arrays, RandomArraysHaveTheDimensionOfTheirParameters) {
  EXPECT_EQ(in_function("sum(uniform(-60 mV, -50 mV, [4, 2], seed = 1))/(1 mV)"), "0 messages:\n");
  EXPECT_EQ(in_function("sum(uniform(-60 mV, 1, [4]))"), "wrong-type at '1'");
  EXPECT_EQ(in_function("sum(uniform(0, 1, [4], sede = 1))"), "unknown-argument at 'sede'");
  EXPECT_EQ(in_function("uniform(0, 1, [4], seed = 1, seed = 2)[0]"),
            "duplicate-argument at 'seed'");
}

TEST(Arrays, ListsAndTextsAreNotNumbers) {
  EXPECT_EQ(in_function("1 + \"a\""), "wrong-type at '\"a\"'");
  EXPECT_EQ(in_function("(if \"a\" == \"b\": 1 else: 2)"), "0 messages:\n");
  EXPECT_EQ(in_function("(if \"a\" == 1: 1 else: 2)"), "mixed-dimensions at '1'");
}

}  // namespace
}  // namespace bouton::check
