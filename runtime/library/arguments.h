// How the functions of the language receive and check their arguments. Messages complete "argument
// 2 of `uniform`: …"; the caller, who knows the call, writes that part and the position.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "runtime/base/result.h"
#include "runtime/base/watch.h"
#include "runtime/random/stream.h"
#include "runtime/tensor/value.h"

namespace bouton::runtime {

// Which random numbers a call gets (SEMANTICS: random numbers). The stream is that of the call's
// site and of the function's kind of draw (Function::draws); `reached` says how many times this
// call was reached before.
struct RandomCall {
  std::uint64_t seed = 0;
  random::StreamId stream{};
  std::uint64_t reached = 0;
};

struct Arguments {
  std::span<const Value> values;
  RandomCall random;  // read by random functions only
  Watch watch = {};
};

Result<const Tensor*> array_argument(const Arguments& arguments, std::size_t index);
Result<const Tensor*> matrix_argument(const Arguments& arguments, std::size_t index);
Result<double> number_argument(const Arguments& arguments, std::size_t index);
// A number of things: whole, and at least 0.
Result<std::size_t> count_argument(const Arguments& arguments, std::size_t index);
// A vector of extents, such as `[n, n]`.
Result<Shape> shape_argument(const Arguments& arguments, std::size_t index);

[[nodiscard]] Error argument_error(std::size_t index, std::string message);

}  // namespace bouton::runtime
