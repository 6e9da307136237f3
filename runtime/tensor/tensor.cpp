#include "runtime/tensor/tensor.h"

#include "runtime/base/check.h"

namespace bouton::runtime {

Tensor::Tensor(Shape shape, double fill) : shape_(shape), data_(shape.elements(), fill) {}

Tensor::Tensor(Shape shape, std::vector<double> data) : shape_(shape), data_(std::move(data)) {
  require(data_.size() == shape_.elements(), "an array has as many numbers as its shape says");
}

Tensor Tensor::vector(std::vector<double> data) {
  const std::size_t length = data.size();
  return Tensor(Shape{length}, std::move(data));
}

}  // namespace bouton::runtime
