// Rules: schedules list their stages in the order of the language, with items of their own circuit;
// phases run them; kernels get the inputs they use.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/plan/effects.h"
#include "compiler/plan/print_parts.h"
#include "compiler/plan/query.h"
#include "compiler/plan/verify_rules.h"

namespace bouton::plan {
namespace {

void verify_order(const Plan& plan, ScheduleId id, Messages& messages) {
  const std::vector<Stage>& stages = plan.schedules[id].stages;
  for (std::size_t i = 1; i < stages.size(); ++i)
    if (stages[i].kind <= stages[i - 1].kind)
      messages.push_back(print(id) + " has a stage out of order");
}

void verify_ahead(const Plan& plan, ScheduleId id, Messages& messages) {
  const Schedule& schedule = plan.schedules[id];
  const std::size_t items = schedule.stages.empty() ? 0 : schedule.stages.front().items.size();
  if (schedule.ahead > items)
    messages.push_back(fmt::format("{} executes {} items of its first stage ahead, which has {}",
                                   print(id), schedule.ahead, items));
}

bool runs_over(const Plan& plan, const Item& item, AxisId axis) {
  const auto* kernel = std::get_if<KernelId>(&item.what);
  if (kernel == nullptr) return false;
  const std::vector<AxisId>& space = plan.kernels[*kernel].space;
  return std::ranges::find(space, axis) != space.end();
}

void verify_item(const Plan& plan, ScheduleId id, const Stage& stage, const Item& item,
                 Messages& messages) {
  if (circuit_of(plan, item) != plan.schedules[id].circuit)
    messages.push_back(print(id) + " holds an item of another circuit");
  if (std::holds_alternative<ObserverId>(item.what) && stage.kind != Stage::Kind::Observe)
    messages.push_back(print(id) + " observes outside of its observe stage");
  for (const EventId guard : item.when)
    if (!runs_over(plan, item, plan.events[guard].axis))
      messages.push_back(
          fmt::format("{} guards an item by {}, which is not over an axis of its space", print(id),
                      print(guard)));
}

bool is_written(const Plan& plan, const Stage& stage, ColumnId column) {
  return std::ranges::any_of(
      stage.items, [&](const Item& item) { return writes(effects_of(plan, item), column); });
}

// Second slots are committed in the stage that writes them, and only there.
void verify_commits(const Plan& plan, ScheduleId id, const Stage& stage, Messages& messages) {
  const bool last = stage.kind == Stage::Kind::Commit;
  for (const ColumnId column : stage.commits) {
    const Buffers buffers = plan.columns[column].buffers;
    if (last ? !buffers.previous : !buffers.next)
      messages.push_back(
          fmt::format("{} commits {}, which has no second buffer", print(id), print(column)));
  }
  for (const ColumnId column : plan.columns.ids()) {
    if (!plan.columns[column].buffers.next || !is_written(plan, stage, column)) continue;
    if (std::ranges::find(stage.commits, column) == stage.commits.end())
      messages.push_back(
          fmt::format("{} writes the second buffer of {} in a stage that does not "
                      "commit it",
                      print(id), print(column)));
  }
}

void verify_observer(const Plan& plan, ObserverId id, Messages& messages) {
  const Observer& observer = plan.observers[id];
  const bool counts =
      observer.kind == Observer::Kind::Count || observer.kind == Observer::Kind::Spikes;
  if (observer.event.has_value() != counts || observer.what.has_value() == counts) {
    messages.push_back(print(id) + " needs an event if it counts, else something to sample");
    return;
  }
  if (observer.kind != Observer::Kind::StateHistogram) return;
  const Operand what = observer.what->what;
  const auto* column = std::get_if<ColumnId>(&what);
  if (column == nullptr || plan.columns[*column].type != kBool ||
      plan.columns[*column].axes.size() != 1)
    messages.push_back(print(id) + " counts states of what is no row of bools");
}

void verify_learning(const Plan& plan, PhaseId id, Messages& messages) {
  const Phase& phase = plan.phases[id];
  std::set<RuleId> executed;
  for (const ScheduleId schedule : schedules_of(phase))
    for (const Stage& stage : plan.schedules[schedule].stages)
      for (const Item& item : stage.items) {
        if (const auto rule = learning_rule_of(plan, item)) executed.insert(*rule);
      }
  if (executed == std::set<RuleId>(phase.learning.begin(), phase.learning.end())) return;
  messages.push_back(fmt::format("{} learns [{}], its schedules execute [{}]", print(id),
                                 print_list(phase.learning), print_list(executed)));
}

void verify_part(const Plan& plan, PhaseId id, const PhasePart& part, Messages& messages) {
  if (part.segments.empty()) messages.push_back(print(id) + " has nothing to run");
  for (const Segment& segment : part.segments)
    if (plan.schedules[segment.schedule].circuit != part.circuit)
      messages.push_back(
          fmt::format("{} runs {} of another circuit", print(id), print(segment.schedule)));
  const auto same = [&](const PhasePart& other) { return other.circuit == part.circuit; };
  if (std::ranges::count_if(plan.phases[id].parts, same) > 1)
    messages.push_back(fmt::format("{} runs {} twice", print(id), print(part.circuit)));
}

std::set<KernelId> kernels_given_elapsed(const Plan& plan) {
  std::set<KernelId> kernels;
  for (const Schedule& schedule : plan.schedules) {
    kernels.insert(schedule.between.begin(), schedule.between.end());
    kernels.insert(schedule.due.begin(), schedule.due.end());
  }
  return kernels;
}

std::set<KernelId> pair_bodies(const Plan& plan) {
  std::set<KernelId> kernels;
  for (const Handler& handler : plan.handlers)
    if (handler.over == Handler::Over::Pairs) kernels.insert(handler.body);
  return kernels;
}

}  // namespace

void verify_schedules(const Plan& plan, Messages& messages) {
  for (const ScheduleId id : plan.schedules.ids()) {
    verify_order(plan, id, messages);
    verify_ahead(plan, id, messages);
    for (const Stage& stage : plan.schedules[id].stages) {
      for (const Item& item : stage.items) verify_item(plan, id, stage, item, messages);
      verify_commits(plan, id, stage, messages);
    }
  }
  for (const ObserverId id : plan.observers.ids()) verify_observer(plan, id, messages);
}

void verify_phases(const Plan& plan, Messages& messages) {
  for (const PhaseId id : plan.phases.ids()) {
    const Phase& phase = plan.phases[id];
    if (phase.parts.empty()) messages.push_back(print(id) + " has nothing to run");
    for (const PhasePart& part : phase.parts) verify_part(plan, id, part, messages);
    verify_learning(plan, id, messages);
  }
}

void verify_inputs(const Plan& plan, Messages& messages) {
  const std::set<KernelId> between = kernels_given_elapsed(plan);
  const std::set<KernelId> pairs = pair_bodies(plan);
  for (const KernelId id : plan.kernels.ids())
    for (const Op& op : plan.kernels[id].body) {
      const auto* input = std::get_if<InputAttribute>(&op.attribute);
      if (input == nullptr) continue;
      if (input->input == Input::Elapsed && !between.contains(id))
        messages.push_back(print(id) + " reads the elapsed steps outside of a skip");
      if (input->input == Input::Interval && !pairs.contains(id))
        messages.push_back(print(id) + " reads the interval of a pair but handles none");
    }
}

}  // namespace bouton::plan
