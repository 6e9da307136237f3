// What a tape of recorded draws may hold.
#pragma once

#include <optional>

#include "runtime/base/run_errors.h"
#include "runtime/tensor/tensor.h"

namespace bouton::runtime {

// The first number of `rows`, of shape [draw, neuron], that is no uniform number in [0, 1].
[[nodiscard]] std::optional<RunError> find_bad_draw(const Tensor& rows);

}  // namespace bouton::runtime
