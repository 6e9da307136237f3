#include "runtime/library/arguments.h"

#include <fmt/format.h>

#include <vector>

#include "runtime/tensor/access.h"

namespace bouton::runtime {

Error argument_error(std::size_t index, std::string message) {
  return Error{std::move(message), static_cast<int>(index)};
}

Result<const Tensor*> array_argument(const Arguments& arguments, std::size_t index) {
  const Value& value = arguments.values[index];
  const auto* tensor = value.as<Tensor>();
  if (tensor == nullptr)
    return argument_error(index, fmt::format("an array is needed, not {}", describe(value)));
  return tensor;
}

Result<const Tensor*> matrix_argument(const Arguments& arguments, std::size_t index) {
  const Value& value = arguments.values[index];
  const auto* tensor = value.as<Tensor>();
  if (tensor == nullptr || tensor->rank() != 2) {
    return argument_error(index, fmt::format("a matrix is needed, not {}", describe(value)));
  }
  return tensor;
}

Result<double> number_argument(const Arguments& arguments, std::size_t index) {
  const Value& value = arguments.values[index];
  const auto* tensor = value.as<Tensor>();
  if (tensor == nullptr || !tensor->is_scalar()) {
    return argument_error(index, fmt::format("a number is needed, not {}", describe(value)));
  }
  return tensor->scalar();
}

Result<std::size_t> count_argument(const Arguments& arguments, std::size_t index) {
  const Result<double> number = number_argument(arguments, index);
  if (!number) return number.error();
  const Result<std::int64_t> whole = whole_number(*number);
  if (!whole) return argument_error(index, whole.error().message);
  if (*whole < 0) return argument_error(index, fmt::format("{} is negative", *whole));
  return static_cast<std::size_t>(*whole);
}

Result<Shape> shape_argument(const Arguments& arguments, std::size_t index) {
  const Value& value = arguments.values[index];
  const auto* tensor = value.as<Tensor>();
  if (tensor == nullptr || tensor->rank() != 1) {
    return argument_error(
        index, fmt::format("a shape is needed, such as `[3, 4]`, not {}", describe(value)));
  }
  std::vector<std::size_t> extents;
  for (const double number : tensor->data()) {
    const Result<std::int64_t> whole = whole_number(number);
    if (!whole) return argument_error(index, whole.error().message);
    if (*whole < 0) return argument_error(index, fmt::format("the extent {} is negative", *whole));
    extents.push_back(static_cast<std::size_t>(*whole));
  }
  Result<Shape> shape = make_shape(extents);
  if (!shape) return argument_error(index, shape.error().message);
  return shape;
}

}  // namespace bouton::runtime
