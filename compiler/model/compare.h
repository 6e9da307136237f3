// Comparisons of two numbers, for everyone who evaluates expressions of the model.
#pragma once

#include <optional>

#include "compiler/model/expr.h"

namespace bouton::model {

// Nothing if `op` does not compare.
template <typename Number>
[[nodiscard]] constexpr std::optional<bool> compare(BinaryOp op, Number left, Number right) {
  switch (op) {
    case BinaryOp::Equal:
      return left == right;
    case BinaryOp::NotEqual:
      return left != right;
    case BinaryOp::Less:
      return left < right;
    case BinaryOp::LessEqual:
      return left <= right;
    case BinaryOp::Greater:
      return left > right;
    case BinaryOp::GreaterEqual:
      return left >= right;
    default:
      return std::nullopt;
  }
}

}  // namespace bouton::model
