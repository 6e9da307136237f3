#include "runtime/hdf5/padded.h"

#include <cmath>
#include <functional>
#include <numeric>

namespace bouton::runtime::hdf5 {
namespace {

// Where an element of an array stands in the larger one.
std::size_t place_of(std::size_t element, std::span<const std::size_t> own,
                     std::span<const std::size_t> extents) {
  std::size_t place = 0;
  std::size_t step = 1;
  for (std::size_t rest = element, axis = own.size(); axis-- > 0; rest /= own[axis]) {
    place += rest % own[axis] * step;
    step *= extents[axis];
  }
  return place;
}

}  // namespace

std::vector<double> padded(const Tensor& tensor, std::span<const std::size_t> extents) {
  const std::size_t size =
      std::accumulate(extents.begin(), extents.end(), std::size_t{1}, std::multiplies<>());
  std::vector<double> cells(size, std::nan(""));
  const auto own = tensor.shape().extents();
  for (std::size_t i = 0; i < tensor.size(); ++i)
    cells[place_of(i, own, extents)] = tensor.data()[i];
  return cells;
}

Tensor cut_out(std::span<const double> cells, std::span<const std::size_t> extents,
               const Shape& shape) {
  Tensor tensor(shape);
  const auto own = shape.extents();
  for (std::size_t i = 0; i < tensor.size(); ++i)
    tensor.data()[i] = cells[place_of(i, own, extents)];
  return tensor;
}

}  // namespace bouton::runtime::hdf5
