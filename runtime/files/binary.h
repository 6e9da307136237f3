// Arrays in binary files: numpy's .npy (versions 1 and 2, C order, little-endian) and plain
// little-endian doubles. A file that is shorter or longer than its shape says, and a nan, are
// refused.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/base/result.h"
#include "runtime/tensor/tensor.h"

namespace bouton::runtime {

// float64, float32, booleans and whole numbers up to 64 bits, as far as a double holds them
// exactly.
Result<Tensor> read_npy(std::string_view bytes);

// Without a shape: a vector of all numbers.
Result<Tensor> read_f64(std::string_view bytes, const std::optional<Shape>& shape);

}  // namespace bouton::runtime
