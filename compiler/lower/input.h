// Inputs: sums over the spikes that arrive through psp(s) (SEMANTICS 9, 10, 24). Where psp(s) is
// constant on an interval the sum is exact, in fixed point; else it is eight partial sums.
#pragma once

#include "compiler/lower/expression.h"

namespace bouton::lower {

// What stage 2 computes for the projections that end at an input, before the kernel that reads it.
[[nodiscard]] std::vector<plan::Item> lower_input_sums(Lowering& lowering,
                                                       elaborate::PopulationId population,
                                                       model::SymbolId input);

// The input itself, in a kernel over the population: the sums in order of declaration.
[[nodiscard]] Value lower_input(elaborate::PopulationId population, model::SymbolId input,
                                Emitter& emit);

}  // namespace bouton::lower
