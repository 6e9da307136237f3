// One step k of the network, in the order of SEMANTICS "One step k": one file per stage.
#pragma once

#include "compiler/interpret/state.h"

namespace bouton::interpret {

// Every noise and every spike draw of step k gets its value.
void draw(NetworkState& state);
// The draw that a hazard clock waits for, unless it is there.
void draw_threshold(PopulationState& population, std::size_t element, NetworkState& state);
// Time and the time since the last spike before k, which everything else may read.
void set_clocks(PopulationState& population, std::int64_t step);
// Inputs, algebraic variables, spike probabilities and spikes, in dependency order.
void evaluate(NetworkState& state);
// Rules compute from the values of stage 2 and w(k).
void learn(NetworkState& state);
// Handlers of spikes, `on step` of neurons, jumps of traces: x+(k).
void jump(NetworkState& state);
// All states from x+(k) to x(k+1), simultaneously.
void integrate(NetworkState& state);
// `bound`, `sign` and `normalise … every`.
void constrain(NetworkState& state);

// Stages 1 to 6 of the clock that the state is turned to. Stage 7 is the caller's: between this and
// `commit`, `now` holds algebraic variables and spikes of step k, `next` the states of k+1.
void compute_step(NetworkState& state);
// k := k + 1.
void commit(NetworkState& state);

}  // namespace bouton::interpret
