// The law of exact neural samplers that are updated all at once, without sampling: the stationary
// distribution of the Markov chain of their times since the last spike.
//
// Written from the definition (Buesing et al. 2011, with synchronous updates) alone: a neuron is
// active in the tau steps after a spike, may fire again in the last of them, and fires with
// probability logistic(u - ln tau), u from the neurons that are active in the same step.
#pragma once

#include <vector>

#include "runtime/tensor/tensor.h"

namespace bouton::numeric {

struct BoltzmannMachine {
  runtime::Tensor weights;  // [post, pre], symmetric
  std::vector<double> biases;
};

// Of joint states, the first neuron the most significant bit. Works on (tau + 1)^n states: for two
// or three neurons. To 1e-12.
[[nodiscard]] std::vector<double> synchronous_distribution(const BoltzmannMachine& machine,
                                                           int tau);

// What it would be if neurons were updated one after the other: p(z) ~ exp(z.W.z/2 + b.z).
[[nodiscard]] std::vector<double> boltzmann_distribution(const BoltzmannMachine& machine);

// Half the sum of absolute differences.
[[nodiscard]] double total_variation(const std::vector<double>& p, const std::vector<double>& q);

}  // namespace bouton::numeric
