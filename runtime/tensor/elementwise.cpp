#include "runtime/tensor/elementwise.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "runtime/base/check.h"
#include "runtime/math/math.h"

namespace bouton::runtime {
namespace {

// The remainder with the sign of the divisor. std::fmod is exact by IEEE 754, so it is the same
// everywhere.
double modulo(double left, double right) {
  const double remainder = std::fmod(left, right);
  if (remainder != 0.0 && (remainder < 0.0) != (right < 0.0)) return remainder + right;
  return remainder;
}

double difference(double left, double right) {
  if (left == right) return 0.0;  // equal infinities have no difference, though inf - inf is nan
  const double size = std::fabs(left - right);
  return std::isnan(size) ? std::numeric_limits<double>::infinity() : size;
}

}  // namespace

Result<Shape> combined_shape(const Tensor& left, const Tensor& right) {
  if (left.is_scalar()) return right.shape();
  if (right.is_scalar() || left.shape() == right.shape()) return left.shape();
  return Error{
      fmt::format("shapes {} and {} differ: elementwise operations need equal shapes or a scalar",
                  print_shape(left.shape()), print_shape(right.shape()))};
}

double calculate_number(Arithmetic operation, double left, double right) {
  switch (operation) {
    case Arithmetic::Add:
      return left + right;
    case Arithmetic::Subtract:
      return left - right;
    case Arithmetic::Multiply:
      return left * right;
    case Arithmetic::Divide:
      return left / right;
    case Arithmetic::Modulo:
      return modulo(left, right);
    case Arithmetic::Power:
      return math::pow(left, right);
  }
  require(false, "unknown arithmetic operation");
  return 0.0;
}

bool compare_numbers(Comparison comparison, double left, double right) {
  switch (comparison) {
    case Comparison::Equal:
      return left == right;
    case Comparison::NotEqual:
      return left != right;
    case Comparison::Less:
      return left < right;
    case Comparison::LessEqual:
      return left <= right;
    case Comparison::Greater:
      return left > right;
    case Comparison::GreaterEqual:
      return left >= right;
  }
  require(false, "unknown comparison");
  return false;
}

Result<Tensor> calculate(Arithmetic operation, const Tensor& left, const Tensor& right) {
  return combine(left, right,
                 [operation](double a, double b) { return calculate_number(operation, a, b); });
}

Result<Tensor> compare(Comparison comparison, const Tensor& left, const Tensor& right) {
  return combine(left, right, [comparison](double a, double b) {
    return compare_numbers(comparison, a, b) ? 1.0 : 0.0;
  });
}

Tensor negate(const Tensor& operand) {
  Tensor result = operand;
  for (double& number : result.data()) number = -number;
  return result;
}

Tensor clip(Tensor numbers, double low, double high) {
  for (double& number : numbers.data()) {
    if (number < low) number = low;
    if (number > high) number = high;
  }
  return numbers;
}

bool all_true(const Tensor& truths) {
  for (const double truth : truths.data()) {
    if (truth == 0.0) return false;
  }
  return true;
}

Result<Difference> largest_difference(const Tensor& left, const Tensor& right) {
  const Result<Tensor> sizes = combine(left, right, difference);
  if (!sizes) return sizes.error();
  Difference largest;
  for (std::size_t i = 0; i < sizes->size(); ++i) {
    if ((*sizes)[i] > largest.size) largest = {(*sizes)[i], i};
  }
  return largest;
}

}  // namespace bouton::runtime
