#include "runtime/library/random_arrays.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/random/draws.h"
#include "runtime/random/truncated_normal.h"
#include "runtime/random/uniform.h"
#include "runtime/tensor/access.h"

namespace bouton::runtime {
namespace {

std::uint64_t words_of(const RandomCall& call, std::uint64_t element) {
  return random::draw_two_words(call.seed, call.stream.bits, element, call.reached);
}

double uniform_number(const RandomCall& call, std::size_t element) {
  return random::uniform53(words_of(call, element));
}

struct Law {
  double first;   // low or mean
  double second;  // high or deviation
};
Result<Law> law_arguments(const Arguments& arguments) {
  const Result<double> first = number_argument(arguments, 0);
  if (!first) return first.error();
  if (!std::isfinite(*first)) return argument_error(0, fmt::format("{} is not finite", *first));
  const Result<double> second = number_argument(arguments, 1);
  if (!second) return second.error();
  if (!std::isfinite(*second)) return argument_error(1, fmt::format("{} is not finite", *second));
  return Law{*first, *second};
}

Result<Law> normal_law(const Arguments& arguments) {
  const Result<Law> law = law_arguments(arguments);
  if (law && law->second < 0.0)
    return argument_error(1, fmt::format("the deviation {} is negative", law->second));
  return law;
}

std::size_t index_below(std::size_t length, const RandomCall& call, std::size_t element) {
  const double position = uniform_number(call, element) * static_cast<double>(length);
  return std::min(static_cast<std::size_t>(position), length - 1);
}

// The chosen elements along the first axis, in the order of `positions`.
Value gather(const Tensor& from, const std::vector<std::size_t>& positions) {
  const std::size_t row = from.shape().without_first_axis().elements();
  Tensor chosen(from.shape().with_first_extent(positions.size()));
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const auto begin = from.data().begin() + static_cast<std::ptrdiff_t>(positions[i] * row);
    std::copy_n(begin, row, chosen.data().begin() + static_cast<std::ptrdiff_t>(i * row));
  }
  return chosen;
}
Value gather(const List& from, const std::vector<std::size_t>& positions) {
  List chosen;
  for (const std::size_t position : positions) chosen.items.push_back(from.items[position]);
  return chosen;
}
Value gather(const Value& from, const std::vector<std::size_t>& positions) {
  if (const auto* list = from.as<List>()) return gather(*list, positions);
  return gather(*from.as<Tensor>(), positions);
}

Result<std::size_t> sequence_length(const Arguments& arguments, std::size_t index) {
  const Value& value = arguments.values[index];
  const Result<std::size_t> length = length_of(value);
  if (!length || value.as<SpikeList>() != nullptr) {
    return argument_error(index,
                          fmt::format("an array or a list is needed, not {}", describe(value)));
  }
  return length;
}

}  // namespace

Result<Value> uniform_array(const Arguments& arguments) {
  const Result<Law> law = law_arguments(arguments);
  if (!law) return law.error();
  if (law->second < law->first) {
    return argument_error(
        1, fmt::format("the upper end {} is below the lower end {}", law->second, law->first));
  }
  const Result<Shape> shape = shape_argument(arguments, 2);
  if (!shape) return shape.error();
  Tensor numbers(*shape);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (arguments.watch.is_cancelled_at(i)) return cancelled_error();
    numbers[i] = law->first + (law->second - law->first) * uniform_number(arguments.random, i);
  }
  return Value(std::move(numbers));
}

Result<Value> normal_array(const Arguments& arguments) {
  const Result<Law> law = normal_law(arguments);
  if (!law) return law.error();
  const Result<Shape> shape = shape_argument(arguments, 2);
  if (!shape) return shape.error();
  Tensor numbers(*shape);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (arguments.watch.is_cancelled_at(i)) return cancelled_error();
    numbers[i] = law->first + law->second * random::standard_normal(words_of(arguments.random, i));
  }
  return Value(std::move(numbers));
}

Result<Value> truncated_normal_array(const Arguments& arguments) {
  const Result<Law> law = normal_law(arguments);
  if (!law) return law.error();
  const Result<double> bound = number_argument(arguments, 2);
  if (!bound) return bound.error();
  if (!(*bound >= 0.0))
    return argument_error(2, fmt::format("the bound {} is not a number from 0 on", *bound));
  const Result<Shape> shape = shape_argument(arguments, 3);
  if (!shape) return shape.error();
  Tensor numbers(*shape);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (arguments.watch.is_cancelled_at(i)) return cancelled_error();
    const RandomCall& call = arguments.random;
    const std::optional<double> number = random::truncated_normal(
        {law->first, law->second, *bound}, {call.seed, call.stream, i, call.reached});
    if (!number) {
      return argument_error(2, fmt::format("the bound {} is far too small for the deviation {}",
                                           *bound, law->second));
    }
    numbers[i] = *number;
  }
  return Value(std::move(numbers));
}

Result<Value> shuffle_items(const Arguments& arguments) {
  const Result<std::size_t> length = sequence_length(arguments, 0);
  if (!length) return length.error();
  std::vector<std::size_t> positions(*length);
  std::iota(positions.begin(), positions.end(), std::size_t{0});
  for (std::size_t i = *length; i-- > 1;) {
    std::swap(positions[i], positions[index_below(i + 1, arguments.random, i)]);
  }
  return gather(arguments.values[0], positions);
}

Result<Value> draw_items(const Arguments& arguments) {
  const Result<std::size_t> count = count_argument(arguments, 0);
  if (!count) return count.error();
  if (*count > kMaxElements)
    return argument_error(0, fmt::format("{} draws are more than 2^31", *count));
  const Result<std::size_t> length = sequence_length(arguments, 1);
  if (!length) return length.error();
  if (*length == 0 && *count > 0)
    return argument_error(1, "nothing can be drawn from an empty sequence");
  std::vector<std::size_t> positions(*count);
  for (std::size_t i = 0; i < positions.size(); ++i)
    positions[i] = index_below(*length, arguments.random, i);
  return gather(arguments.values[1], positions);
}

}  // namespace bouton::runtime
