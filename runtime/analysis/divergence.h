// How far one distribution is from another.
#pragma once

#include "runtime/base/result.h"
#include "runtime/tensor/tensor.h"

namespace bouton::runtime {

// The Kullback-Leibler divergence KL(p || q) = sum of p ln(p/q), natural logarithm: 0 for a state
// with p = 0, infinite if q = 0 where p > 0. Each argument is a distribution (its sum is 1 to 1e-9)
// or counts (whole numbers), which are divided by their sum.
Result<double> divergence(const Tensor& p, const Tensor& q);

}  // namespace bouton::runtime
