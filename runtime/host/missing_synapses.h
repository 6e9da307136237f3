// Synapses that a projection does not have, in its matrix [post, pre].
#pragma once

#include "runtime/program/expression.h"
#include "runtime/tensor/tensor.h"

namespace bouton::runtime {

// They read 0.
void clear_missing(Tensor& matrix, const MissingSynapses& missing);

}  // namespace bouton::runtime
