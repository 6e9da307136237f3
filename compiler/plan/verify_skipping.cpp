// Rule: a schedule that skips gives the numbers of one that steps. See Note [Quiet steps] in
// quiet.h.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/plan/effects.h"
#include "compiler/plan/print_parts.h"
#include "compiler/plan/query.h"
#include "compiler/plan/quiet.h"
#include "compiler/plan/verify_rules.h"

namespace bouton::plan {
namespace {

// What is known about one skipping schedule.
struct Skip {
  const Plan& plan;
  ScheduleId id;
  Messages& messages;

  const Schedule& schedule() const { return plan.schedules[id]; }
  void report(const std::string& text) const {
    messages.push_back(fmt::format("{} skips, but {}", print(id), text));
  }
};

bool reduces_to_one(const Kernel& kernel, Order order) {
  return kernel.reductions.size() == 1 && kernel.writes.size() == 1 &&
         kernel.reductions[0].order == order && kernel.reductions[0].over == kernel.space;
}

bool is_one_scratch(const Column& column, Type type) {
  return column.type == type && column.axes.empty() && column.role == Role::Scratch;
}

// The least step over all elements, and nothing else.
void verify_horizon(const Skip& skip, KernelId id) {
  const Kernel& kernel = skip.plan.kernels[id];
  if (!reduces_to_one(kernel, Order::Minimum))
    return skip.report(print(id) + " of its horizon is not the least of one number");
  if (!is_one_scratch(skip.plan.columns[kernel.writes[0]], kI64))
    skip.report(print(kernel.writes[0]) + " is no step to go to");
}

// Any of the elements.
void verify_due(const Skip& skip, KernelId id) {
  const Kernel& kernel = skip.plan.kernels[id];
  if (!reduces_to_one(kernel, Order::Exact) ||
      !is_one_scratch(skip.plan.columns[kernel.writes[0]], kBool))
    skip.report(print(id) + " does not tell whether any clock is due");
}

// The columns in which a value stands: where it is loaded from, and where its kernel leaves it.
std::set<ColumnId> places_of(const Plan& plan, const Kernel& kernel, ValueId value) {
  std::set<ColumnId> columns;
  const auto access_of = [](const Op& op) { return std::get<AccessAttribute>(op.attribute); };
  const Op& made = kernel.body[value.value];
  if (made.code == OpCode::Load)
    columns.insert(column_behind(plan, kernel.reads[access_of(made).slot].what));
  for (const Op& op : kernel.body)
    if (op.code == OpCode::Store && op.in.front() == value)
      columns.insert(kernel.writes[access_of(op).slot]);
  return columns;
}

// Where there are no places, the value is computed from others.
void verify_looked_at(const Skip& skip, const std::set<ColumnId>& seen,
                      const std::set<ColumnId>& places) {
  const auto is_seen = [&](ColumnId column) { return seen.contains(column); };
  if (!places.empty() && std::ranges::none_of(places, is_seen))
    skip.report(fmt::format("its horizon does not look at {}", print(*places.begin())));
}

void verify_looked_at(const Skip& skip, const std::set<ColumnId>& seen, const QuietKernel& quiet) {
  const Kernel& kernel = skip.plan.kernels[quiet.kernel];
  const auto verify = [&](ValueId value) {
    verify_looked_at(skip, seen, places_of(skip.plan, kernel, value));
  };
  for (const Flip& flip : quiet.flips) {
    verify(flip.limit);
    std::ranges::for_each(flip.added, verify);
    std::ranges::for_each(flip.taken, verify);
  }
  for (const Crossing& crossing : quiet.crossings)
    verify_looked_at(skip, seen, {crossing.clock.column});
}

// The columns that decide when flips and crossings come.
void verify_looked_at(const Skip& skip, const QuietSteps& quiet) {
  std::set<ColumnId> seen;
  for (const auto* looking : {&skip.schedule().horizon, &skip.schedule().crossings})
    for (const KernelId id : *looking)
      for (const Read& read : skip.plan.kernels[id].reads)
        seen.insert(column_behind(skip.plan, read.what));
  for (const QuietKernel& kernel : quiet.kernels) verify_looked_at(skip, seen, kernel);
}

void verify_between(const Skip& skip, const QuietSteps& quiet) {
  std::set<ColumnId> clocks, advanced;
  for (const QuietKernel& kernel : quiet.kernels)
    for (const QuietClock& clock : kernel.clocks) clocks.insert(clock.column);
  for (const KernelId id : skip.schedule().between)
    advanced.insert(skip.plan.kernels[id].writes.begin(), skip.plan.kernels[id].writes.end());
  if (clocks != advanced) skip.report("between its steps other columns advance than its clocks");
}

// Of what quiet steps leave as it is. That only crossings read it, verify_scratch sees.
void verify_reciprocals(const Skip& skip, KernelId id) {
  const Kernel& kernel = skip.plan.kernels[id];
  const auto moves = [&](const Op& op) {
    return op.code == OpCode::Step || op.code == OpCode::Input;
  };
  const auto is_clock = [&](const Read& read) {
    return skip.plan.columns[column_behind(skip.plan, read.what)].role == Role::HazardClock;
  };
  if (std::ranges::any_of(kernel.body, moves) || std::ranges::any_of(kernel.reads, is_clock))
    skip.report(print(id) + " divides by what changes in every step");
  for (const ColumnId column : kernel.writes)
    if (skip.plan.columns[column].role != Role::Scratch || !kernel.reductions.empty())
      skip.report(fmt::format("{} leaves {} behind", print(id), print(column)));
}

void verify_draws_by_ordinal(const Skip& skip) {
  for (const KernelId id : kernels_of(skip.plan, skip.schedule()))
    for (const Op& op : skip.plan.kernels[id].body) {
      const auto* stream = std::get_if<StreamAttribute>(&op.attribute);
      if (stream && skip.plan.streams[stream->stream].key == Stream::Key::Step)
        skip.report(fmt::format("{} is drawn every step", print(stream->stream)));
    }
}

void verify_schedule(const Skip& skip) {
  const auto found = find_quiet_steps(skip.plan, skip.schedule());
  if (const auto* changes = std::get_if<EveryStepChanges>(&found))
    return skip.report(fmt::format("{} changes in every step", changes->what));
  const auto& quiet = std::get<QuietSteps>(found);
  for (const KernelId id : skip.schedule().horizon) verify_horizon(skip, id);
  for (const KernelId id : skip.schedule().crossings) verify_horizon(skip, id);
  for (const KernelId id : skip.schedule().due) verify_due(skip, id);
  for (const KernelId id : skip.schedule().reciprocals) verify_reciprocals(skip, id);
  if (skip.schedule().due.size() != skip.schedule().crossings.size())
    skip.report("not all clocks can be asked whether they are due");
  verify_looked_at(skip, quiet);
  verify_between(skip, quiet);
  verify_draws_by_ordinal(skip);
}

}  // namespace

void verify_skipping(const Plan& plan, Messages& messages) {
  for (const ScheduleId id : plan.schedules.ids()) {
    const Schedule& schedule = plan.schedules[id];
    if (schedule.advance == Schedule::Advance::SkipToNextEvent) {
      verify_schedule({plan, id, messages});
      continue;
    }
    if (schedule.clock == Schedule::Clock::PerLane)
      messages.push_back(print(id) + " goes step by step but has a clock per lane");
    if (!kernels_of_leaps(schedule).empty())
      messages.push_back(print(id) + " goes step by step but has parts of a skip");
  }
}

}  // namespace bouton::plan
