// What a neuron receives (SEMANTICS 9, 10, 24): the sum over projections in order of declaration,
// each a sum over presynaptic neurons. Through a psp that is constant on an interval it is an exact
// integer sum, else eight partial sums.
#pragma once

#include "compiler/interpret/state.h"

namespace bouton::interpret {

// Sets the input of every neuron of the population for the current step.
void sum_input(PopulationId population, model::SymbolId input, NetworkState& state);

}  // namespace bouton::interpret
