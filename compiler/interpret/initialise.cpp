#include "compiler/interpret/initialise.h"

#include <algorithm>

#include "compiler/interpret/filter.h"
#include "compiler/interpret/initial_values.h"

namespace bouton::interpret {

namespace {

void begin_filters(PopulationState& population, NetworkState& state) {
  for (FilterState& filter : population.filters)
    for (std::size_t i = 0; i < population.size; ++i)
      begin_filter(filter, i, neuron_frame(population, i, state));
}

void initialise_population(PopulationState& population, InitialValues& values,
                           NetworkState& state) {
  for (const model::State& variable : population.neuron->states)
    values.begin(variable.symbol, population);
  for (const model::Algebraic& variable : population.neuron->algebraics)
    values.begin(variable.symbol, population);
  begin_filters(population, state);
  std::ranges::fill(population.past, population.before);
  population.assigned.assign(population.assigned.size(), false);
  population.initialised = true;
}

void initialise_rule(RuleState& rule, const ProjectionState& projection, InitialValues& values) {
  for (const model::State& variable : rule.rule->states)
    values.begin(variable.symbol, rule, projection);
  for (const model::TraceDecl& trace : rule.rule->traces)
    values.begin(trace.symbol, rule, projection);
  for (OnPairState& pair : rule.pairs)
    if (pair.window) std::ranges::fill(pair.traces, silent_traces(*pair.window));
  rule.assigned.assign(rule.assigned.size(), false);
  rule.has_past = false;
  rule.initialised = true;
}

}  // namespace

void initialise(NetworkState& state) {
  InitialValues values(state);
  for (PopulationState& population : state.populations)
    if (state.runs(population) && !population.initialised)
      initialise_population(population, values, state);
  for (ProjectionState& projection : state.projections)
    for (RuleState& rule : projection.rules)
      if (state.runs(projection) && !rule.initialised) initialise_rule(rule, projection, values);
}

void reset_population(PopulationState& population, NetworkState& state) {
  population.initialised = false;
  for (ProjectionState& projection : state.projections)
    if (&state.population(projection.projection->pre.population) == &population)
      for (std::vector<double>& sums : projection.under_way) std::ranges::fill(sums, 0.0);
  population.assigned.assign(population.assigned.size(), false);
  for (auto& spikes : population.spikes) spikes.clear();
  const model::Neuron& neuron = *population.neuron;
  for (std::size_t i = 0; i < population.size; ++i) {
    // A draw that no step has looked at yet is not used up.
    if (state.steps[population.clock.value] > 0) population.clocks[i].take_next_draw();
    for (const model::SymbolId input : neuron.inputs)
      population.now.at(i, input) = population.before.at(i, input) = Slot{};
    for (const NoiseState& noise : population.noises)
      population.now.at(i, noise.noise->symbol) = population.before.at(i, noise.noise->symbol) = {};
    for (const model::SymbolId symbol :
         {population.predefined.spiked, population.predefined.spike_probability})
      if (symbol.valid()) population.now.at(i, symbol) = population.before.at(i, symbol) = Slot{};
  }
}

void reset_projection(ProjectionState& projection, const NetworkState& state) {
  projection.first_seen = state.steps[projection.clock.value];
  for (std::vector<double>& sums : projection.under_way) std::ranges::fill(sums, 0.0);
  for (RuleState& rule : projection.rules) reset_rule(rule, projection, state);
}

void reset_rule(RuleState& rule, const ProjectionState& projection, const NetworkState& state) {
  rule.first_seen = state.steps[projection.clock.value];
  rule.initialised = false;
  rule.assigned.assign(rule.assigned.size(), false);
}

void reset_everything(NetworkState& state) {
  for (PopulationState& population : state.populations) reset_population(population, state);
  for (ProjectionState& projection : state.projections) reset_projection(projection, state);
}

}  // namespace bouton::interpret
