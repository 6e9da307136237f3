// Stages Evaluate and Integrate: what every step computes for all neurons.
#pragma once

#include "compiler/lower/lowering.h"
#include "compiler/lower/step_groups.h"

namespace bouton::lower {

// Psps and sums of inputs, and one kernel for each group of values.
[[nodiscard]] std::vector<plan::Item> lower_evaluation(Lowering& lowering,
                                                       const std::vector<StepGroup>& groups);

// x(k+1) of all states with an equation, simultaneously.
[[nodiscard]] std::vector<plan::Item> lower_integration(Lowering& lowering);

}  // namespace bouton::lower
