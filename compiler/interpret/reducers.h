// Samples in time reduced to one value, element by element. Sums run over the sample number in the
// order of SEMANTICS 24.
#pragma once

#include <vector>

#include "compiler/model/experiment.h"
#include "runtime/base/result.h"
#include "runtime/tensor/tensor.h"

namespace bouton::interpret {

// Mean, sum, variance, min, max, last, samples. All samples have one shape; a reducer that needs
// one refuses none.
[[nodiscard]] runtime::Result<runtime::Tensor> reduce(model::Reducer reducer,
                                                      const std::vector<runtime::Tensor>& samples);

}  // namespace bouton::interpret
