// Every function that an experiment can call on its values, by name: one line in functions.def and
// one small function in the file of its kind. Interpreter and compiled programs share them, so both
// get the same bits.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "runtime/base/result.h"
#include "runtime/library/arguments.h"
#include "runtime/random/stream.h"
#include "runtime/tensor/value.h"

namespace bouton::runtime {

struct Function {
  std::string_view name;
  int min_arguments;
  int max_arguments;                      // -1: any number
  std::optional<random::DrawKind> draws;  // of random functions: names the stream
  Result<Value> (*call)(const Arguments&);
};

[[nodiscard]] std::span<const Function> functions();
[[nodiscard]] const Function* find_function(std::string_view name);

// Checks the number of arguments, then calls.
Result<Value> call_function(const Function& function, const Arguments& arguments);

}  // namespace bouton::runtime
