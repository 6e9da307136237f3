#include "compiler/lower/schedule.h"

#include <algorithm>
#include <iterator>

#include "compiler/lower/arrival.h"
#include "compiler/lower/learn.h"
#include "compiler/lower/noise.h"
#include "compiler/lower/spike.h"
#include "compiler/lower/trace.h"
#include "compiler/plan/query.h"

namespace bouton::lower {

namespace {

using Items = std::vector<plan::Item>;

Items lower_jumps(Lowering& lowering) {
  Items items = lower_trace_jumps(lowering);
  std::ranges::move(lower_spike_jumps(lowering), std::back_inserter(items));
  std::ranges::move(lower_queues(lowering), std::back_inserter(items));
  for (const PopulationParts& parts : lowering.populations)
    for (const auto& [steps, arrivals] : parts.arrivals)
      if (arrivals.history) items.push_back({plan::Push{*arrivals.history}, {}, {}});
  return items;
}

Items items_of(const plan::Plan& plan, plan::CircuitId circuit, const Items& items) {
  Items found;
  std::ranges::copy_if(items, std::back_inserter(found), [&](const plan::Item& item) {
    return plan::circuit_of(plan, item) == circuit;
  });
  return found;
}

// Rules that do not learn execute nothing.
Items items_of(const plan::Plan& plan, const StepKind& kind, const Items& items) {
  Items found = items_of(plan, kind.circuit, items);
  std::erase_if(found, [&](const plan::Item& item) {
    const auto rule = plan::learning_rule_of(plan, item);
    return rule && !kind.learning.contains(*rule);
  });
  return found;
}

std::vector<plan::ColumnId> columns_with_previous(const plan::Plan& plan, plan::CircuitId circuit) {
  std::vector<plan::ColumnId> columns;
  for (const plan::ColumnId id : plan.columns.ids())
    if (plan.columns[id].buffers.previous && plan::circuit_of(plan, plan.columns[id]) == circuit)
      columns.push_back(id);
  return columns;
}

}  // namespace

Schedules::Schedules(Lowering& lowering, const std::vector<StepGroup>& groups)
    : lowering_(lowering), draw_(lower_draws(lowering)), evaluation_(lowering, groups) {
  // What is refused is found here, whether a run comes to it or not.
  static_cast<void>(evaluation_.items({}));
  learn_ = lower_learning(lowering);
  jump_ = lower_jumps(lowering);
  arrive_ = lower_arrivals(lowering);
  integrate_ = lower_integration(lowering);
  constrain_ = lower_constraints(lowering);
}

plan::ScheduleId Schedules::schedule_of(const StepKind& kind, const Items& observe) {
  if (!observe.empty()) return add(kind, observe);
  const auto known = unobserved_.find(kind);
  if (known != unobserved_.end()) return known->second;
  return unobserved_[kind] = add(kind, {});
}

plan::ScheduleId Schedules::add(const StepKind& kind, const Items& observe) {
  using Kind = plan::Stage::Kind;
  Items evaluate = arrive_;
  std::ranges::copy(evaluation_.items(kind.silent), std::back_inserter(evaluate));
  const plan::Plan& plan = lowering_.plan;
  plan::Schedule schedule;
  schedule.circuit = kind.circuit;
  const auto add_stage = [&](Kind stage, Items items) {
    if (!items.empty()) schedule.stages.push_back({stage, std::move(items), {}});
  };
  add_stage(Kind::Draw, items_of(plan, kind.circuit, draw_));
  add_stage(Kind::Evaluate, items_of(plan, kind.circuit, evaluate));
  add_stage(Kind::Learn, items_of(plan, kind, learn_));
  add_stage(Kind::Jump, items_of(plan, kind.circuit, jump_));
  add_stage(Kind::Integrate, items_of(plan, kind, integrate_));
  add_stage(Kind::Constrain, items_of(plan, kind, constrain_));
  add_stage(Kind::Observe, items_of(plan, kind.circuit, observe));
  auto commits = columns_with_previous(plan, kind.circuit);
  if (!commits.empty()) schedule.stages.push_back({Kind::Commit, {}, std::move(commits)});
  return lowering_.plan.schedules.add(std::move(schedule));
}

}  // namespace bouton::lower
