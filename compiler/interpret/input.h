// What a neuron receives (SEMANTICS 9, 10, 24): the sum over projections in order of declaration,
// each a sum over presynaptic neurons. Through a psp that is constant on an interval it is an exact
// integer sum, else eight partial sums. Of a continuous variable (11): sums of w_ij(k) x_j(k - A),
// D steps later.
#pragma once

#include "compiler/interpret/state.h"

namespace bouton::interpret {

// Sets the input of every neuron of the population for the current step.
void sum_input(PopulationId population, model::SymbolId input, NetworkState& state);

// After stage 2: continuous variables with a dendritic delay set out with the weights of this step.
void send_variables(NetworkState& state);

}  // namespace bouton::interpret
