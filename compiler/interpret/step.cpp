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
    population.before = population.now;
    for (std::size_t i = 0; i < population.size; ++i)
      for (const model::State& variable : population.neuron->states)
        population.now.at(i, variable.symbol) = population.next.at(i, variable.symbol);
  }
  state.step += 1;
}

}  // namespace bouton::interpret
