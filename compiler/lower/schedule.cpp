#include "compiler/lower/schedule.h"

#include <algorithm>
#include <iterator>

#include "compiler/lower/evaluate.h"
#include "compiler/lower/learn.h"
#include "compiler/lower/spike.h"
#include "compiler/lower/trace.h"

namespace bouton::lower {

namespace {

std::vector<plan::Item> lower_jumps(Lowering& lowering) {
  std::vector<plan::Item> items = lower_trace_jumps(lowering);
  std::ranges::move(lower_spike_jumps(lowering), std::back_inserter(items));
  for (const PopulationParts& parts : lowering.populations)
    if (parts.history) items.push_back({plan::Push{*parts.history}, {}, {}});
  return items;
}

std::vector<plan::ColumnId> columns_with_previous(const plan::Plan& plan) {
  std::vector<plan::ColumnId> columns;
  for (const plan::ColumnId id : plan.columns.ids())
    if (plan.columns[id].buffers.previous) columns.push_back(id);
  return columns;
}

}  // namespace

Step lower_step(Lowering& lowering, const std::vector<StepGroup>& groups) {
  Step step;
  step.evaluate = lower_evaluation(lowering, groups);
  step.learn = lower_learning(lowering);
  step.jump = lower_jumps(lowering);
  step.integrate = lower_integration(lowering);
  step.constrain = lower_constraints(lowering);
  return step;
}

plan::PhaseId add_phase(Lowering& lowering, const Step& step, const RunKind& kind,
                        source::Span span) {
  using Kind = plan::Stage::Kind;
  plan::Schedule schedule;
  schedule.circuit = lowering.circuit;
  const auto add_stage = [&](Kind stage, const std::vector<plan::Item>& items) {
    if (!items.empty()) schedule.stages.push_back({stage, items, {}});
  };
  add_stage(Kind::Evaluate, step.evaluate);
  if (!kind.frozen) add_stage(Kind::Learn, step.learn);
  add_stage(Kind::Jump, step.jump);
  add_stage(Kind::Integrate, step.integrate);
  if (!kind.frozen) add_stage(Kind::Constrain, step.constrain);
  add_stage(Kind::Observe, kind.observe);
  auto commits = columns_with_previous(lowering.plan);
  if (!commits.empty()) schedule.stages.push_back({Kind::Commit, {}, std::move(commits)});
  plan::Phase phase;
  phase.circuit = lowering.circuit;
  phase.span = span;
  phase.segments.push_back({plan::whole(0), lowering.plan.schedules.add(std::move(schedule))});
  if (!kind.frozen)
    for (const ProjectionParts& projection : lowering.projections)
      for (const RuleParts& rule : projection.rules) phase.learning.push_back(rule.rule);
  return lowering.plan.phases.add(std::move(phase));
}

}  // namespace bouton::lower
