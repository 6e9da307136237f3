// Stage 2. In dependency order over all populations, as elaboration has found it.
#include <algorithm>
#include <cmath>

#include "compiler/elaborate/steps.h"
#include "compiler/interpret/filter.h"
#include "compiler/interpret/input.h"
#include "compiler/interpret/step.h"

namespace bouton::interpret {

namespace {

using Form = model::SpikeTest::Form;

// k - k_last; longer than every duration before the first spike.
std::int64_t since_last(const PopulationState& population, std::size_t index,
                        const NetworkState& state) {
  if (population.spikes[index].empty()) return kNever;
  return state.step - population.last_spike(index);
}

// k - k_last >= max(1, T/timestep).
bool is_eligible(const PopulationState& population, std::size_t index, const Frame& frame,
                 NetworkState& state) {
  const auto& refractory = population.neuron->refractory;
  if (!refractory) return true;
  const model::Expr& duration = refractory->duration;
  if (duration.type.kind == model::Kind::Steps)
    return since_last(population, index, state) >=
           std::max<std::int64_t>(1, elaborate::evaluate_steps(duration, frame));
  const auto steps = elaborate::to_steps(elaborate::evaluate_real(duration, frame), frame.timestep,
                                         duration.span, frame.arithmetic);
  if (!steps) {
    complain(duration.span, {steps.problem().message, steps.problem().hint}, *population.population,
             index, state);
    return false;
  }
  return since_last(population, index, state) >= std::max<std::int64_t>(1, *steps);
}

struct SpikeDecision {
  double probability = 0.0;
  bool spiked = false;
};

SpikeDecision decide_by_probability(const PopulationState& population, std::size_t index,
                                    const Frame& frame, NetworkState& state) {
  const bool eligible = is_eligible(population, index, frame, state);
  const model::Expr& value = population.neuron->spike->value;
  const double p = elaborate::evaluate_real(value, frame);
  if (!(p >= 0.0 && p <= 1.0))
    complain(value.span, runtime::bad_spike_probability(p), *population.population, index, state);
  return {p, population.uniforms[index] < p && eligible};
}

SpikeDecision decide_by_rate(PopulationState& population, std::size_t index, const Frame& frame,
                             NetworkState& state) {
  const bool eligible = is_eligible(population, index, frame, state);
  const model::Expr& value = population.neuron->spike->value;
  const double gain =
      frame.arithmetic.multiply(elaborate::evaluate_real(value, frame), frame.timestep);
  if (!is_hazard_gain(gain))
    complain(value.span, runtime::bad_spike_rate(gain), *population.population, index, state);
  const double probability = -frame.arithmetic.expm1(-gain);
  if (!eligible) return {probability, false};
  HazardClock& clock = population.clocks[index];
  clock.gained += hazard_gain(gain);
  const bool due = clock.due();
  if (due) {
    clock.take_next_draw();
    draw_threshold(population, index, state);
  }
  return {probability, due};
}

SpikeDecision decide_by_condition(const PopulationState& population, std::size_t index,
                                  const Frame& frame, NetworkState& state) {
  const bool eligible = is_eligible(population, index, frame, state);
  const bool holds = elaborate::evaluate_truth(population.neuron->spike->value, frame);
  return {holds ? 1.0 : 0.0, holds && eligible};
}

void test_spikes(PopulationState& population, NetworkState& state) {
  const model::Neuron& neuron = *population.neuron;
  const PredefinedSymbols& symbols = population.predefined;
  for (std::size_t i = 0; i < population.size; ++i) {
    const Frame frame = neuron_frame(population, i, state);
    SpikeDecision decision;
    switch (neuron.spike->form) {
      case Form::Probability:
        decision = decide_by_probability(population, i, frame, state);
        break;
      case Form::Rate:
        decision = decide_by_rate(population, i, frame, state);
        break;
      case Form::Condition:
        decision = decide_by_condition(population, i, frame, state);
        break;
    }
    if (symbols.spike_probability.valid())
      population.now.at(i, symbols.spike_probability).real = decision.probability;
    if (symbols.spiked.valid()) population.now.at(i, symbols.spiked).real = decision.spiked ? 1 : 0;
    if (decision.spiked) population.spikes[i].push_back(state.step);
  }
}

void evaluate_algebraic(PopulationState& population, model::SymbolId symbol, NetworkState& state) {
  const auto& algebraics = population.neuron->algebraics;
  const auto variable = std::ranges::find(algebraics, symbol, &model::Algebraic::symbol);
  const auto filter = std::ranges::find(population.filters, symbol, &FilterState::variable);
  for (std::size_t i = 0; i < population.size; ++i) {
    const Frame frame = neuron_frame(population, i, state);
    population.now.at(i, symbol) = filter != population.filters.end()
                                       ? Slot{filtered(*filter, i, frame), 0}
                                       : elaborate::evaluate_slot(variable->value, frame);
  }
}

void take_filter_input(PopulationState& population, model::SymbolId symbol, NetworkState& state) {
  FilterState& filter = *std::ranges::find(population.filters, symbol, &FilterState::variable);
  for (std::size_t i = 0; i < population.size; ++i)
    take_input(filter, i, neuron_frame(population, i, state));
}

}  // namespace

void set_clocks(PopulationState& population, std::int64_t step) {
  const PredefinedSymbols& neuron = population.predefined;
  for (std::size_t i = 0; i < population.size; ++i) {
    if (neuron.time.valid()) population.now.at(i, neuron.time).steps = step;
    if (!neuron.since_spike.valid()) continue;
    const bool ever = !population.spikes[i].empty();
    population.now.at(i, neuron.since_spike).steps =
        ever ? step - population.last_spike(i) : kNever;
  }
}

void evaluate(NetworkState& state) {
  using What = elaborate::StepItem::What;
  for (PopulationState& population : state.populations)
    if (state.steps_now(population)) set_clocks(population, state.step);
  for (const elaborate::StepItem& item : state.network->step_order) {
    PopulationState& population = state.population(item.population);
    if (!state.steps_now(population)) continue;
    switch (item.what) {
      case What::Input:
        sum_input(item.population, item.symbol, state);
        break;
      case What::Algebraic:
        evaluate_algebraic(population, item.symbol, state);
        break;
      case What::FilterInput:
        take_filter_input(population, item.symbol, state);
        break;
      case What::SpikeTest:
        test_spikes(population, state);
        break;
    }
  }
  send_variables(state);
}

}  // namespace bouton::interpret
