// Spike tests of the form U < logistic(a) in the bodies of kernels.
#pragma once

#include <optional>
#include <vector>

#include "compiler/plan/plan.h"

namespace bouton::plan {

struct LimitedTest {
  ValueId word;      // drawn in each step
  ValueId argument;  // of the function
  ValueId below;     // whether the neuron would spike
  // By op: the probability, its checks and the comparison, which nothing else reads; constants.
  std::vector<bool> exactly;
};

// Nothing if there is none over one axis without reductions, if anything but checks that hold for
// all probabilities reads the probability, or in single precision. See Note [Spike limits] in
// runtime/random/spike_limit.h.
[[nodiscard]] std::optional<LimitedTest> find_limited_test(const Plan& plan, const Kernel& kernel);

}  // namespace bouton::plan
