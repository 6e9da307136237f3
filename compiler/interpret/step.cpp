#include "compiler/interpret/step.h"

namespace bouton::interpret {

void compute_step(NetworkState& state) {
  draw(state);
  evaluate(state);
  learn(state);
  jump(state);
  integrate(state);
  constrain(state);
}

void commit(NetworkState& state) {
  for (PopulationState& population : state.populations) {
    if (!state.steps_now(population)) continue;
    if (!population.past.empty()) {
      population.past.push_front(population.before);
      population.past.pop_back();
    }
    population.before = population.now;
    for (std::size_t i = 0; i < population.size; ++i)
      for (const model::State& variable : population.neuron->states)
        population.now.at(i, variable.symbol) = population.next.at(i, variable.symbol);
  }
  for (ProjectionState& projection : state.projections)
    for (RuleState& rule : projection.rules)
      if (rule.reads_past && state.steps_now(projection)) rule.before = rule.stage_two;
  state.step = ++state.steps[state.clock.value];
}

}  // namespace bouton::interpret
