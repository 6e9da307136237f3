// `run D in p observing { … }`.
#include <algorithm>
#include <cmath>

#include "compiler/interpret/activity.h"
#include "compiler/interpret/machine.h"
#include "compiler/interpret/observe.h"
#include "compiler/interpret/prepare.h"
#include "compiler/interpret/step.h"
#include "compiler/interpret/tape.h"

namespace bouton::interpret {

namespace {

constexpr std::int64_t kStepsBetweenReports = 4096;

Outcome<std::vector<Observer>> make_observers(const model::Run& run, Machine& machine) {
  std::vector<Observer> observers;
  for (const model::Observation& observation : run.observing) {
    auto observer = make_observer(observation, machine.state, machine.environment);
    if (!observer) return observer.problem();
    observers.push_back(*std::move(observer));
  }
  return observers;
}

std::optional<Problem> observe_step(std::int64_t n, std::vector<Observer>& observers,
                                    Machine& machine) {
  machine.when = When::Observing;
  std::optional<Problem> problem;
  for (Observer& observer : observers)
    if (!problem) problem = observer.observe(n, machine.state, machine.environment);
  machine.when = When::BetweenSteps;
  return problem;
}

template <typename Advance>
void each_running_clock(NetworkState& state, Advance advance) {
  for (std::uint32_t clock = 0; clock < state.steps.size(); ++clock) {
    if (!state.running[clock]) continue;
    state.turn_to(ClockId{clock});
    advance(state);
  }
}

std::optional<Problem> advance(std::int64_t n, const RunActivity& activity,
                               std::vector<Observer>& observers, Machine& machine) {
  set_activity(activity, n, machine.state);
  each_running_clock(machine.state, compute_step);
  locate_problem(machine.state);
  if (machine.state.problem) return machine.state.problem;
  if (auto problem = observe_step(n, observers, machine)) return problem;
  each_running_clock(machine.state, commit);
  machine.results.steps += 1;
  return std::nullopt;
}

// Circuits that nothing joins take their steps one after the other: nothing passes between
// them.
void choose_clocks(const model::Run& run, NetworkState& state) {
  state.running.assign(state.steps.size(), !run.circuit);
  if (run.circuit)
    state.running[elaborate::clock_of_instance(*state.network, *run.circuit).value] = true;
}

// After step n of a run.
bool keeps_going(std::int64_t n, std::int64_t steps, const Machine& machine) {
  if (!machine.progress || machine.results.steps % kStepsBetweenReports != 0) return true;
  const Position within =
      machine.position.part(static_cast<std::size_t>(n), static_cast<std::size_t>(steps));
  return machine.progress(within.done, machine.results.steps);
}

// The weights of step k, which is the next one.
std::optional<Problem> find_weight_that_is_no_number(source::Span run, const NetworkState& state) {
  for (const ProjectionState& projection : state.projections) {
    if (projection.projection->tie || !state.runs(projection)) continue;
    const auto found =
        std::ranges::find_if(projection.weights, [](double weight) { return std::isnan(weight); });
    if (found == projection.weights.end()) continue;
    const auto synapse = found - projection.weights.begin();
    const auto pres = static_cast<std::ptrdiff_t>(projection.pres);
    const runtime::Element element{projection.projection->name, synapse / pres, synapse % pres};
    return problem_at(run, runtime::located(runtime::weight_is_no_number(), element,
                                            state.steps[projection.clock.value]));
  }
  return std::nullopt;
}

// The same of states of neurons.
std::optional<Problem> find_state_that_is_no_number(source::Span run, const NetworkState& state) {
  for (const PopulationState& population : state.populations) {
    if (!state.runs(population)) continue;
    for (const model::State& variable : population.neuron->states)
      for (std::size_t i = 0; i < population.size; ++i) {
        if (!std::isnan(population.now.at(i, variable.symbol).real)) continue;
        const runtime::Element neuron{population.population->name, static_cast<std::int64_t>(i)};
        const std::string& name = population.neuron->scope[variable.symbol].name;
        return problem_at(run, runtime::located(runtime::state_is_no_number(name), neuron,
                                                state.steps[population.clock.value]));
      }
  }
  return std::nullopt;
}

Flow bind_results(std::vector<Observer>& observers, Machine& machine) {
  for (Observer& observer : observers) {
    auto value = observer.finish(machine.state, machine.environment);
    if (!value) return machine.fail(value.problem());
    machine.set(observer.result(), *std::move(value));
  }
  return Flow::Next;
}

Flow run_steps(const model::Run& run, source::Span span, std::int64_t steps,
               const RunActivity& activity, Machine& machine) {
  if (const auto problem = find_short_tape(machine.state, steps)) return machine.fail(*problem);
  prepare_run(machine.state);
  locate_problem(machine.state);
  if (machine.state.problem) return machine.fail(*machine.state.problem);
  auto observers = make_observers(run, machine);
  if (!observers) return machine.fail(observers.problem());
  for (std::int64_t n = 0; n < steps; ++n) {
    if (const auto problem = advance(n, activity, *observers, machine))
      return machine.fail(*problem);
    if (!keeps_going(n, steps, machine)) return Flow::Stop;
  }
  if (const auto problem = find_weight_that_is_no_number(span, machine.state))
    return machine.fail(*problem);
  if (const auto problem = find_state_that_is_no_number(span, machine.state))
    return machine.fail(*problem);
  const model::SymbolId elapsed = machine.network.source().elapsed;
  if (elapsed.valid()) machine.set(elapsed, runtime::Value(static_cast<double>(steps)));
  return bind_results(*observers, machine);
}

}  // namespace

Flow execute_run(const model::Run& run, source::Span span, Machine& machine) {
  const auto steps = elaborate::evaluate_duration(run.duration, machine.environment);
  if (!steps) return machine.fail(steps.problem());
  if (*steps < 1) return machine.fail(run.duration.span, runtime::run_too_short(*steps));
  choose_clocks(run, machine.state);
  const auto activity = enter_run(run, machine);
  if (!activity) return machine.fail(activity.problem());
  const Flow flow = run_steps(run, span, *steps, *activity, machine);
  if (const auto problem = leave_run(*activity, machine)) return machine.fail(*problem);
  return flow;
}

}  // namespace bouton::interpret
