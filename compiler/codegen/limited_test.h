// Spike tests of the form U < logistic(a) in the bodies of kernels.
#pragma once

#include <optional>

#include "compiler/codegen/kernel.h"

namespace bouton::codegen {

struct LimitedTest {
  plan::ValueId word;      // drawn in each step
  plan::ValueId argument;  // of the function
  plan::ValueId below;     // whether the neuron would spike
  OpSet exactly;           // what nobody else reads: the probability, its checks, the comparison
};

// Nothing if there is none, if anything but checks that hold for all probabilities reads the
// probability, or in single precision. See Note [Spike limits] in runtime/random/spike_limit.h.
[[nodiscard]] std::optional<LimitedTest> find_limited_test(const plan::Plan& plan,
                                                           const plan::Kernel& kernel);

}  // namespace bouton::codegen
