#include "runtime/library/matrices.h"

#include <fmt/format.h>

#include <algorithm>
#include <numbers>

#include "runtime/library/arc_cosine.h"
#include "runtime/library/reductions.h"
#include "runtime/math/math.h"
#include "runtime/sum/eight_sums.h"

namespace bouton::runtime {
namespace {

Result<const Tensor*> square_argument(const Arguments& arguments, std::size_t index) {
  const Result<const Tensor*> matrix = matrix_argument(arguments, index);
  if (matrix && (*matrix)->shape()[0] != (*matrix)->shape()[1]) {
    return argument_error(
        index, fmt::format("a square matrix is needed, not {}", describe(arguments.values[index])));
  }
  return matrix;
}

std::vector<double> differences_of_pairs(const Tensor& matrix) {
  const std::size_t size = matrix.shape()[0];
  std::vector<double> differences;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = i + 1; j < size; ++j)
      differences.push_back(matrix.at(i, j) - matrix.at(j, i));
  }
  return differences;
}

// A vector stands for one row on the left and for one column on the right.
struct Factor {
  const Tensor* tensor;
  std::size_t rows;
  std::size_t columns;
};
Result<Factor> left_factor(const Arguments& arguments) {
  const Result<const Tensor*> array = array_argument(arguments, 0);
  if (!array) return array.error();
  const Tensor& tensor = **array;
  if (tensor.rank() == 1) return Factor{&tensor, 1, tensor.shape()[0]};
  if (tensor.rank() == 2) return Factor{&tensor, tensor.shape()[0], tensor.shape()[1]};
  return argument_error(
      0, fmt::format("a matrix or a vector is needed, not {}", describe(arguments.values[0])));
}
Result<Factor> right_factor(const Arguments& arguments) {
  const Result<const Tensor*> array = array_argument(arguments, 1);
  if (!array) return array.error();
  const Tensor& tensor = **array;
  if (tensor.rank() == 1) return Factor{&tensor, tensor.shape()[0], 1};
  if (tensor.rank() == 2) return Factor{&tensor, tensor.shape()[0], tensor.shape()[1]};
  return argument_error(
      1, fmt::format("a matrix or a vector is needed, not {}", describe(arguments.values[1])));
}

double product_element(const Factor& left, const Factor& right, std::size_t row,
                       std::size_t column) {
  const double* weights = left.tensor->data().data() + row * left.columns;
  const double* activity = right.tensor->data().data() + column;
  return sum::dot<double>({weights, left.columns, 1},
                          {activity, right.rows, static_cast<std::ptrdiff_t>(right.columns)});
}

Shape product_shape(const Factor& left, const Factor& right) {
  const bool keeps_rows = left.tensor->rank() == 2;
  const bool keeps_columns = right.tensor->rank() == 2;
  if (keeps_rows && keeps_columns) return {left.rows, right.columns};
  if (keeps_rows) return {left.rows};
  if (keeps_columns) return {right.columns};
  return {};
}

double dot(const Tensor& a, const Tensor& b) {
  return sum::dot<double>({a.data().data(), a.size(), 1}, {b.data().data(), b.size(), 1});
}

}  // namespace

Result<Value> transpose_of(const Arguments& arguments) {
  const Result<const Tensor*> matrix = matrix_argument(arguments, 0);
  if (!matrix) return matrix.error();
  const Tensor& from = **matrix;
  Tensor result(Shape{from.shape()[1], from.shape()[0]});
  for (std::size_t i = 0; i < from.shape()[0]; ++i) {
    for (std::size_t j = 0; j < from.shape()[1]; ++j) result.at(j, i) = from.at(i, j);
  }
  return Value(std::move(result));
}

Result<Value> mirror_of(const Arguments& arguments) {
  const Result<const Tensor*> matrix = square_argument(arguments, 0);
  if (!matrix) return matrix.error();
  Tensor result((*matrix)->shape());
  const std::size_t size = result.shape()[0];
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = i + 1; j < size; ++j)
      result.at(i, j) = result.at(j, i) = (*matrix)->at(i, j);
  }
  return Value(std::move(result));
}

Result<Value> upper_of(const Arguments& arguments) {
  const Result<const Tensor*> matrix = square_argument(arguments, 0);
  if (!matrix) return matrix.error();
  std::vector<double> numbers;
  const std::size_t size = (*matrix)->shape()[0];
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = i + 1; j < size; ++j) numbers.push_back((*matrix)->at(i, j));
  }
  return Value(Tensor::vector(std::move(numbers)));
}

Result<Value> matrix_product(const Arguments& arguments) {
  const Result<Factor> left = left_factor(arguments);
  if (!left) return left.error();
  const Result<Factor> right = right_factor(arguments);
  if (!right) return right.error();
  if (left->columns != right->rows) {
    return argument_error(1, fmt::format("it has {} rows, the first argument {} columns",
                                         right->rows, left->columns));
  }
  Tensor result(product_shape(*left, *right));
  for (std::size_t row = 0; row < left->rows; ++row) {
    if (arguments.watch.is_cancelled()) return cancelled_error();
    for (std::size_t column = 0; column < right->columns; ++column) {
      result[row * right->columns + column] = product_element(*left, *right, row, column);
    }
  }
  return Value(std::move(result));
}

Result<Value> angle_between(const Arguments& arguments) {
  const Result<const Tensor*> a = array_argument(arguments, 0);
  if (!a) return a.error();
  const Result<const Tensor*> b = array_argument(arguments, 1);
  if (!b) return b.error();
  if ((*a)->shape() != (*b)->shape()) {
    return argument_error(
        1, fmt::format("it is {}, the first argument {}", describe(**b), describe(**a)));
  }
  const double lengths = math::sqrt(dot(**a, **a)) * math::sqrt(dot(**b, **b));
  if (lengths == 0.0) return Error{"an array of zeros has no direction"};
  const double cosine = std::clamp(dot(**a, **b) / lengths, -1.0, 1.0);
  return Value(arc_cosine(cosine) * (180.0 / std::numbers::pi));
}

Result<Value> asymmetry_of(const Arguments& arguments) {
  const Result<const Tensor*> matrix = square_argument(arguments, 0);
  if (!matrix) return matrix.error();
  const std::vector<double> differences = differences_of_pairs(**matrix);
  if (differences.empty()) return argument_error(0, "one neuron has no pair of weights");
  return Value(variance_of(differences));
}

}  // namespace bouton::runtime
