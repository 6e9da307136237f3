// Arrays of different shapes and the same rank, each within one that has room for all of them.
#pragma once

#include <span>
#include <vector>

#include "runtime/tensor/tensor.h"

namespace bouton::runtime::hdf5 {

// Cells outside of the array are NaN. `extents`: of what has room for it.
[[nodiscard]] std::vector<double> padded(const Tensor& tensor,
                                         std::span<const std::size_t> extents);
// The array of a given shape again.
[[nodiscard]] Tensor cut_out(std::span<const double> cells, std::span<const std::size_t> extents,
                             const Shape& shape);

}  // namespace bouton::runtime::hdf5
