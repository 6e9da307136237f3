#include "runtime/host/missing_synapses.h"

namespace bouton::runtime {

namespace {

void clear_diagonal(Tensor& cells, std::int64_t shift) {
  const auto rows = static_cast<std::int64_t>(cells.shape()[0]);
  const auto columns = static_cast<std::int64_t>(cells.shape()[1]);
  for (std::int64_t row = 0; row < rows; ++row)
    if (row + shift >= 0 && row + shift < columns)
      cells.at(static_cast<std::size_t>(row), static_cast<std::size_t>(row + shift)) = 0;
}

void keep_diagonal(Tensor& cells) {
  for (std::size_t row = 0; row < cells.shape()[0]; ++row)
    for (std::size_t column = 0; column < cells.shape()[1]; ++column)
      if (row != column) cells.at(row, column) = 0;
}

}  // namespace

void clear_missing(Tensor& matrix, const MissingSynapses& missing) {
  if (missing.diagonal) clear_diagonal(matrix, *missing.diagonal);
  if (missing.off_diagonal) keep_diagonal(matrix);
}

}  // namespace bouton::runtime
