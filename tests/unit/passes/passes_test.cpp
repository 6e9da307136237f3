// Passes over lowered programs: which schedules leap over quiet steps, what keeps others from it,
// and which part of a kernel rests.
#include <gmock/gmock.h>

#include <algorithm>

#include "compiler/passes/dead_ops.h"
#include "compiler/passes/skip_quiet_steps.h"
#include "compiler/passes/split_kernels.h"
#include "compiler/plan/builder.h"
#include "compiler/plan/printer.h"
#include "compiler/plan/quiet.h"
#include "compiler/plan/tabulated.h"
#include "compiler/plan/unchanged.h"
#include "tests/unit/lower/lowered.h"

namespace bouton::passes {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

// A network of `neuron Unit { … }` with a projection onto its input I.
std::unique_ptr<lower::Compiled> network_of(const std::string& neuron,
                                            const std::string& observed = "count(z)") {
  auto compiled = lower::compile_text(
      "synapse Box { psp(s) = if 0 < s and s < 10 ms: 1 else: 0\n renewing }\n"
      "neuron Unit(tau = 10 ms) {\n" +
      neuron +
      "\n}\n"
      "experiment E {\n  timestep 1 ms\n  population z[3]: Unit()\n"
      "  projection W: z -> z.I, no self, via Box()\n"
      "  run 1 s observing { seen = " +
      observed + " }\n  record seen\n}\n");
  EXPECT_TRUE(compiled->plan) << compiled->messages();
  return compiled;
}

// Why it goes step by step; empty if it does not.
std::string what_changes(const plan::Plan& plan) {
  const auto found = plan::find_quiet_steps(plan, plan.schedules[plan::ScheduleId{0}]);
  const auto* changes = std::get_if<plan::EveryStepChanges>(&found);
  return changes != nullptr ? changes->what : "";
}

const char* const kSampler =
    "  input I\n  u = I\n  active = since_spike <= tau\n"
    "  spike at rate softplus(u)/timestep\n  refractory tau";

TEST(SkipQuietSteps, ASamplerIsQuietBetweenSpikesAndTheEndsOfItsPeriods) {
  const auto compiled = network_of(kSampler);
  const auto found =
      plan::find_quiet_steps(*compiled->plan, compiled->plan->schedules[plan::ScheduleId{0}]);
  const auto* quiet = std::get_if<plan::QuietSteps>(&found);
  ASSERT_NE(quiet, nullptr) << what_changes(*compiled->plan);
  std::size_t flips = 0, clocks = 0, crossings = 0;
  for (const plan::QuietKernel& kernel : quiet->kernels) {
    flips += kernel.flips.size();
    clocks += kernel.clocks.size();
    crossings += kernel.crossings.size();
  }
  EXPECT_EQ(clocks, 1U);
  EXPECT_EQ(crossings, 1U);
  EXPECT_GE(flips, 3U) << "the psp begins and ends, and so does refractoriness";
}

TEST(SkipQuietSteps, ThePlanStaysWellFormedAndSkips) {
  const auto compiled = network_of(kSampler, "histogram_of_states(z.active) every 5 ms");
  split_kernels(*compiled->plan);
  skip_quiet_steps(*compiled->plan);
  EXPECT_THAT(compiled->errors(), IsEmpty());
  const plan::Schedule& schedule = compiled->plan->schedules[plan::ScheduleId{0}];
  EXPECT_EQ(schedule.advance, plan::Schedule::Advance::SkipToNextEvent);
  EXPECT_THAT(schedule.between, SizeIs(1));
  EXPECT_FALSE(schedule.horizon.empty());
}

TEST(SkipQuietSteps, AHorizonThatOverlooksTheRefractoryPeriodIsRejected) {
  const auto compiled = network_of(kSampler);
  skip_quiet_steps(*compiled->plan);
  compiled->plan->schedules[plan::ScheduleId{0}].horizon.clear();
  EXPECT_THAT(compiled->errors(), testing::HasSubstr("its horizon does not look at"));
}

TEST(SkipQuietSteps, AnEquationChangesInEveryStep) {
  const auto compiled = network_of(
      "  input I\n  state V = 0\n  V' = (I - V)/tau\n  solve with euler\n"
      "  spike when V > 1\n  refractory tau");
  EXPECT_THAT(what_changes(*compiled->plan), testing::HasSubstr("V"));
}

TEST(SkipQuietSteps, ADrawInEveryStepIsNotQuiet) {
  const auto compiled =
      network_of("  input I\n  u = I\n  spike with probability logistic(u)\n  refractory tau");
  EXPECT_THAT(what_changes(*compiled->plan), testing::HasSubstr("z"));
}

TEST(SkipQuietSteps, AFunctionOfTheTimeSinceASpikeChangesInEveryStep) {
  const auto compiled = network_of(
      "  input I\n  u = I + exp(-since_spike/tau)\n  spike at rate softplus(u)/timestep\n"
      "  refractory tau");
  EXPECT_FALSE(what_changes(*compiled->plan).empty());
}

TEST(SkipQuietSteps, TheStepBeforeMayDifferFromThisOne) {
  const auto compiled = network_of(
      "  input I\n  u = I, initially 0\n  spike at rate softplus(prev(u))/timestep\n"
      "  refractory tau");
  EXPECT_FALSE(what_changes(*compiled->plan).empty());
}

// Potentials that begin in the step of their spike.
std::unique_ptr<lower::Compiled> network_at_once() {
  return lower::compile_text(
      "synapse Box { psp(s) = if s < 10 ms: 1 else: 0\n renewing }\n"
      "neuron Unit {\n  input I\n  u = I, initially 0\n"
      "  spike at rate exp(u)/(50 ms)\n  refractory 20 ms\n}\n"
      "experiment E {\n  timestep 1 ms\n  population z[3]: Unit()\n  population y[2]: Unit()\n"
      "  projection W: z -> y.I, via Box()\n  run 1 s observing { seen = count(y) }\n"
      "  record seen\n}\n");
}

// What a spike does in its own step ends with the step, and spikes end leaps.
TEST(SkipQuietSteps, APotentialThatBeginsAtOnceIsQuietUntilItEnds) {
  const auto compiled = network_at_once();
  ASSERT_TRUE(compiled->plan) << compiled->messages();
  EXPECT_EQ(what_changes(*compiled->plan), "");
}

// The rates of one population follow from the spikes of the other in the same step.
TEST(SkipQuietSteps, APlanThatDoesNotLeapAfterAllStaysAsItWas) {
  const auto compiled = network_at_once();
  ASSERT_TRUE(compiled->plan) << compiled->messages();
  const plan::Plan& plan = *compiled->plan;
  const std::string before = plan::print(plan);
  skip_quiet_steps(*compiled->plan);
  EXPECT_EQ(plan.schedules[plan::ScheduleId{0}].advance, plan::Schedule::Advance::EveryStep);
  EXPECT_EQ(plan::print(plan), before);
}

TEST(SplitKernels, TheRateRestsWhileNoInputChanges) {
  const auto compiled = network_of(kSampler);
  plan::Plan& plan = *compiled->plan;
  const auto before = plan::find_skippable_kernels(plan, plan.schedules[plan::ScheduleId{0}]);
  split_kernels(plan);
  const auto after = plan::find_skippable_kernels(plan, plan.schedules[plan::ScheduleId{0}]);
  EXPECT_THAT(before, SizeIs(1)) << "the input";
  EXPECT_THAT(after, SizeIs(2)) << "the input and the rate";
  EXPECT_THAT(compiled->errors(), IsEmpty());
}

TEST(SplitKernels, AKernelThatStandsOnInputsAloneStaysWhole) {
  const auto compiled =
      network_of("  input I\n  u = exp(I)\n  spike with probability logistic(u)\n  refractory tau",
                 "mean(z.u)");
  const std::size_t kernels = compiled->plan->kernels.size();
  plan::Plan& plan = *compiled->plan;
  split_kernels(plan);
  split_kernels(plan);
  EXPECT_LE(plan.kernels.size(), kernels + 2) << "a second time there is nothing to split";
  EXPECT_THAT(compiled->errors(), IsEmpty());
}

// Observed expressions are computed in double whatever the program's precision is.
TEST(SplitKernels, WhatIsKeptOfAWideKernelIsWide) {
  const auto compiled = network_of(
      "  input I\n  state h = 0\n  u = I\n"
      "  spike at rate exp(u)/timestep { h += 1 }\n  refractory tau",
      "min(tanh(z.u) - z.h)");
  split_kernels(*compiled->plan);
  skip_quiet_steps(*compiled->plan);
  EXPECT_EQ(compiled->errors(), "");
  const auto& kernels = compiled->plan->kernels;
  EXPECT_TRUE(std::ranges::any_of(kernels, [](const plan::Kernel& kernel) {
    return kernel.wide && kernel.name == "from inputs alone";
  })) << compiled->anonymous();
}

std::vector<plan::TabulatedKernels> tables_of(const plan::Plan& plan) {
  const plan::Schedule& schedule = plan.schedules[plan::ScheduleId{0}];
  return plan::find_tabulated_kernels(plan, schedule, plan::find_skippable_kernels(plan, schedule));
}

TEST(Tabulated, RatesAreATableOfTheOpenPotentials) {
  const auto compiled = network_of(kSampler);
  split_kernels(*compiled->plan);
  const auto tables = tables_of(*compiled->plan);
  ASSERT_THAT(tables, SizeIs(1));
  const plan::Plan& plan = *compiled->plan;
  EXPECT_EQ(plan.columns[tables.front().inputs].name, "E/W.on");
  EXPECT_THAT(tables.front().kernels, SizeIs(2)) << "the sum over synapses, and the rate";
  ASSERT_THAT(tables.front().results, SizeIs(1)) << "what the sum gives stays within";
  EXPECT_EQ(plan.columns[tables.front().results.front()].role, plan::Role::Scratch);
}

TEST(Tabulated, WhatLeapsDivideByGoesWithTheGainsThatItFollowsFrom) {
  const auto compiled = network_of(kSampler);
  split_kernels(*compiled->plan);
  skip_quiet_steps(*compiled->plan);
  const plan::Plan& plan = *compiled->plan;
  const plan::Schedule& schedule = plan.schedules[plan::ScheduleId{0}];
  const auto tables = tables_of(plan);
  ASSERT_THAT(tables, SizeIs(1));
  EXPECT_THAT(tables.front().results, SizeIs(1)) << "the gains";
  ASSERT_THAT(schedule.reciprocals, SizeIs(1));
  EXPECT_EQ(tables.front().reciprocals, schedule.reciprocals);
  EXPECT_EQ(plan::written_by(plan, tables.front().reciprocals),
            plan.kernels[schedule.reciprocals.front()].writes);
}

TEST(Tabulated, WhatTheExperimentReadsIsAResultToo) {
  const auto compiled = lower::compile_text(
      "synapse Box { psp(s) = if 0 < s and s < 10 ms: 1 else: 0\n renewing }\n"
      "neuron Unit(tau = 10 ms) {\n  input I\n  u = 2 * exp(I)\n  spike at rate u/timestep\n"
      "  refractory tau\n}\n"
      "experiment E {\n  timestep 1 ms\n  population z[3]: Unit()\n"
      "  projection W: z -> z.I, no self, via Box()\n"
      "  run 1 s\n  record z.u\n}\n");
  ASSERT_TRUE(compiled->plan) << compiled->messages();
  split_kernels(*compiled->plan);
  const auto tables = tables_of(*compiled->plan);
  ASSERT_THAT(tables, SizeIs(1));
  EXPECT_THAT(tables.front().results, testing::Contains(testing::Truly([&](plan::ColumnId column) {
                return compiled->plan->columns[column].name == "E/z.u";
              })));
}

TEST(Tabulated, WhatDependsOnAStateIsNotATable) {
  const auto compiled = network_of(
      "  input I\n  state h = 0\n  u = exp(I + h)\n"
      "  spike at rate u/timestep { h += 1 }\n  refractory tau");
  split_kernels(*compiled->plan);
  EXPECT_THAT(tables_of(*compiled->plan), IsEmpty());
}

TEST(DeadOps, WhatReachesNothingGoesAndTheRestStays) {
  plan::Plan plan;
  const plan::CircuitId circuit = plan::add_circuit(plan, "circuit");
  const plan::AxisId axis = plan::add_neuron_axis(plan, "z", 4);
  const auto column = [&](const char* name) {
    return plan::add_column(plan, name, plan::kReal, {axis}, plan::Role::State);
  };
  const plan::ColumnId unread = column("unread"), read = column("read"), into = column("into");
  plan::KernelBuilder builder(plan, "kernel", circuit, {axis});
  builder.op(plan::OpCode::AddReal, builder.load(unread), builder.real(1));
  builder.store(into, builder.op(plan::OpCode::MultiplyReal, builder.load(read), builder.real(2)));
  plan::Kernel& kernel = plan.kernels[builder.finish()];
  remove_dead_ops(kernel);
  ASSERT_THAT(kernel.reads, SizeIs(1));
  EXPECT_EQ(kernel.reads.front().what, plan::Operand{read});
  EXPECT_THAT(kernel.body, SizeIs(4)) << "load, constant, product, store";
  EXPECT_EQ(kernel.body.back().in, std::vector{plan::ValueId{2}});
}

}  // namespace
}  // namespace bouton::passes
