#include "compiler/check/dimension_solver.h"

#include <gtest/gtest.h>

namespace bouton::check {
namespace {

using units::kNone;
using units::kTime;
using units::kVoltage;

TEST(DimensionSolver, AnOpenVariableTakesTheOtherSide) {
  DimensionSolver solver;
  const DimensionTerm x = solver.fresh();
  EXPECT_FALSE(solver.value(x).has_value());
  EXPECT_TRUE(solver.unify(x, kVoltage));
  EXPECT_EQ(solver.value(x), kVoltage);
}

TEST(DimensionSolver, AFixedVariableRefusesAnotherDimension) {
  DimensionSolver solver;
  const DimensionTerm x = solver.fresh();
  EXPECT_TRUE(solver.unify(x, kVoltage));
  EXPECT_FALSE(solver.unify(x, kTime));
  EXPECT_EQ(solver.value(x), kVoltage);
}

TEST(DimensionSolver, PowersAreSolvedWithRationalExponents) {
  DimensionSolver solver;
  const DimensionTerm x = solver.fresh();
  EXPECT_TRUE(solver.unify(*power(x, {2, 1}), kTime));
  EXPECT_EQ(solver.value(x), *kTime.power(1, 2));
}

TEST(DimensionSolver, ProductsLinkVariables) {
  DimensionSolver solver;
  const DimensionTerm x = solver.fresh();
  const DimensionTerm y = solver.fresh();
  EXPECT_TRUE(solver.unify(x * y, kVoltage));
  EXPECT_TRUE(solver.unify(x / y, kVoltage / (kTime * kTime)));
  EXPECT_EQ(solver.value(x), kVoltage / kTime);
  EXPECT_EQ(solver.value(y), kTime);
}

TEST(DimensionSolver, ARootThatNoDimensionHasIsRefused) {
  DimensionSolver solver;
  const DimensionTerm x = solver.fresh();
  EXPECT_FALSE(solver.unify(*power(x, {5, 1}), kTime));
  EXPECT_FALSE(solver.value(x).has_value());
}

TEST(DimensionSolver, ALaterRootThroughALinkIsRefused) {
  DimensionSolver solver;
  const DimensionTerm x = solver.fresh();
  const DimensionTerm y = solver.fresh();
  EXPECT_TRUE(solver.unify(*power(y, {5, 1}), x));
  EXPECT_FALSE(solver.unify(x, kTime));
}

TEST(DimensionSolver, RewindingGivesTheSameVariablesAgain) {
  DimensionSolver solver;
  const DimensionTerm before = solver.fresh();
  EXPECT_TRUE(solver.unify(before, kVoltage));
  solver.rewind();
  EXPECT_EQ(solver.value(solver.fresh()), kVoltage);
}

TEST(DimensionSolver, EachUseOfAGenericDeclarationHasItsOwnVariables) {
  DimensionSolver declaration;
  const DimensionTerm weight = declaration.fresh();
  const DimensionTerm rate = weight / kTime;
  DimensionSolver use;
  Instance first(use);
  Instance second(use);
  EXPECT_TRUE(use.unify(first(weight), kVoltage));
  EXPECT_EQ(use.value(first(rate)), kVoltage / kTime);
  EXPECT_FALSE(use.value(second(rate)).has_value());
}

TEST(DimensionSolver, ManyEqualVariablesStayCheap) {
  DimensionSolver solver;
  const DimensionTerm first = solver.fresh();
  for (int i = 0; i < 100000; ++i) ASSERT_TRUE(solver.unify(first, solver.fresh()));
  EXPECT_TRUE(solver.unify(first, kNone));
}

}  // namespace
}  // namespace bouton::check
