// Arithmetic and comparisons of arrays, element by element. Both sides have the same shape or one
// of them is a scalar: there is no other broadcasting. Every operation is one rounding of IEEE
// double arithmetic; `mod` has the sign of the divisor; `^` is bouton's own pow. Truth values in
// arrays are 1 and 0.
#pragma once

#include "runtime/base/result.h"
#include "runtime/tensor/tensor.h"

namespace bouton::runtime {

enum class Arithmetic { Add, Subtract, Multiply, Divide, Modulo, Power };
enum class Comparison { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual };

Result<Tensor> calculate(Arithmetic operation, const Tensor& left, const Tensor& right);
Result<Tensor> compare(Comparison comparison, const Tensor& left, const Tensor& right);
[[nodiscard]] Tensor negate(const Tensor& operand);
// Every element moved into [low, high]; a nan stays one.
[[nodiscard]] Tensor clip(Tensor numbers, double low, double high);

// The two numbers of one element.
[[nodiscard]] double calculate_number(Arithmetic operation, double left, double right);
[[nodiscard]] bool compare_numbers(Comparison comparison, double left, double right);

// True if every element is not 0 (an empty array: true); how a condition reads an array of truth
// values.
[[nodiscard]] bool all_true(const Tensor& truths);

// The shape of an elementwise result, and any operation on two numbers applied to each element.
Result<Shape> combined_shape(const Tensor& left, const Tensor& right);
template <typename Operation>
Result<Tensor> combine(const Tensor& left, const Tensor& right, Operation operation) {
  const Result<Shape> shape = combined_shape(left, right);
  if (!shape) return shape.error();
  Tensor result(*shape);
  const std::size_t left_stride = left.is_scalar() ? 0 : 1;
  const std::size_t right_stride = right.is_scalar() ? 0 : 1;
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] = operation(left[i * left_stride], right[i * right_stride]);
  }
  return result;
}

// `expect a == b within e`: the largest |a - b| and its row-major position. Equal infinities differ
// by 0, a nan by inf.
struct Difference {
  double size = 0.0;
  std::size_t position = 0;
};
Result<Difference> largest_difference(const Tensor& left, const Tensor& right);

}  // namespace bouton::runtime
