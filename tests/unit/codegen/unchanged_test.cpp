// Which kernels may rest while their inputs do not change, and that resting changes no number.
#include "compiler/plan/unchanged.h"

#include <gtest/gtest.h>

#include "tests/unit/codegen/machine.h"

namespace bouton::codegen {
namespace {

using plan::OpCode;

// A mask that changes every fourth step, and a sum of weights under it.
struct MaskedSum {
  plan::Plan plan;
  plan::CircuitId circuit;
  plan::AxisId pre, post;
  plan::ColumnId on, w, sum;
  plan::KernelId mask_kernel, sum_kernel;

  explicit MaskedSum(plan::Role role_of_sum = plan::Role::Scratch) {
    plan.timestep = 1;
    plan.seed = plan::whole(0);
    circuit = plan::add_circuit(plan, "circuit");
    post = plan::add_neuron_axis(plan, "post", 3);
    pre = plan::add_neuron_axis(plan, "pre", 5);
    on = plan::add_column(plan, "on", plan::kBool, {pre}, plan::Role::Scratch);
    w = plan::add_column(plan, "w", plan::kReal, {post, pre}, plan::Role::Weight);
    sum = plan::add_column(plan, "sum", plan::kReal, {post}, role_of_sum);
    mask_kernel = make_mask_kernel();
    plan::KernelBuilder k(plan, "sum", circuit, {post, pre});
    k.reduce_where(sum, k.load(on), k.load(w), {pre}, plan::Order::PartialSums);
    sum_kernel = k.finish();
  }

  plan::KernelId make_mask_kernel() {
    plan::KernelBuilder k(plan, "mask", circuit, {pre});
    const auto phase = k.op(OpCode::FloorModuloInt,
                            k.op(OpCode::FloorDivideInt, k.step(), k.whole(4)), k.whole(5));
    k.store(on, k.op(OpCode::LessEqualInt, k.index(pre), phase));
    return k.finish();
  }

  plan::ScheduleId schedule(const std::vector<plan::KernelId>& kernels) {
    plan::Schedule all;
    all.circuit = circuit;
    all.stages.push_back({plan::Stage::Kind::Evaluate, {}, {}});
    for (const plan::KernelId kernel : kernels)
      all.stages.front().items.push_back(plan::item(kernel));
    plan::complete_checkpoint(plan);
    return plan.schedules.add(all);
  }
};

TEST(UnchangedInputs, ASumUnderAMaskRestsUntilTheMaskChanges) {
  MaskedSum m;
  const auto schedule = m.schedule({m.mask_kernel, m.sum_kernel});
  const auto found = find_skippable_kernels(m.plan, m.plan.schedules[schedule]);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.at(m.sum_kernel), std::set<plan::ColumnId>{m.on});
}

TEST(UnchangedInputs, AKernelBeforeTheOneThatWritesItsMaskNeverRests) {
  MaskedSum m;
  const auto schedule = m.schedule({m.sum_kernel, m.mask_kernel});
  EXPECT_TRUE(find_skippable_kernels(m.plan, m.plan.schedules[schedule]).empty());
}

TEST(UnchangedInputs, WhatASecondKernelWritesIsAlwaysWritten) {
  MaskedSum m(plan::Role::State);
  plan::KernelBuilder k(m.plan, "reset", m.circuit, {m.post});
  k.store(m.sum, k.real(0));
  const auto schedule = m.schedule({m.mask_kernel, m.sum_kernel, k.finish()});
  EXPECT_TRUE(find_skippable_kernels(m.plan, m.plan.schedules[schedule]).empty());
}

TEST(UnchangedInputs, WhatFollowsFromARestingKernelRestsWithIt) {
  MaskedSum m;
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
  MaskedSum m;
  plan::KernelBuilder k(m.plan, "learn", m.circuit, {m.post, m.pre});
  k.store(m.w, k.op(OpCode::AddReal, k.load(m.w), k.real(1)));
  const auto schedule = m.schedule({m.mask_kernel, m.sum_kernel, k.finish()});
  EXPECT_TRUE(find_skippable_kernels(m.plan, m.plan.schedules[schedule]).empty());
}

TEST(UnchangedInputs, RestingGivesTheSumsOfEveryStep) {
  MaskedSum m;
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
