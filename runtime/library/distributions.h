// Distributions over the states of binary neurons.
#pragma once

#include "runtime/library/arguments.h"

namespace bouton::runtime {

// A record of `probabilities`, `marginals` and `coactivation`.
Result<Value> boltzmann_of(const Arguments& arguments);

// Each argument is such a record (its probabilities count), a distribution, or counts of states.
Result<Value> divergence_of(const Arguments& arguments);

}  // namespace bouton::runtime
