// Rules about values over time: previous steps are kept, scratch is computed before it is used, the
// checkpoint holds what lasts.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/plan/effects.h"
#include "compiler/plan/print_parts.h"
#include "compiler/plan/verify_rules.h"

namespace bouton::plan {
namespace {

bool commits_previous(const Schedule& schedule, ColumnId column) {
  return std::ranges::any_of(schedule.stages, [&](const Stage& stage) {
    return stage.kind == Stage::Kind::Commit &&
           std::ranges::find(stage.commits, column) != stage.commits.end();
  });
}

void verify_previous_read(const Plan& plan, ScheduleId id, ColumnId column, Messages& messages) {
  if (!plan.columns[column].buffers.previous)
    messages.push_back(fmt::format("{} reads the previous step of {}, which keeps none", print(id),
                                   print(column)));
  else if (!commits_previous(plan.schedules[id], column))
    messages.push_back(
        fmt::format("{} reads the previous step of {}, but its commit stage does "
                    "not take it over",
                    print(id), print(column)));
}

// Scratch columns that hold a value when the stages begin: what the runtime fills.
std::set<ColumnId> filled_by_runtime(const Plan& plan) {
  std::set<ColumnId> filled;
  for (const Event& event : plan.events)
    if (event.source == Event::Source::Delayed || event.source == Event::Source::InputTape)
      filled.insert(event.fired);
  return filled;
}

// Follows one schedule in execution order.
struct ScratchChecker {
  const Plan& plan;
  std::string where;
  Messages& messages;
  std::set<ColumnId> written;

  void visit(const Effects& effects) {
    for (const ReadEffect& read : effects.reads) check(read);
    for (const WriteEffect& write : effects.writes) written.insert(write.column);
  }
  void check(const ReadEffect& read) {
    if (plan.columns[read.column].role != Role::Scratch || written.contains(read.column)) return;
    if (read.version == Version::PreviousStep) return;
    messages.push_back(
        fmt::format("{} reads {} before anything was written to it", where, print(read.column)));
    written.insert(read.column);
  }
};

}  // namespace

void verify_previous_steps(const Plan& plan, Messages& messages) {
  for (const ScheduleId id : plan.schedules.ids()) {
    std::set<ColumnId> previous;
    for (const Stage& stage : plan.schedules[id].stages)
      for (const Item& item : stage.items)
        for (const ReadEffect& read : effects_of(plan, item).reads)
          if (read.version == Version::PreviousStep) previous.insert(read.column);
    for (const ColumnId column : previous) verify_previous_read(plan, id, column, messages);
  }
  for (const ColumnId id : plan.columns.ids())
    if (plan.columns[id].buffers.previous && plan.columns[id].role == Role::Scratch)
      messages.push_back(print(id) + " keeps its previous step but is scratch");
}

void verify_scratch(const Plan& plan, Messages& messages) {
  for (const ScheduleId id : plan.schedules.ids()) {
    const Schedule& schedule = plan.schedules[id];
    ScratchChecker checker{plan, print(id), messages, filled_by_runtime(plan)};
    for (const Stage& stage : schedule.stages)
      for (const Item& item : stage.items) checker.visit(effects_of(plan, item));
    for (const KernelId kernel : kernels_of_leaps(schedule))
      checker.visit(effects_of(plan, plan.kernels[kernel]));
  }
}

void verify_checkpoint(const Plan& plan, Messages& messages) {
  if (plan.checkpoint == checkpoint_of(plan.columns)) return;
  messages.push_back(fmt::format("the checkpoint is [{}], the lasting columns are [{}]",
                                 print_list(plan.checkpoint),
                                 print_list(checkpoint_of(plan.columns))));
}

}  // namespace bouton::plan
