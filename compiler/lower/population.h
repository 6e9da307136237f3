// Populations: their neuron axis and the columns of parameters, states and stored values.
#pragma once

#include "compiler/lower/lowering.h"
#include "compiler/lower/step_groups.h"

namespace bouton::lower {

void add_populations(Lowering& lowering, const StoredValues& stored);

// x(k) of states whose value of the step before is read, kept in stage Evaluate.
[[nodiscard]] std::vector<plan::Item> keep_states(Lowering& lowering);

}  // namespace bouton::lower
