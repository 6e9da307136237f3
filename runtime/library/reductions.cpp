#include "runtime/library/reductions.h"

#include "runtime/math/math.h"
#include "runtime/sum/eight_sums.h"
#include "runtime/tensor/elementwise.h"
#include "runtime/tensor/sum_of.h"

namespace bouton::runtime {
namespace {

Result<const Tensor*> filled_argument(const Arguments& arguments) {
  const Result<const Tensor*> array = array_argument(arguments, 0);
  if (array && (*array)->size() == 0) return argument_error(0, "the array is empty");
  return array;
}

template <typename Choose>
Result<Value> extreme(const Arguments& arguments, Choose choose) {
  const Result<const Tensor*> array = filled_argument(arguments);
  if (!array) return array.error();
  double best = (**array)[0];
  for (const double number : (*array)->data()) best = choose(best, number);
  return Value(best);
}

template <typename Choose>
Result<Value> choose_elementwise(const Arguments& arguments, Choose choose) {
  const Result<const Tensor*> left = array_argument(arguments, 0);
  if (!left) return left.error();
  const Result<const Tensor*> right = array_argument(arguments, 1);
  if (!right) return right.error();
  Result<Tensor> chosen = combine(**left, **right, choose);
  if (!chosen) return chosen.error();
  return Value(std::move(*chosen));
}

double smaller(double a, double b) { return math::min(a, b); }
double larger(double a, double b) { return math::max(a, b); }

}  // namespace

double mean_of(std::span<const double> numbers) {
  return sum_of(numbers) / static_cast<double>(numbers.size());
}

double variance_of(std::span<const double> numbers) {
  const double mean = mean_of(numbers);
  sum::EightSums<double> squares;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const double deviation = numbers[i] - mean;
    squares.add(i, deviation * deviation);
  }
  return squares.total() / static_cast<double>(numbers.size());
}

Result<Value> sum_of_array(const Arguments& arguments) {
  const Result<const Tensor*> array = array_argument(arguments, 0);
  if (!array) return array.error();
  return Value(sum_of((*array)->data()));
}

Result<Value> mean_of_array(const Arguments& arguments) {
  const Result<const Tensor*> array = filled_argument(arguments);
  if (!array) return array.error();
  return Value(mean_of((*array)->data()));
}

Result<Value> variance_of_array(const Arguments& arguments) {
  const Result<const Tensor*> array = filled_argument(arguments);
  if (!array) return array.error();
  return Value(variance_of((*array)->data()));
}

Result<Value> norm_of_array(const Arguments& arguments) {
  const Result<const Tensor*> array = array_argument(arguments, 0);
  if (!array) return array.error();
  sum::EightSums<double> squares;
  for (std::size_t i = 0; i < (*array)->size(); ++i) squares.add(i, (**array)[i] * (**array)[i]);
  return Value(math::sqrt(squares.total()));
}

Result<Value> min_of(const Arguments& arguments) {
  if (arguments.values.size() == 2) return choose_elementwise(arguments, smaller);
  return extreme(arguments, smaller);
}

Result<Value> max_of(const Arguments& arguments) {
  if (arguments.values.size() == 2) return choose_elementwise(arguments, larger);
  return extreme(arguments, larger);
}

}  // namespace bouton::runtime
