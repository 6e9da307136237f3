#include "compiler/interpret/activity.h"

#include <algorithm>

namespace bouton::interpret {

namespace {

using elaborate::Phase;

RunActivity everyone(bool learning, const NetworkState& state) {
  RunActivity activity;
  const std::optional<std::int64_t> from = learning ? std::optional<std::int64_t>(0) : std::nullopt;
  for (const ProjectionState& projection : state.projections)
    activity.learns_from.emplace_back(projection.rules.size(), from);
  activity.silent.resize(state.projections.size());
  activity.silent_populations.resize(state.populations.size());
  return activity;
}

std::optional<Problem> add_learner(const Phase::Learner& learner, RunActivity& activity,
                                   Machine& machine) {
  if (!machine.state.runs(machine.state.projection(learner.projection))) return std::nullopt;
  std::int64_t from = 0;
  if (learner.after) {
    const auto steps = elaborate::evaluate_duration(*learner.after, machine.environment);
    if (!steps) return steps.problem();
    if (*steps < 0) return problem_at(learner.after->span, runtime::lag_before_run(*steps));
    from = *steps;
  }
  auto& rules = activity.learns_from[learner.projection.value];
  for (std::size_t r = 0; r < rules.size(); ++r)
    if (!learner.rule || *learner.rule == r) rules[r] = from;
  return std::nullopt;
}

std::optional<Problem> assign(const model::Stmt& stmt, RunActivity& activity, Machine& machine) {
  const auto& assign = std::get<model::Assign>(stmt.node);
  const auto* quantity = std::get_if<model::Quantity>(&assign.target.node);
  if (quantity == nullptr) return Problem{stmt.span, "a phase assigns whole parameters", ""};
  const auto old = read_quantity(*quantity, assign.target.span, When::BetweenSteps, machine.state);
  if (!old) return old.problem();
  activity.saved.push_back({quantity, assign.target.span, *old});
  if (execute_assign(assign, machine) == Flow::Stop) return machine.results.problem;
  return std::nullopt;
}

}  // namespace

Outcome<RunActivity> enter_run(const model::Run& run, Machine& machine) {
  if (!run.phase) return everyone(!run.frozen, machine.state);
  RunActivity activity = everyone(false, machine.state);
  const auto& phases = machine.network.phases;
  const auto phase = std::find_if(phases.begin(), phases.end(), [&](const Phase& candidate) {
    return candidate.symbol == *run.phase;
  });
  BOUTON_CHECK(phase != phases.end(), "elaboration has made the phase");
  for (const Phase::Learner& learner : phase->learners)
    if (auto problem = add_learner(learner, activity, machine)) return *problem;
  for (const auto& silenced : phase->silenced)
    if (const auto* id = std::get_if<PopulationId>(&silenced))
      activity.silent_populations[id->value] = true;
    else
      activity.silent[std::get<ProjectionId>(silenced).value] = true;
  for (const model::Stmt& stmt : phase->assignments)
    if (auto problem = assign(stmt, activity, machine)) return *problem;
  if (run.frozen)
    for (auto& rules : activity.learns_from) std::ranges::fill(rules, std::nullopt);
  return activity;
}

std::optional<Problem> leave_run(const RunActivity& activity, Machine& machine) {
  for (auto saved = activity.saved.rbegin(); saved != activity.saved.rend(); ++saved)
    if (auto problem = write_quantity(*saved->quantity, saved->span, saved->value, machine.state))
      return problem;
  return std::nullopt;
}

void set_activity(const RunActivity& activity, std::int64_t n, NetworkState& state) {
  for (std::size_t p = 0; p < state.projections.size(); ++p)
    for (std::size_t r = 0; r < state.projections[p].rules.size(); ++r) {
      const auto& from = activity.learns_from[p][r];
      state.activity.learning[p][r] = from && n >= *from;
    }
  state.activity.silent = activity.silent;
  state.activity.silent_populations = activity.silent_populations;
}

}  // namespace bouton::interpret
