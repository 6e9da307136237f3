// Operations and bytes are counted from the ops of kernels.
#include "compiler/explain/cost.h"

#include <gtest/gtest.h>

#include "compiler/plan/builder.h"

namespace bouton::explain {
namespace {

using plan::OpCode;

struct OneKernel {
  plan::Plan plan;
  plan::AxisId axis = plan::add_neuron_axis(plan, "z", 4);
  plan::ColumnId x = plan::add_column(plan, "x", plan::kReal, {axis}, plan::Role::State);
  plan::KernelBuilder k{plan, "kernel", plan::add_circuit(plan, "circuit"), {axis}};

  Cost cost() { return cost_of(plan, plan.kernels[k.finish()]); }
};

TEST(Cost, ArithmeticMathAndBytesAreCountedApart) {
  OneKernel one;
  plan::KernelBuilder& k = one.k;
  k.store(one.x, k.op(OpCode::AddReal, k.math("exp", k.load(one.x)), k.real(2.0)));
  EXPECT_EQ(one.cost(), (Cost{1, 1, 0, 0, 8, 8}));
}

TEST(Cost, AValueThatIsComputedTwiceCountsOnce) {
  OneKernel one;
  plan::KernelBuilder& k = one.k;
  const auto a = k.op(OpCode::MultiplyReal, k.load(one.x), k.real(3.0));
  const auto b = k.op(OpCode::MultiplyReal, k.load(one.x), k.real(3.0));
  k.store(one.x, k.op(OpCode::AddReal, a, b));
  EXPECT_EQ(one.cost(), (Cost{2, 0, 0, 0, 8, 8}));
}

TEST(Cost, WhatNobodyUsesAndAProductWithOneAreFree) {
  OneKernel one;
  plan::KernelBuilder& k = one.k;
  static_cast<void>(k.math("log", k.load(one.x)));
  k.store(one.x, k.op(OpCode::MultiplyReal, k.load(one.x), k.real(1.0)));
  EXPECT_EQ(one.cost(), (Cost{0, 0, 0, 0, 8, 8}));
}

TEST(Cost, ALoadAfterAStoreIsAnotherLoad) {
  OneKernel one;
  plan::KernelBuilder& k = one.k;
  k.store(one.x, k.op(OpCode::NegateReal, k.load(one.x)));
  k.store(one.x, k.op(OpCode::NegateReal, k.load(one.x)));
  EXPECT_EQ(one.cost(), (Cost{2, 0, 0, 0, 16, 16}));
}

TEST(Cost, SinglePrecisionHalvesTheBytes) {
  OneKernel one;
  one.plan.precision = plan::Precision::Single;
  one.k.store(one.x, one.k.load(one.x));
  EXPECT_EQ(one.cost(), (Cost{0, 0, 0, 0, 4, 4}));
}

}  // namespace
}  // namespace bouton::explain
