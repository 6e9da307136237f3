// Reading and writing parts of arrays and lists. Indices count from 0 and are whole numbers; `a ..
// b` includes both ends and is empty if b < a. An index or slice that leaves the array is an error
// that names the axis and its size.
#pragma once

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/tensor/value.h"

namespace bouton::runtime {

struct Slice {
  std::int64_t first = 0;
  std::int64_t last = -1;
};
// One subscript per axis; missing ones at the end stand for whole axes.
using Subscript = std::variant<std::int64_t, Slice>;

// An index drops its axis, a slice keeps it.
Result<Tensor> read_part(const Tensor& from, std::span<const Subscript> subscripts);
// Arrays, lists (first axis only) and spike lists by spike number (a slice only).
Result<Value> read_part(const Value& from, std::span<const Subscript> subscripts);

// Writes `part`, a scalar or an array of the shape that read_part would give.
Result<Tensor> with_part(Tensor into, std::span<const Subscript> subscripts, const Tensor& part);

// A number as an index: refuses what is not whole to 1e-9 (the tolerance of ranges) or beyond 2^53.
Result<std::int64_t> whole_number(double number);

// The numbers of `first .. last by step`, both ends included, each computed when it is asked for.
struct Range {
  double first = 0;
  double step = 1;
  std::size_t count = 0;
  [[nodiscard]] double operator[](std::size_t i) const {
    return first + static_cast<double>(i) * step;
  }
};
// (last - first)/step must be whole to 1e-9 and step must not be 0.
Result<Range> make_range(double first, double last, double step = 1.0);
// The same as an array.
Result<Tensor> elements_of(const Range& range);
Result<Tensor> range(double first, double last, double step = 1.0);

// What `for x in value` takes in turn: the elements along the first axis of an array or list.
Result<std::size_t> length_of(const Value& value);
Result<Value> item_of(const Value& value, std::size_t position);

}  // namespace bouton::runtime
