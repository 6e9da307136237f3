// The order in which a neuron's algebraic variables are computed within a step.
//
// A variable depends on those it reads without prev(), on the right-hand side of a state whose
// slope it reads, and on the spike test if it reads `spiked` or `spike_probability`.
#pragma once

#include "compiler/check/context.h"
#include "compiler/model/dynamics.h"

namespace bouton::check {

// Sorts neuron.algebraics; the order of the text among those that do not depend on each other. A
// cycle is reported as the chain `a -> b -> a` and leaves the order as it is.
void sort_algebraics(model::Neuron& neuron, Context& context);

}  // namespace bouton::check
