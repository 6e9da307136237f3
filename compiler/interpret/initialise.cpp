#include "compiler/interpret/initialise.h"

#include <algorithm>

namespace bouton::interpret {

namespace {

// Those that are not assigned.
void set_states(PopulationState& population, std::size_t index, NetworkState& state) {
  const Frame frame = neuron_frame(population, index, state);
  Slot* now = population.now.row(index);
  for (const model::State& variable : population.neuron->states)
    if (!population.assigned[variable.symbol.value])
      now[variable.symbol.value] = elaborate::evaluate_slot(variable.initial, frame);
}

void initialise_neuron(PopulationState& population, std::size_t index, NetworkState& state) {
  set_states(population, index, state);
  const Frame frame = neuron_frame(population, index, state);
  Slot* now = population.now.row(index);
  Slot* before = population.before.row(index);
  for (const model::State& variable : population.neuron->states)
    before[variable.symbol.value] = now[variable.symbol.value];
  for (const model::Algebraic& variable : population.neuron->algebraics) {
    const std::uint32_t symbol = variable.symbol.value;
    now[symbol] = before[symbol] =
        variable.initially ? elaborate::evaluate_slot(*variable.initially, frame) : Slot{};
  }
}

void initialise_population(PopulationState& population, NetworkState& state) {
  for (std::size_t i = 0; i < population.size; ++i) initialise_neuron(population, i, state);
  population.assigned.assign(population.assigned.size(), false);
  population.initialised = true;
}

// What an initial value of a rule may read.
struct SynapseFrame {
  Frame pre;
  Frame post;
  Frame rule;
};

SynapseFrame frame_of(RuleState& rule, const ProjectionState& projection, std::size_t synapse,
                      NetworkState& state) {
  const elaborate::Projection& between = *projection.projection;
  const std::size_t pre = static_cast<std::size_t>(between.pre.first) + synapse % projection.pres;
  const std::size_t post = static_cast<std::size_t>(between.post.first) + synapse / projection.pres;
  return {neuron_frame(state.population(between.pre.population), pre, state),
          neuron_frame(state.population(between.post.population), post, state),
          rule_frame(rule, synapse, state)};
}

// Of one synapse, where they are not assigned.
void set_states(RuleState& rule, std::size_t synapse, const Frame& frame) {
  Slot* slots = rule.slots.row(synapse);
  for (const model::State& variable : rule.rule->states)
    if (!rule.assigned[variable.symbol.value])
      slots[variable.symbol.value] = elaborate::evaluate_slot(variable.initial, frame);
}

void initialise_synapse(RuleState& rule, const ProjectionState& projection, std::size_t synapse,
                        bool with_traces, NetworkState& state) {
  SynapseFrame frames = frame_of(rule, projection, synapse, state);
  frames.rule.pre = &frames.pre;
  frames.rule.post = &frames.post;
  set_states(rule, synapse, frames.rule);
  if (!with_traces) return;
  for (std::size_t t = 0; t < rule.traces.size(); ++t)
    rule.traces[t][synapse] = {elaborate::evaluate_real(rule.rule->traces[t].initial, frames.rule),
                               state.step};
}

void initialise_rule(RuleState& rule, const ProjectionState& projection, NetworkState& state) {
  for (std::size_t s = 0; s < projection.exists.size(); ++s)
    if (projection.exists[s]) initialise_synapse(rule, projection, s, true, state);
  for (OnPairState& pair : rule.pairs)
    if (pair.window) std::ranges::fill(pair.traces, silent_traces(*pair.window));
  rule.assigned.assign(rule.assigned.size(), false);
  rule.initialised = true;
}

}  // namespace

void initialise(NetworkState& state) {
  for (PopulationState& population : state.populations)
    if (!population.initialised) initialise_population(population, state);
  for (ProjectionState& projection : state.projections)
    for (RuleState& rule : projection.rules)
      if (!rule.initialised) initialise_rule(rule, projection, state);
}

void show_initial_values(PopulationState& population, NetworkState& state) {
  if (population.initialised) return;
  for (std::size_t i = 0; i < population.size; ++i) set_states(population, i, state);
}

void show_initial_values(RuleState& rule, const ProjectionState& projection, NetworkState& state) {
  if (rule.initialised) return;
  for (std::size_t s = 0; s < projection.exists.size(); ++s)
    if (projection.exists[s]) initialise_synapse(rule, projection, s, false, state);
}

void reset_population(PopulationState& population, const NetworkState& state) {
  population.initialised = false;
  population.assigned.assign(population.assigned.size(), false);
  for (auto& spikes : population.spikes) spikes.clear();
  const model::Neuron& neuron = *population.neuron;
  for (std::size_t i = 0; i < population.size; ++i) {
    // A draw that no step has looked at yet is not used up.
    if (state.step > 0) population.clocks[i].take_next_draw();
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
  projection.first_seen = state.step;
  for (RuleState& rule : projection.rules) {
    rule.initialised = false;
    rule.assigned.assign(rule.assigned.size(), false);
  }
}

void reset_everything(NetworkState& state) {
  for (PopulationState& population : state.populations) reset_population(population, state);
  for (ProjectionState& projection : state.projections) reset_projection(projection, state);
}

}  // namespace bouton::interpret
