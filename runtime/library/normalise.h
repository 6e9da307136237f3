// Scaling of weights so that the sums of their sizes are given: `normalise W.w per post to 5`.
#pragma once

#include "runtime/tensor/tensor.h"

namespace bouton::runtime {

// Each row (per post neuron) or column (per pre neuron) of [post, pre] is scaled so that its sum of
// absolute values, in the order of eight partial sums, is `to`. Rows of zeros stay.
[[nodiscard]] Tensor normalise(Tensor weights, bool per_post, double to);

}  // namespace bouton::runtime
