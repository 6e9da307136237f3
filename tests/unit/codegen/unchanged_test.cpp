// Which kernels may rest while their inputs do not change, and that resting changes no number.
#include "compiler/plan/unchanged.h"

#include <gtest/gtest.h>

#include "tests/unit/codegen/masked_sum.h"

namespace bouton::codegen {
namespace {

using plan::OpCode;

// A mask that changes every fourth step: one neuron after the other joins, until all begin anew.
plan::ValueId joins(plan::KernelBuilder& k, plan::AxisId pre) {
  const auto turn = k.op(OpCode::FloorDivideInt, k.step(), k.whole(4));
  const auto last = k.op(OpCode::FloorModuloInt, turn, k.whole(5));
  return k.op(OpCode::LessEqualInt, k.index(pre), last);
}

struct JoiningSum : MaskedSum {
  plan::KernelId sum_kernel;

  explicit JoiningSum(plan::Role role_of_sum = plan::Role::Scratch)
      : MaskedSum(3, 5, plan::kReal, role_of_sum, joins),
        sum_kernel(add_sum(plan::Order::PartialSums)) {}
};

TEST(UnchangedInputs, ASumUnderAMaskRestsUntilTheMaskChanges) {
  JoiningSum m;
  const auto schedule = m.schedule({m.mask_kernel, m.sum_kernel});
  const auto found = find_skippable_kernels(m.plan, m.plan.schedules[schedule]);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.at(m.sum_kernel), std::set<plan::ColumnId>{m.on});
}

TEST(UnchangedInputs, AKernelBeforeTheOneThatWritesItsMaskNeverRests) {
  JoiningSum m;
  const auto schedule = m.schedule({m.sum_kernel, m.mask_kernel});
  EXPECT_TRUE(find_skippable_kernels(m.plan, m.plan.schedules[schedule]).empty());
}

TEST(UnchangedInputs, WhatASecondKernelWritesIsAlwaysWritten) {
  JoiningSum m(plan::Role::State);
  plan::KernelBuilder k(m.plan, "reset", m.circuit, {m.post});
  k.store(m.sum, k.real(0));
  const auto schedule = m.schedule({m.mask_kernel, m.sum_kernel, k.finish()});
  EXPECT_TRUE(find_skippable_kernels(m.plan, m.plan.schedules[schedule]).empty());
}

TEST(UnchangedInputs, WhatFollowsFromARestingKernelRestsWithIt) {
  JoiningSum m;
  const auto root = plan::add_column(m.plan, "root", plan::kReal, {m.post}, plan::Role::State);
  plan::KernelBuilder k(m.plan, "root", m.circuit, {m.post});
  k.store(root, k.op(OpCode::SqrtReal, k.load(m.sum)));
  const plan::KernelId root_kernel = k.finish();
  const auto schedule = m.schedule({m.mask_kernel, m.sum_kernel, root_kernel});
  const auto found = find_skippable_kernels(m.plan, m.plan.schedules[schedule]);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found.at(root_kernel), std::set<plan::ColumnId>{m.on});
}

TEST(UnchangedInputs, AWeightThatTheStepChangesKeepsTheSumAwake) {
  JoiningSum m;
  plan::KernelBuilder k(m.plan, "learn", m.circuit, {m.post, m.pre});
  k.store(m.w, k.op(OpCode::AddReal, k.load(m.w), k.real(1)));
  const auto schedule = m.schedule({m.mask_kernel, m.sum_kernel, k.finish()});
  EXPECT_TRUE(find_skippable_kernels(m.plan, m.plan.schedules[schedule]).empty());
}

TEST(UnchangedInputs, RestingGivesTheSumsOfEveryStep) {
  JoiningSum m;
  const auto schedule = m.schedule({m.mask_kernel, m.sum_kernel});
  Machine machine(m.plan, {});
  for (int i = 0; i < 15; ++i) machine.at<double>(m.w, i) = 1 << i;
  for (int step = 0; step < 40;) {
    const int until = step + 1 + step % 7;  // calls that begin anywhere in a phase of the mask
    machine.advance(schedule, step, until);
    step = until;
    const int members = ((step - 1) / 4) % 5 + 1;
    EXPECT_EQ(machine.at<double>(m.sum, 1), ((1 << members) - 1) << 5) << "after step " << step - 1;
  }
}

}  // namespace
}  // namespace bouton::codegen
