#include "compiler/interpret/initialise.h"

#include <algorithm>

namespace bouton::interpret {

namespace {

void initialise_neuron(PopulationState& population, std::size_t index, NetworkState& state) {
  const Frame frame = neuron_frame(population, index, state);
  Slot* now = population.now.row(index);
  Slot* before = population.before.row(index);
  for (const model::State& variable : population.neuron->states) {
    const std::uint32_t symbol = variable.symbol.value;
    if (!population.assigned[symbol])
      now[symbol] = elaborate::evaluate_slot(variable.initial, frame);
    before[symbol] = now[symbol];
  }
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

void initialise_synapse(RuleState& rule, const ProjectionState& projection, std::size_t post,
                        std::size_t pre, NetworkState& state) {
  const std::size_t synapse = projection.synapse(post, pre);
  const elaborate::Projection& between = *projection.projection;
  const Frame pre_frame = neuron_frame(state.population(between.pre.population),
                                       static_cast<std::size_t>(between.pre.first) + pre, state);
  const Frame post_frame = neuron_frame(state.population(between.post.population),
                                        static_cast<std::size_t>(between.post.first) + post, state);
  Frame frame = rule_frame(rule, synapse, state);
  frame.pre = &pre_frame;
  frame.post = &post_frame;
  Slot* slots = rule.slots.row(synapse);
  for (const model::State& variable : rule.rule->states)
    if (!rule.assigned[variable.symbol.value])
      slots[variable.symbol.value] = elaborate::evaluate_slot(variable.initial, frame);
  for (std::size_t t = 0; t < rule.traces.size(); ++t)
    rule.traces[t][synapse] = {elaborate::evaluate_real(rule.rule->traces[t].initial, frame),
                               state.step};
}

void initialise_rule(RuleState& rule, const ProjectionState& projection, NetworkState& state) {
  for (std::size_t post = 0; post < projection.posts; ++post)
    for (std::size_t pre = 0; pre < projection.pres; ++pre)
      if (projection.exists[projection.synapse(post, pre)])
        initialise_synapse(rule, projection, post, pre, state);
  for (OnPairState& pair : rule.pairs)
    if (pair.window) std::ranges::fill(pair.traces, silent_traces(*pair.window));
  rule.assigned.assign(rule.assigned.size(), false);
  rule.initialised = true;
}

// Until the next run a variable that starts with a plain number shows it.
Slot shown_initial(const model::State& variable, const Network& network) {
  const auto* number = std::get_if<model::Number>(&variable.initial.node);
  return number == nullptr ? Slot{} : Slot{network.arithmetic().round(number->value), 0};
}

}  // namespace

void initialise(NetworkState& state) {
  for (PopulationState& population : state.populations)
    if (!population.initialised) initialise_population(population, state);
  for (ProjectionState& projection : state.projections)
    for (RuleState& rule : projection.rules)
      if (!rule.initialised) initialise_rule(rule, projection, state);
}

void reset_population(PopulationState& population, const NetworkState& state) {
  population.initialised = false;
  population.assigned.assign(population.assigned.size(), false);
  for (auto& spikes : population.spikes) spikes.clear();
  const model::Neuron& neuron = *population.neuron;
  for (std::size_t i = 0; i < population.size; ++i) {
    // A draw that no step has looked at yet is not used up.
    if (state.step > 0) population.clocks[i].take_next_draw();
    for (const model::State& variable : neuron.states)
      population.now.at(i, variable.symbol) = shown_initial(variable, *state.network);
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
    for (const model::State& variable : rule.rule->states)
      for (std::size_t s = 0; s < projection.exists.size(); ++s)
        rule.slots.at(s, variable.symbol) =
            projection.exists[s] ? shown_initial(variable, *state.network) : Slot{};
  }
}

void reset_everything(NetworkState& state) {
  for (PopulationState& population : state.populations) reset_population(population, state);
  for (ProjectionState& projection : state.projections) reset_projection(projection, state);
}

}  // namespace bouton::interpret
