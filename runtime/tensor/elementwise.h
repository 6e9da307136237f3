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

// The two numbers of one element.
[[nodiscard]] double calculate_number(Arithmetic operation, double left, double right);
[[nodiscard]] bool compare_numbers(Comparison comparison, double left, double right);

// True if every element is not 0 (an empty array: true); how a condition reads an array of truth
// values.
[[nodiscard]] bool all_true(const Tensor& truths);

// `expect a == b within e`: the largest |a - b| and its row-major position. Equal infinities differ
// by 0, a nan by inf.
struct Difference {
  double size = 0.0;
  std::size_t position = 0;
};
Result<Difference> largest_difference(const Tensor& left, const Tensor& right);

}  // namespace bouton::runtime
