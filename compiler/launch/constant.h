// The value of an expression of numbers and units, such as `0.1/s` or `2*(10 ms)`, with the
// arithmetic of the language: what a parameter's default gives that is written so.
#pragma once

#include <string>
#include <variant>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/units/dimension.h"
#include "runtime/tensor/value.h"

namespace bouton::launch {

struct Constant {
  runtime::Value value;
  units::Dimension dimension;
};

// 0, or an array of nothing else, without a unit: it fits every unit.
[[nodiscard]] bool is_plain_zero(const runtime::Value& value, units::Dimension dimension);

// Why there is none; positions count within the text.
struct NoConstant {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string headline;
  std::string hint;
};

// Refuses names of parameters, random numbers and files: what it means must stand on the command
// line. `text` has been parsed as one expression.
[[nodiscard]] std::variant<Constant, NoConstant> evaluate_constant(const std::string& text);

}  // namespace bouton::launch
