// What an expression of a neuron or rule is worth inside a kernel: a constant known now, or a value
// of the kernel. The expression's type says which kind of constant it can be.
#pragma once

#include <cstdint>
#include <variant>

#include "compiler/plan/ids.h"

namespace bouton::lower {

// A real, a number of steps, a truth value, or an SSA value of any of these.
using Value = std::variant<double, std::int64_t, bool, plan::ValueId>;

template <typename T>
[[nodiscard]] const T* constant_of(const Value& value) {
  return std::get_if<T>(&value);
}

}  // namespace bouton::lower
