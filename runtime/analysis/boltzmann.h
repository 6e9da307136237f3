// The Boltzmann distribution of binary neurons by enumeration of all states: p(z) ~ exp(z.W.z/2 +
// b.z), z in {0, 1}.
#pragma once

#include "runtime/base/result.h"
#include "runtime/base/watch.h"
#include "runtime/tensor/tensor.h"

namespace bouton::runtime {

struct Boltzmann {
  Tensor probabilities;  // [2^n], by state number: the first neuron is the most significant bit
  Tensor marginals;      // [n], <z_i>
  Tensor coactivation;   // [n, n], <z_i z_j>; the diagonal holds the marginals, since z^2 = z
};

// W is [n, n] (only its symmetric part matters) and b is [n]; n is 1 to 24.
Result<Boltzmann> boltzmann(const Tensor& weights, const Tensor& biases, Watch watch = {});

}  // namespace bouton::runtime
