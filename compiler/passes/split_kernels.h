// Splits a kernel into what follows from stored columns alone and the rest, where the first part is
// dear. A neuron's rate follows from its inputs; its hazard clock goes on in every step. In a
// kernel of its own the rate can rest while no input changes (compiler/plan/unchanged.h).
#pragma once

#include "compiler/plan/plan.h"

namespace bouton::passes {

void split_kernels(plan::Plan& plan);

}  // namespace bouton::passes
