#include "runtime/library/sequences.h"

#include "runtime/tensor/access.h"
#include "runtime/tensor/join.h"

namespace bouton::runtime {

Result<Value> length_of_argument(const Arguments& arguments) {
  const Result<std::size_t> length = length_of(arguments.values[0]);
  if (!length) return length.error();
  return Value(static_cast<double>(*length));
}

Result<Value> zip_arguments(const Arguments& arguments) { return zip(arguments.values); }

Result<Value> concat_arguments(const Arguments& arguments) {
  Result<Value> joined = arguments.values[0];
  for (std::size_t i = 1; i < arguments.values.size(); ++i) {
    joined = concat(*joined, arguments.values[i]);
    if (!joined) return argument_error(i, joined.error().message);
  }
  return joined;
}

Result<Value> append_argument(const Arguments& arguments) {
  return append(arguments.values[0], arguments.values[1]);
}

}  // namespace bouton::runtime
