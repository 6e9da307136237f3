// Rule: a schedule that skips gives the numbers of one that steps. See Note [Skipping] in
// verifier.h.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/plan/effects.h"
#include "compiler/plan/print_parts.h"
#include "compiler/plan/verify_rules.h"

namespace bouton::plan {
namespace {

// What is known about one skipping schedule.
struct Skip {
  const Plan& plan;
  ScheduleId id;
  std::set<EventId> bounds;
  std::set<ColumnId> fired;     // of the bounds
  std::set<ColumnId> advanced;  // by `between`
  Messages& messages;

  void report(const std::string& text) const {
    messages.push_back(fmt::format("{} skips, but {}", print(id), text));
  }
};

std::set<ColumnId> written_by(const Plan& plan, const std::vector<KernelId>& kernels) {
  std::set<ColumnId> columns;
  for (const KernelId id : kernels)
    columns.insert(plan.kernels[id].writes.begin(), plan.kernels[id].writes.end());
  return columns;
}

bool uses(const Kernel& kernel, OpCode code) {
  return std::ranges::any_of(kernel.body, [&](const Op& op) { return op.code == code; });
}

void verify_guards(const Skip& skip, const Effects& effects) {
  for (const EventId guard : effects.guards)
    if (!skip.bounds.contains(guard))
      skip.report(print(guard) + " does not bound a skip and would be missed");
}

void verify_unguarded_write(const Skip& skip, ColumnId column) {
  const bool recomputed = skip.plan.columns[column].role == Role::Scratch;
  if (!recomputed && !skip.advanced.contains(column))
    skip.report(fmt::format("{} changes in steps without an event", print(column)));
}

// An unguarded kernel may use the step to find which timers are due, and for nothing else.
void verify_step_use(const Skip& skip, const Effects& effects) {
  if (!effects.kernel || !uses(skip.plan.kernels[*effects.kernel], OpCode::Step)) return;
  for (const WriteEffect& write : effects.writes)
    if (!skip.fired.contains(write.column))
      skip.report(fmt::format("{} depends on the step", print(write.column)));
}

void verify_reads(const Skip& skip, const Effects& effects) {
  for (const ReadEffect& read : effects.reads)
    if (read.version == Version::PreviousStep)
      skip.report(fmt::format("the previous step of {} is read", print(read.column)));
}

void verify_observer(const Skip& skip, const Observer& observer) {
  if (!observer.what) return;
  const auto* column = std::get_if<ColumnId>(&observer.what->what);
  if (column == nullptr) return;
  if (skip.advanced.contains(*column) || skip.fired.contains(*column))
    skip.report(
        fmt::format("an observer samples {}, which differs in the steps between", print(*column)));
}

void verify_item(const Skip& skip, const Item& item) {
  const Effects effects = effects_of(skip.plan, item);
  verify_guards(skip, effects);
  verify_reads(skip, effects);
  if (const auto* observer = std::get_if<ObserverId>(&item.what))
    verify_observer(skip, skip.plan.observers[*observer]);
  if (!effects.guards.empty()) return;
  for (const WriteEffect& write : effects.writes) verify_unguarded_write(skip, write.column);
  verify_step_use(skip, effects);
}

void verify_bounds(const Skip& skip) {
  const std::set<ColumnId> horizon = written_by(skip.plan, skip.plan.schedules[skip.id].horizon);
  for (const EventId id : skip.bounds) {
    const Event& event = skip.plan.events[id];
    if (!event.due)
      skip.report(print(id) + " has no step at which it is due");
    else if (event.source == Event::Source::HazardCrossing && !horizon.contains(*event.due))
      skip.report(fmt::format("no kernel of the horizon computes when {} is due", print(id)));
  }
}

void verify_draws_by_ordinal(const Skip& skip) {
  for (const KernelId id : kernels_of(skip.plan, skip.plan.schedules[skip.id]))
    for (const Op& op : skip.plan.kernels[id].body) {
      const auto* stream = std::get_if<StreamAttribute>(&op.attribute);
      if (stream && skip.plan.streams[stream->stream].key == Stream::Key::Step)
        skip.report(fmt::format("{} is drawn every step", print(stream->stream)));
    }
}

void verify_schedule(const Plan& plan, ScheduleId id, Messages& messages) {
  const Schedule& schedule = plan.schedules[id];
  Skip skip{plan, id, {}, {}, written_by(plan, schedule.between), messages};
  skip.bounds.insert(schedule.bounds.begin(), schedule.bounds.end());
  for (const EventId bound : schedule.bounds) skip.fired.insert(plan.events[bound].fired);
  verify_bounds(skip);
  verify_draws_by_ordinal(skip);
  for (const Stage& stage : schedule.stages)
    for (const Item& item : stage.items) verify_item(skip, item);
}

}  // namespace

void verify_skipping(const Plan& plan, Messages& messages) {
  for (const ScheduleId id : plan.schedules.ids()) {
    const Schedule& schedule = plan.schedules[id];
    const bool skips = schedule.advance == Schedule::Advance::SkipToNextEvent;
    if (skips) verify_schedule(plan, id, messages);
    if (skips) continue;
    if (schedule.clock == Schedule::Clock::PerLane)
      messages.push_back(print(id) + " goes step by step but has a clock per lane");
    if (!schedule.bounds.empty() || !schedule.horizon.empty() || !schedule.between.empty())
      messages.push_back(print(id) + " goes step by step but has parts of a skip");
  }
}

}  // namespace bouton::plan
