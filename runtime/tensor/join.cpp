#include "runtime/tensor/join.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/tensor/access.h"

namespace bouton::runtime {
namespace {

bool is_empty_vector(const Tensor& tensor) { return tensor.rank() == 1 && tensor.size() == 0; }

// Arrays of one shape that may become the elements of an array with one more axis.
bool stackable(std::span<const Value> items) {
  const auto* first = items.empty() ? nullptr : items[0].as<Tensor>();
  if (first == nullptr || first->rank() == kMaxRank) return false;
  return std::all_of(items.begin(), items.end(), [first](const Value& item) {
    const auto* tensor = item.as<Tensor>();
    return tensor != nullptr && tensor->shape() == first->shape();
  });
}

Result<Tensor> stack(std::span<const Value> items) {
  const Shape& inner = items[0].as<Tensor>()->shape();
  std::vector<std::size_t> extents{items.size()};
  extents.insert(extents.end(), inner.extents().begin(), inner.extents().end());
  const Result<Shape> shape = make_shape(extents);
  if (!shape) return shape.error();
  std::vector<double> data;
  data.reserve(shape->elements());
  for (const Value& item : items) {
    const std::vector<double>& more = item.as<Tensor>()->data();
    data.insert(data.end(), more.begin(), more.end());
  }
  return Tensor(*shape, std::move(data));
}

Result<Tensor> concat_arrays(const Tensor& left, const Tensor& right) {
  const bool fits = left.rank() == right.rank() && left.rank() > 0 &&
                    left.shape().without_first_axis() == right.shape().without_first_axis();
  if (!fits)
    return Error{fmt::format("{} cannot be joined to {}", describe(right), describe(left)), 1};
  std::vector<std::size_t> extents(left.shape().extents().begin(), left.shape().extents().end());
  extents[0] += right.shape()[0];
  const Result<Shape> shape = make_shape(extents);
  if (!shape) return shape.error();
  std::vector<double> data = left.data();
  data.insert(data.end(), right.data().begin(), right.data().end());
  return Tensor(*shape, std::move(data));
}

Result<Value> to_value(Result<Tensor> tensor) {
  if (!tensor) return tensor.error();
  return Value(std::move(*tensor));
}

Result<Value> append_to_array(const Tensor& to, const Value& item) {
  if (to.is_scalar()) return Error{"a number has no end to append to", 0};
  if (is_empty_vector(to)) return build_array({&item, 1});
  const auto* tensor = item.as<Tensor>();
  if (tensor == nullptr || tensor->shape() != to.shape().without_first_axis()) {
    return Error{fmt::format("{} cannot be appended to {}", describe(item), describe(to)), 1};
  }
  Tensor longer(to.shape().with_first_extent(to.shape()[0] + 1));
  std::copy(to.data().begin(), to.data().end(), longer.data().begin());
  std::copy(tensor->data().begin(), tensor->data().end(),
            longer.data().begin() + static_cast<std::ptrdiff_t>(to.size()));
  return Value(std::move(longer));
}

// The elements along the first axis, whatever kind of sequence it is.
Result<List> items_of(const Value& value, int argument) {
  const Result<std::size_t> length = length_of(value);
  if (!length || value.as<SpikeList>() != nullptr) {
    return Error{fmt::format("{} is no array and no list", describe(value)), argument};
  }
  List list;
  for (std::size_t i = 0; i < *length; ++i) list.items.push_back(*item_of(value, i));
  return list;
}

}  // namespace

Result<Value> build_array(std::span<const Value> items) {
  if (items.empty()) return Value(Tensor::vector({}));
  if (stackable(items)) return to_value(stack(items));
  return Value(List{{items.begin(), items.end()}});
}

Result<Value> append(const Value& to, const Value& item) {
  if (const auto* tensor = to.as<Tensor>()) return append_to_array(*tensor, item);
  const auto* list = to.as<List>();
  if (list == nullptr)
    return Error{fmt::format("{} cannot be appended to {}", describe(item), describe(to)), 0};
  List longer = *list;
  longer.items.push_back(item);
  return Value(std::move(longer));
}

Result<Value> concat(const Value& left, const Value& right) {
  const auto* left_array = left.as<Tensor>();
  const auto* right_array = right.as<Tensor>();
  if (left_array != nullptr && is_empty_vector(*left_array) && length_of(right).ok()) return right;
  if (right_array != nullptr && is_empty_vector(*right_array) && length_of(left).ok()) return left;
  if (left_array != nullptr && right_array != nullptr)
    return to_value(concat_arrays(*left_array, *right_array));
  Result<List> joined = items_of(left, 0);
  if (!joined) return joined.error();
  const Result<List> more = items_of(right, 1);
  if (!more) return more.error();
  joined->items.insert(joined->items.end(), more->items.begin(), more->items.end());
  return Value(std::move(*joined));
}

Result<Value> zip(std::span<const Value> operands) {
  List zipped;
  for (std::size_t k = 0; k < operands.size(); ++k) {
    const Result<List> items = items_of(operands[k], static_cast<int>(k));
    if (!items) return items.error();
    if (k == 0) zipped.items.assign(items->items.size(), List{});
    if (items->items.size() != zipped.items.size()) {
      return Error{fmt::format("it has {} elements, the first argument {}", items->items.size(),
                               zipped.items.size()),
                   static_cast<int>(k)};
    }
    for (std::size_t i = 0; i < items->items.size(); ++i) {
      zipped.items[i].as<List>()->items.push_back(items->items[i]);
    }
  }
  return Value(std::move(zipped));
}

}  // namespace bouton::runtime
