// Making longer values out of shorter ones, along the first axis.
#pragma once

#include <span>

#include "runtime/base/result.h"
#include "runtime/tensor/value.h"

namespace bouton::runtime {

// `[a, b, c]`: items of equal shape become an array of one more axis, anything else a list.
Result<Value> build_array(std::span<const Value> items);

// Adds one item: `append([], 3)` is [3]. A number to a vector, a row to a matrix; anything to a
// list.
Result<Value> append(const Value& to, const Value& item);

// All elements of `left`, then those of `right`; shapes agree beyond the first axis, an empty
// vector fits any.
Result<Value> concat(const Value& left, const Value& right);

// A list of lists: item k holds element k of every operand. All have the same length.
Result<Value> zip(std::span<const Value> operands);

}  // namespace bouton::runtime
