// One number out of all elements of an array; sums in the order of eight partial sums by row-major
// position.
#pragma once

#include "runtime/library/arguments.h"

namespace bouton::runtime {

Result<Value> sum_of_array(const Arguments& arguments);   // of nothing: 0
Result<Value> mean_of_array(const Arguments& arguments);  // of nothing: an error, here and below
Result<Value> variance_of_array(
    const Arguments& arguments);  // mean squared deviation from the mean: divides by n
Result<Value> norm_of_array(const Arguments& arguments);  // of nothing: 0

// Of one array: its smallest or largest element. Of two: elementwise. nan if any of them is nan.
Result<Value> min_of(const Arguments& arguments);
Result<Value> max_of(const Arguments& arguments);

// The same on numbers; neither is empty.
[[nodiscard]] double mean_of(std::span<const double> numbers);
[[nodiscard]] double variance_of(std::span<const double> numbers);

}  // namespace bouton::runtime
