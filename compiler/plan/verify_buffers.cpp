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
    if (event.source == Event::Source::InputTape) filled.insert(event.fired);
  return filled;
}

// Follows one schedule in execution order.
class ScratchChecker {
 public:
  ScratchChecker(const Plan& plan, ScheduleId id, Messages& messages)
      : plan_(plan), id_(id), messages_(messages), written_(filled_by_runtime(plan)) {}

  void visit() {
    const Schedule& schedule = plan_.schedules[id_];
    std::uint32_t executed = 0;
    if (schedule.ahead == 0) visit_leap(schedule);
    for (const Stage& stage : schedule.stages)
      for (const Item& item : stage.items) {
        visit(effects_of(plan_, item));
        if (++executed == schedule.ahead) visit_leap(schedule);
      }
  }

 private:
  // See Note [Evaluated ahead] in quiet.h. Whether the kernels of a leap are asked, and in which
  // order, is for code generation to decide: nothing finds what they write but crossings what
  // reciprocals do.
  void visit_leap(const Schedule& schedule) {
    for (const auto* kernels : {&schedule.horizon, &schedule.due, &schedule.between})
      check_reads(*kernels);
    const std::set<ColumnId> written = written_;
    for (const KernelId kernel : schedule.reciprocals)
      visit(effects_of(plan_, plan_.kernels[kernel]));
    check_reads(schedule.crossings);
    written_ = written;
  }
  void check_reads(const std::vector<KernelId>& kernels) {
    for (const KernelId kernel : kernels)
      for (const ReadEffect& read : effects_of(plan_, plan_.kernels[kernel]).reads) check(read);
  }
  void visit(const Effects& effects) {
    for (const ReadEffect& read : effects.reads) check(read);
    for (const WriteEffect& write : effects.writes) written_.insert(write.column);
  }
  void check(const ReadEffect& read) {
    if (plan_.columns[read.column].role != Role::Scratch || written_.contains(read.column)) return;
    if (read.version == Version::PreviousStep) return;
    messages_.push_back(fmt::format("{} reads {} before anything was written to it", print(id_),
                                    print(read.column)));
    written_.insert(read.column);
  }

  const Plan& plan_;
  ScheduleId id_;
  Messages& messages_;
  std::set<ColumnId> written_;
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
  for (const ScheduleId id : plan.schedules.ids()) ScratchChecker(plan, id, messages).visit();
}

void verify_checkpoint(const Plan& plan, Messages& messages) {
  if (plan.checkpoint == checkpoint_of(plan.columns)) return;
  messages.push_back(fmt::format("the checkpoint is [{}], the lasting columns are [{}]",
                                 print_list(plan.checkpoint),
                                 print_list(checkpoint_of(plan.columns))));
}

}  // namespace bouton::plan
