// Stage 5. All right-hand sides are computed from x+(k) before any state is written, so no state
// sees another's new value. Pure decays are exact, everything else is Euler.
#include <algorithm>

#include "compiler/elaborate/decay.h"
#include "compiler/elaborate/steps.h"
#include "compiler/interpret/filter.h"
#include "compiler/interpret/step.h"
#include "compiler/interpret/trace.h"

namespace bouton::interpret {

namespace {

bool solves_by_euler(model::Solver solver) { return solver == model::Solver::Euler; }

double advance(const model::Expr& derivative, model::SymbolId symbol, const model::Scope& scope,
               model::Solver solver, const Frame& frame) {
  const double value = frame.now[symbol.value].real;
  const elaborate::RealArithmetic& arithmetic = frame.arithmetic;
  if (!solves_by_euler(solver))
    if (const auto tau = elaborate::decay_time_constant(derivative, symbol, scope)) {
      const double constant = elaborate::evaluate_real(*tau, frame);
      return arithmetic.multiply(value,
                                 elaborate::decay_factor(1, frame.timestep, constant, arithmetic));
    }
  const double slope = elaborate::evaluate_real(derivative, frame);
  return arithmetic.add(value, arithmetic.multiply(frame.timestep, slope));
}

// k+1 - k_last < T/timestep of `refractory T holding x`.
bool is_held(const PopulationState& population, std::size_t index, model::SymbolId symbol,
             const Frame& frame, const NetworkState& state) {
  const auto& refractory = population.neuron->refractory;
  if (!refractory || population.spikes[index].empty()) return false;
  if (std::ranges::find(refractory->holding, symbol) == refractory->holding.end()) return false;
  const model::Expr& duration = refractory->duration;
  const double steps =
      duration.type.kind == model::Kind::Steps
          ? static_cast<double>(elaborate::evaluate_steps(duration, frame))
          : frame.arithmetic.divide(elaborate::evaluate_real(duration, frame), frame.timestep);
  const std::int64_t since = state.step + 1 - population.last_spike(index);
  return static_cast<double>(since) < steps - 0.5;
}

void integrate_neuron(PopulationState& population, std::size_t index, NetworkState& state) {
  const model::Neuron& neuron = *population.neuron;
  Frame frame = neuron_frame(population, index, state);
  frame.now = population.next.row(index);
  std::vector<double> values;
  for (const model::State& variable : neuron.states) {
    const double current = frame.now[variable.symbol.value].real;
    const bool still =
        !variable.derivative || is_held(population, index, variable.symbol, frame, state);
    values.push_back(
        still ? current
              : advance(*variable.derivative, variable.symbol, neuron.scope, neuron.solver, frame));
  }
  for (std::size_t s = 0; s < values.size(); ++s)
    population.next.at(index, neuron.states[s].symbol).real = values[s];
}

// Their variables are read by nothing that is integrated in this step but through `now`.
void integrate_filters(PopulationState& population, NetworkState& state) {
  for (FilterState& filter : population.filters)
    for (std::size_t i = 0; i < population.size; ++i)
      integrate_filter(filter, i, population.neuron->solver, neuron_frame(population, i, state));
}

struct StateEquation {
  model::SymbolId symbol;
  const model::Expr* derivative;
};

std::vector<StateEquation> equations_of(const model::Rule& rule) {
  std::vector<StateEquation> equations;
  for (const model::RuleItem& item : rule.items) {
    const auto* equation = std::get_if<model::RuleEquation>(&item.node);
    if (equation != nullptr && equation->target != rule.weight)
      equations.push_back({equation->target, &equation->value});
  }
  return equations;
}

void integrate_synapse(RuleState& rule, const std::vector<StateEquation>& equations,
                       const SynapseView& view) {
  const Frame frame = view.frame_of(rule);
  std::vector<double> values;
  for (const StateEquation& equation : equations)
    values.push_back(
        advance(*equation.derivative, equation.symbol, rule.rule->scope, rule.rule->solver, frame));
  for (std::size_t e = 0; e < values.size(); ++e)
    rule.slots.at(view.synapse, equations[e].symbol).real = values[e];
}

void integrate_rule(RuleState& rule, bool learns, ProjectionState& projection,
                    NetworkState& state) {
  const auto equations = learns ? equations_of(*rule.rule) : std::vector<StateEquation>{};
  const bool traces = has_integrated_traces(rule);
  if (equations.empty() && !traces) return;
  each_synapse(projection, state, true, [&](const SynapseView& view) {
    if (!view.pre_arrives && !view.post_arrives)
      load_traces(rule, view, rule.slots.row(view.synapse));
    integrate_synapse(rule, equations, view);
    if (traces) integrate_traces(rule, view);
  });
}

}  // namespace

void integrate(NetworkState& state) {
  for (PopulationState& population : state.populations) {
    if (!state.steps_now(population)) continue;
    integrate_filters(population, state);
    if (population.neuron->states.empty()) continue;
    for (std::size_t i = 0; i < population.size; ++i) integrate_neuron(population, i, state);
  }
  for (std::size_t p = 0; p < state.projections.size(); ++p)
    for (std::size_t r = 0; r < state.projections[p].rules.size(); ++r)
      if (state.steps_now(state.projections[p]))
        integrate_rule(state.projections[p].rules[r], state.activity.learning[p][r],
                       state.projections[p], state);
}

}  // namespace bouton::interpret
