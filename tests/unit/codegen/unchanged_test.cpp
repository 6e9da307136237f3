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
  EXPECT_EQ(found.at(m.sum_kernel).truths, std::set<plan::ColumnId>{m.on});
  EXPECT_TRUE(found.at(m.sum_kernel).at_events.empty());
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
  EXPECT_EQ(found.at(root_kernel).truths, std::set<plan::ColumnId>{m.on});
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

// A sum over synapses whose weights a rule changes when a postsynaptic neuron spikes, which each
// does every seventh step.
struct LearningSum : MaskedSum {
  plan::ColumnId spiked;
  plan::EventId spike;
  plan::KernelId spike_kernel, sum_kernel, learn_kernel;

  LearningSum() : MaskedSum(3, 5, plan::kReal, plan::Role::Scratch, joins) {
    plan::DenseStorage storage = plan::add_dense_axes(plan, "W", post, pre);
    plan.columns[w].axes = {storage.post, storage.pre};
    plan::Link link;
    link.name = "W";
    link.storage = storage;
    const plan::LinkId id = plan.links.add(link);
    plan::KernelBuilder sums(plan, "sum", circuit, id);
    const auto counts = sums.load_at(on, {storage.pre});
    sums.reduce_where(sum, counts, sums.load(w), {storage.pre}, plan::Order::PartialSums);
    sum_kernel = sums.finish();
    add_spikes();
    plan::KernelBuilder learns(plan, "learn", circuit, id);
    learns.store(w, learns.op(OpCode::AddReal, learns.load(w), learns.real(1)));
    learn_kernel = learns.finish();
  }

  void add_spikes() {
    spiked = plan::add_column(plan, "spiked", plan::kBool, {post}, plan::Role::Scratch);
    plan::KernelBuilder k(plan, "spike", circuit, {post});
    const auto turn = k.op(OpCode::FloorModuloInt, k.step(), k.whole(7));
    k.store(spiked, k.op(OpCode::EqualInt, turn, k.index(post)));
    spike_kernel = k.finish();
    plan::Event event;
    event.name = "spike";
    event.circuit = circuit;
    event.source = plan::Event::Source::Condition;
    event.axis = post;
    event.fired = spiked;
    spike = plan.events.add(event);
  }

  // `items` behind the spikes.
  plan::ScheduleId learning(const std::vector<plan::Item>& items) {
    const auto id = schedule({mask_kernel, spike_kernel});
    for (const plan::Item& item : items) plan.schedules[id].stages.front().items.push_back(item);
    return id;
  }
  plan::Item learn() const { return plan::item_when(learn_kernel, {spike}); }
};

TEST(UnchangedInputs, ASumOverSynapsesRestsUntilAnEventBehindItChangesAWeight) {
  LearningSum m;
  const auto schedule = m.learning({plan::item(m.sum_kernel), m.learn()});
  const auto found = find_skippable_kernels(m.plan, m.plan.schedules[schedule]);
  ASSERT_TRUE(found.contains(m.sum_kernel));
  EXPECT_EQ(found.at(m.sum_kernel).truths, std::set<plan::ColumnId>{m.on});
  EXPECT_EQ(found.at(m.sum_kernel).at_events, std::set<plan::ColumnId>{m.w});
}

TEST(UnchangedInputs, ASumBehindTheEventThatChangesAWeightNeverRests) {
  LearningSum m;
  const auto schedule = m.learning({m.learn(), plan::item(m.sum_kernel)});
  EXPECT_TRUE(find_skippable_kernels(m.plan, m.plan.schedules[schedule]).empty());
}

TEST(UnchangedInputs, WhatFollowsFromASumBehindTheEventDoesNotRestWithIt) {
  LearningSum m;
  const auto root = plan::add_column(m.plan, "root", plan::kReal, {m.post}, plan::Role::State);
  plan::KernelBuilder k(m.plan, "root", m.circuit, {m.post});
  k.store(root, k.op(OpCode::SqrtReal, k.load(m.sum)));
  const plan::KernelId kernel = k.finish();
  const auto schedule = m.learning({plan::item(m.sum_kernel), m.learn(), plan::item(kernel)});
  const auto found = find_skippable_kernels(m.plan, m.plan.schedules[schedule]);
  EXPECT_TRUE(found.contains(m.sum_kernel));
  EXPECT_FALSE(found.contains(kernel));
}

// In lanes, where it does not rest, and alone.
TEST(UnchangedInputs, RestingGivesTheSumsOfWeightsThatEventsChange) {
  LearningSum m;
  const auto schedule = m.learning({plan::item(m.sum_kernel), m.learn()});
  for (const int lanes : {1, 4}) {
    Machine machine(m.plan, {lanes, 8, 3, ""});
    for (int step = 0; step < 60;) {
      const int until = step + 1 + step % 5;
      machine.advance(schedule, step, until);
      step = until;
      const int last = step - 1;
      const int members = (last / 4) % 5 + 1;
      for (int post = 0; post < 3; ++post) {
        const int learned = (last + 6 - post) / 7;  // times before this step
        EXPECT_EQ(machine.at<double>(m.sum, post, lanes - 1), members * learned)
            << "of neuron " << post << " after step " << last;
      }
    }
  }
}

}  // namespace
}  // namespace bouton::codegen
