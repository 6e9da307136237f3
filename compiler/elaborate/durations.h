// Durations that are known before the experiment runs: whole numbers of steps, positive where time
// has to pass (SEMANTICS 8).
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Run durations, `every`, `after` of the experiment's statements.
void check_statement_durations(Builder& builder);

// `refractory` and every duration that a neuron or rule compares time with, for the parameter
// values that the network starts with.
void check_dynamics_durations(Builder& builder);

}  // namespace bouton::elaborate
