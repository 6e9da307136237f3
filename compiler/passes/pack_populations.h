// Packs small populations of one neuron type: see Note [Packed populations] in
// compiler/plan/packs.h.
#pragma once

#include "compiler/plan/plan.h"

namespace bouton::passes {

// Neurons of a pack at most: what a vector of doubles holds.
inline constexpr std::int64_t kMostPacked = 8;

// Adds a pack for populations that compute something dear in each step of some schedule, which
// neither rests nor is looked up there. What is cheap is not worth it: it takes longer in one wide
// vector than neuron by neuron (bench/README.md). Their lengths have to be known.
void pack_populations(plan::Plan& plan);

}  // namespace bouton::passes
