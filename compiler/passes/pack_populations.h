// Packs small populations that compute alike: see Note [Packed populations] in
// compiler/plan/packs.h.
#pragma once

#include "compiler/plan/plan.h"

namespace bouton::passes {

// Adds packs of kMostPacked neurons at most for populations of which something dear can be executed
// together in each step of some schedule, where it neither rests nor is looked up. What is cheap is
// not worth it: it takes longer in one wide vector than neuron by neuron (bench/README.md). Their
// lengths have to be known.
void pack_populations(plan::Plan& plan);

}  // namespace bouton::passes
