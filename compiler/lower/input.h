// Inputs: sums over the spikes that arrive through psp(s), and over what neurons send in each step
// (SEMANTICS 9, 10, 24). Where psp(s) is constant on an interval the sum is exact, in fixed point;
// else it is eight partial sums.
#pragma once

#include <set>

#include "compiler/lower/expression.h"

namespace bouton::lower {

// Projections that contribute nothing.
using Silent = std::set<elaborate::ProjectionId>;

// The projections that end at an input, in order of declaration.
[[nodiscard]] std::vector<elaborate::ProjectionId> projections_to(
    const Lowering& lowering, elaborate::PopulationId population, model::SymbolId input);

// What stage 2 computes for a projection before the kernel that reads its input.
[[nodiscard]] std::vector<plan::Item> lower_input_sum(Lowering& lowering,
                                                      elaborate::ProjectionId projection);

// The input itself, in a kernel over the population: the sums in order of declaration.
[[nodiscard]] Value lower_input(elaborate::PopulationId population, model::SymbolId input,
                                const Silent& silent, Emitter& emit);

// Whether an input is the sum of the step before: of a variable with a dendritic delay. Spikes wait
// in their queues (arrival.h) instead.
[[nodiscard]] bool receives_sum_late(const elaborate::Projection& projection);

}  // namespace bouton::lower
