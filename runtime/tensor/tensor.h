// An array of real numbers, row-major, rank 0 to 4: what the experiment's own statements compute
// with. Numbers are doubles here whatever the program's precision; the interpreter and the compiled
// program's host executor share this code.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "runtime/tensor/shape.h"

namespace bouton::runtime {

class Tensor {
 public:
  Tensor() : data_(1, 0.0) {}  // the scalar 0
  Tensor(double scalar)
      : data_(1, scalar) {}  // NOLINT: implicit by design, a scalar is an array of rank 0
  explicit Tensor(Shape shape, double fill = 0.0);
  Tensor(Shape shape, std::vector<double> data);   // as many numbers as the shape has elements
  static Tensor vector(std::vector<double> data);  // rank 1

  [[nodiscard]] const Shape& shape() const { return shape_; }
  [[nodiscard]] std::size_t rank() const { return shape_.rank(); }
  [[nodiscard]] std::size_t size() const { return data_.size(); }
  [[nodiscard]] bool is_scalar() const { return shape_.rank() == 0; }
  [[nodiscard]] double scalar() const { return data_.front(); }

  // By row-major position, and by row and column of a matrix.
  [[nodiscard]] double operator[](std::size_t position) const { return data_[position]; }
  double& operator[](std::size_t position) { return data_[position]; }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const {
    return data_[row * shape_[1] + column];
  }
  double& at(std::size_t row, std::size_t column) { return data_[row * shape_[1] + column]; }

  [[nodiscard]] const std::vector<double>& data() const { return data_; }
  std::vector<double>& data() { return data_; }

  // Same shape and equal numbers (so nan differs from itself and -0 equals 0).
  friend bool operator==(const Tensor&, const Tensor&) = default;

 private:
  Shape shape_;
  std::vector<double> data_;
};

}  // namespace bouton::runtime
