// Calls a function of the language by its name, as the interpreter does.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "runtime/library/functions.h"

namespace bouton::runtime {

inline Result<Value> call(std::string_view name, const std::vector<Value>& values,
                          RandomCall random = {}) {
  const Function* function = find_function(name);
  if (function == nullptr) return Error{"no such function"};
  return call_function(*function, {values, random});
}

}  // namespace bouton::runtime
