// Which steps of a schedule are quiet: nothing happens in them that has not happened in the step
// before, but for clocks that gain the same once more.
//
// Note [Quiet steps]. A step that follows one without events repeats it: every kernel finds in the
// columns what it found before and writes what is already there. Two things do move. Comparisons
// with the step count change at steps that can be computed beforehand (a `Flip`: the end of a
// postsynaptic potential or of a refractory period), and hazard clocks gain a fixed amount per step
// until they reach their thresholds (a `Crossing`). Up to the first flip or crossing all steps are
// quiet, and n of them are one jump: the clocks gain n times as much, as integers, so without
// rounding. A value is *steady* if it stays what it is through quiet steps. Everything that an
// unguarded item writes, requires or reduces has to be steady; anything else (an equation that is
// integrated, a draw by step, an input tape, a function of the time since a spike) makes the
// schedule go step by step. What events guard may do as it likes: after a step with an event the
// next step is looked at anew.
//
// Note [Evaluated ahead]. A step that skips has two parts. The first items of its first stage
// (Schedule::ahead) follow from the state and the step count alone: who is open or refractory, the
// rates. They are executed first, then the leap is decided on, by flips and crossings from this
// very step on; then the rest (clocks, events, learning, observation) is executed at the step where
// the leap ends, the last one before a flip or that of a crossing, for which the first part holds
// as well. So a spike costs three rounds (itself, and before its potential and its refractory
// period end) instead of four or five. The rest may compute nothing that lasts but clocks and
// events (compiler/passes/evaluate_ahead.h sorts the items).
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "compiler/plan/plan.h"

namespace bouton::plan {

// A comparison with the step count changes at step `limit` - (the sum of `added` - the sum of
// `taken`) + `later`. Values of the kernel; an absent limit is 0.
struct Flip {
  ValueId limit;
  std::vector<ValueId> added, taken;  // to and from the step count, before it is compared
  std::int64_t later = 0;
};
// A column that gains `gain` in each step, where `where` holds (absent: everywhere).
struct QuietClock {
  ColumnId column;
  ValueId loaded;  // its value before the step
  ValueId gain;
  std::optional<ValueId> where;
};
// The clock reaches `threshold`.
struct Crossing {
  QuietClock clock;
  ValueId threshold;
};

struct QuietKernel {
  KernelId kernel;
  std::vector<Flip> flips;
  std::vector<QuietClock> clocks;
  std::vector<Crossing> crossings;
};
// The unguarded kernels of a schedule with flips or clocks, in order.
struct QuietSteps {
  std::vector<QuietKernel> kernels;
};
// What changes in every step, for people: "`V` changes in every step".
struct EveryStepChanges {
  std::string what;
};

[[nodiscard]] std::variant<QuietSteps, EveryStepChanges> find_quiet_steps(const Plan& plan,
                                                                          const Schedule& schedule);

// Counts and histograms, which replicas side by side take each at its own time. What else is
// observed is recorded in the order of steps, and keeps them in step.
[[nodiscard]] bool observes_by_lane(const Observer& observer);
// The first observer of a schedule that does; null: replicas may be at different steps.
[[nodiscard]] const Observer* find_observer_in_order(const Plan& plan, const Schedule& schedule);

}  // namespace bouton::plan
