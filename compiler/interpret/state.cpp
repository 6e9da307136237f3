#include "compiler/interpret/state.h"

#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/elaborate/decay.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/parameter_values.h"
#include "compiler/interpret/filter.h"

namespace bouton::interpret {

namespace {

using runtime::random::DrawKind;

std::vector<const model::Expr*> derivatives_of(const std::vector<model::State>& states,
                                               std::size_t symbols) {
  std::vector<const model::Expr*> derivatives(symbols, nullptr);
  for (const model::State& state : states)
    if (state.derivative) derivatives[state.symbol.value] = &*state.derivative;
  return derivatives;
}

void set_timestep(model::SymbolId symbol, double timestep, Slot* row) {
  if (symbol.valid()) row[symbol.value].real = timestep;
}

PredefinedSymbols predefined_symbols(const model::Scope& scope) {
  PredefinedSymbols symbols;
  for (const model::SymbolId id : scope.all().ids()) switch (scope[id].kind) {
      case model::SymbolKind::Time:
        symbols.time = id;
        break;
      case model::SymbolKind::SinceSpike:
        symbols.since_spike = id;
        break;
      case model::SymbolKind::Spiked:
        symbols.spiked = id;
        break;
      case model::SymbolKind::SpikeProbability:
        symbols.spike_probability = id;
        break;
      default:
        break;
    }
  return symbols;
}

DrawKind spike_draws(const model::Neuron& neuron) {
  const bool rate = neuron.spike && neuron.spike->form == model::SpikeTest::Form::Rate;
  return rate ? DrawKind::SpikeRate : DrawKind::SpikeProbability;
}

void fill_neurons(PopulationState& state, const Network& network) {
  for (std::size_t i = 0; i < state.size; ++i)
    for (SlotTable* table : {&state.now, &state.before, &state.next}) {
      elaborate::fill_parameter_slots(state.population->parameters, i,
                                      {table->row(i), table->symbols()});
      set_timestep(state.neuron->timestep, network.rounded_timestep(), table->row(i));
    }
}

PopulationState build_population(const elaborate::Population& population, const Network& network) {
  PopulationState state;
  state.population = &population;
  state.neuron = &network.neuron_of(population);
  state.predefined = predefined_symbols(state.neuron->scope);
  state.size = static_cast<std::size_t>(population.size);
  const std::size_t symbols = state.neuron->scope.all().size();
  state.now = state.before = state.next = SlotTable(state.size, symbols);
  state.derivatives = derivatives_of(state.neuron->states, symbols);
  state.functions = elaborate::functions_of(population.parameters, symbols);
  state.assigned.resize(symbols);
  state.spikes.resize(state.size);
  state.clocks.resize(state.size);
  state.uniforms.resize(state.size);
  state.spike_stream =
      runtime::random::stream_of(population.name + ".spike", spike_draws(*state.neuron));
  for (const model::Noise& noise : state.neuron->noises) {
    const std::string name = population.name + "." + state.neuron->scope[noise.symbol].name;
    state.noises.push_back({&noise, runtime::random::stream_of(name, DrawKind::Noise), {}});
  }
  state.clock = network.circuits[population.circuit].clock;
  state.filters = build_filters(population, *state.neuron);
  fill_neurons(state, network);
  return state;
}

OnPairState build_on_pair(const model::OnPair& handler, const model::Rule& rule,
                          std::size_t synapses, const Network& network) {
  OnPairState state{&handler, std::nullopt, kNever, {}};
  if (handler.pairing.kind != model::Pairing::Kind::All) return state;
  auto window = elaborate::decompose_window(rule, handler, network.arithmetic());
  if (auto* found = std::get_if<elaborate::PairWindow>(&window)) {
    state.window = std::move(*found);
    state.traces.assign(synapses, silent_traces(*state.window));
  }
  return state;
}

void build_items(RuleState& state, std::size_t synapses, const Network& network) {
  for (const model::RuleItem& item : state.rule->items) {
    if (const auto* pair = std::get_if<model::OnPair>(&item.node))
      state.pairs.push_back(build_on_pair(*pair, *state.rule, synapses, network));
    const bool always = std::holds_alternative<model::OnStep>(item.node) ||
                        std::holds_alternative<model::RuleEquation>(item.node);
    state.acts_every_step = state.acts_every_step || always;
  }
}

bool reads_past(const model::Rule& rule) {
  bool found = false;
  const auto look = [&](const model::Expr& part) {
    found = found || std::holds_alternative<model::Previous>(part.node);
  };
  for (const model::TraceDecl& trace : rule.traces) {
    elaborate::walk(trace.derivative, look);
    if (trace.on_pre) elaborate::walk(*trace.on_pre, look);
    if (trace.on_post) elaborate::walk(*trace.on_post, look);
  }
  for (const model::RuleItem& item : rule.items)
    match(
        item.node, [&](const model::OnPair& pair) { elaborate::walk(pair.body, look); },
        [&](const model::OnSpikeOf& spike) { elaborate::walk(spike.body, look); },
        [&](const model::OnStep& step) { elaborate::walk(step.body, look); },
        [&](const model::RuleEquation& equation) { elaborate::walk(equation.value, look); });
  return found;
}

RuleState build_rule(const elaborate::RuleInstance& instance,
                     const elaborate::Projection& projection, std::size_t synapses,
                     const Network& network) {
  RuleState state;
  state.projection = &projection;
  state.instance = &instance;
  state.rule = &network.program->rules[instance.rule];
  const std::size_t symbols = state.rule->scope.all().size();
  state.slots = SlotTable(synapses, symbols);
  state.derivatives = derivatives_of(state.rule->states, symbols);
  state.functions = elaborate::functions_of(instance.parameters, symbols);
  state.assigned.resize(symbols);
  for (std::size_t s = 0; s < synapses; ++s) {
    elaborate::fill_parameter_slots(instance.parameters, s, {state.slots.row(s), symbols});
    set_timestep(state.rule->timestep, network.rounded_timestep(), state.slots.row(s));
  }
  for (const model::TraceDecl& trace : state.rule->traces) {
    state.traces.emplace_back(synapses);
    state.trace_time_constants.push_back(
        elaborate::decay_time_constant(trace.derivative, trace.symbol, state.rule->scope));
  }
  build_items(state, synapses, network);
  state.reads_past = reads_past(*state.rule);
  if (state.reads_past) state.stage_two = state.before = state.slots;
  return state;
}

ProjectionState build_projection(const elaborate::Projection& projection, const Network& network) {
  ProjectionState state;
  state.projection = &projection;
  state.posts = static_cast<std::size_t>(projection.post.count);
  state.pres = static_cast<std::size_t>(projection.pre.count);
  const std::size_t synapses = state.posts * state.pres;
  state.weights.assign(synapses, 0.0);
  state.exists.assign(synapses, false);
  for (std::size_t post = 0; post < state.posts; ++post)
    for (std::size_t pre = 0; pre < state.pres; ++pre) {
      const std::size_t s = state.synapse(post, pre);
      state.exists[s] = elaborate::has_synapse(projection, static_cast<std::int64_t>(post),
                                               static_cast<std::int64_t>(pre));
      if (state.exists[s]) state.weights[s] = projection.initial_weight;
    }
  for (const elaborate::RuleInstance& rule : projection.rules)
    state.rules.push_back(build_rule(rule, projection, synapses, network));
  state.clock = network.clock_of(projection.post.population);
  if (projection.pre_variable)
    state.under_way.assign(static_cast<std::size_t>(projection.delays.dendritic),
                           std::vector<double>(state.posts));
  return state;
}

// How many steps back the rules and continuous projections of a population read it: `prev(pre.x)`
// across a delay is one step further back than the delay.
void keep_past(NetworkState& state) {
  const auto reach = [&](PopulationId id, std::int64_t delay) {
    PopulationState& population = state.population(id);
    const std::size_t steps = std::max(population.past.size(), static_cast<std::size_t>(delay));
    population.past.resize(steps, population.before);
  };
  for (const elaborate::Projection& projection : state.network->projections) {
    reach(projection.pre.population, projection.delays.axonal);
    reach(projection.post.population, projection.delays.backprop);
  }
}

}  // namespace

bool PopulationState::spiked_at(std::size_t neuron_index, std::int64_t step) const {
  const auto& steps = spikes[neuron_index];
  if (steps.empty() || steps.back() < step) return false;
  return std::ranges::binary_search(steps, step);
}

NetworkState build_state(const Network& network) {
  NetworkState state;
  state.network = &network;
  for (const elaborate::Population& population : network.populations)
    state.populations.push_back(build_population(population, network));
  for (const elaborate::Projection& projection : network.projections)
    state.projections.push_back(build_projection(projection, network));
  for (const ProjectionState& projection : state.projections)
    state.activity.learning.emplace_back(projection.rules.size(), true);
  state.activity.silent.resize(state.projections.size());
  state.activity.silent_populations.resize(state.populations.size());
  state.steps.assign(network.clocks, 0);
  state.running.assign(network.clocks, false);
  keep_past(state);
  update_views(state);
  return state;
}

void update_views(NetworkState& state) {
  for (ProjectionState& view : state.projections) {
    if (!view.projection->tie) continue;
    const elaborate::Tie& tie = *view.projection->tie;
    const ProjectionState& of = state.projection(tie.to);
    for (std::size_t post = 0; post < view.posts; ++post)
      for (std::size_t pre = 0; pre < view.pres; ++pre) {
        const std::size_t s = view.synapse(post, pre);
        const double weight = of.weights[tie.transposed ? of.synapse(pre, post) : s];
        if (view.exists[s])
          view.weights[s] = state.network->arithmetic().multiply(tie.scale, weight);
      }
  }
}

void locate_problem(NetworkState& state) {
  if (!state.problem || state.problem_is_located) return;
  state.problem_is_located = true;
  const Computing& at = state.computing;
  runtime::Element element;
  ClockId clock = state.clock;
  if (at.population != nullptr) {
    element = {at.population->name, static_cast<std::int64_t>(at.index)};
    clock = state.network->circuits[at.population->circuit].clock;
  }
  if (at.projection != nullptr) {
    clock = state.network->clock_of(at.projection->post.population);
    const auto pres = static_cast<std::size_t>(at.projection->pre.count);
    element = {at.projection->name, static_cast<std::int64_t>(at.index / pres),
               static_cast<std::int64_t>(at.index % pres)};
  }
  state.problem->message =
      runtime::located({state.problem->message, ""}, element, state.steps[clock.value]).message;
}

void complain(source::Span span, runtime::RunError error, const elaborate::Population& population,
              std::size_t index, NetworkState& state) {
  locate_problem(state);
  if (state.problem) return;
  state.computing = {&population, nullptr, index};
  state.problem = problem_at(span, std::move(error));
  locate_problem(state);
}

Frame neuron_frame(const PopulationState& population, std::size_t index, NetworkState& state) {
  return delayed_frame(population, index, 0, state);
}

Frame delayed_frame(const PopulationState& population, std::size_t index, std::int64_t delay,
                    NetworkState& state) {
  locate_problem(state);
  state.computing = {population.population, nullptr, index};
  Frame frame = elaborate::frame_of(*state.network, state.problem);
  frame.now = population.at_delay(delay).row(index);
  frame.before = population.at_delay(delay + 1).row(index);
  frame.derivatives = population.derivatives;
  frame.functions = population.functions;
  return frame;
}

Frame rule_frame(const RuleState& rule, std::size_t synapse, NetworkState& state) {
  locate_problem(state);
  state.computing = {nullptr, rule.projection, synapse};
  Frame frame = elaborate::frame_of(*state.network, state.problem);
  frame.now = rule.slots.row(synapse);
  if (rule.reads_past) frame.before = rule.before.row(synapse);
  frame.derivatives = rule.derivatives;
  frame.functions = rule.functions;
  frame.partners = rule.instance->partners;
  return frame;
}

}  // namespace bouton::interpret
