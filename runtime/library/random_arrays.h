// Arrays of random numbers, and random choices from sequences. Element i of the result depends on
// the seed, the call's stream, how often the call was reached, and i (the row-major position) only:
// never on the order of evaluation.
#pragma once

#include "runtime/library/arguments.h"

namespace bouton::runtime {

Result<Value> uniform_array(const Arguments& arguments);  // low, high, shape
Result<Value> normal_array(const Arguments& arguments);   // mean, deviation, shape

// mean, deviation, bound, shape: mean + normal(0, deviation), redrawn while that normal number
// exceeds the bound in size (runtime/random/truncated_normal.h). A deviation of 0 gives the mean.
Result<Value> truncated_normal_array(const Arguments& arguments);

// A permutation (Fisher and Yates, from the end: step i swaps elements i and floor(U_i (i + 1))),
// and n elements drawn with replacement (number k is element floor(U_k length)).
Result<Value> shuffle_items(const Arguments& arguments);
Result<Value> draw_items(const Arguments& arguments);

}  // namespace bouton::runtime
