// Operators of the experiment's expressions on values of the runtime.
#pragma once

#include <optional>

#include "compiler/elaborate/problem.h"
#include "compiler/model/dynamics.h"
#include "runtime/tensor/elementwise.h"
#include "runtime/tensor/value.h"

namespace bouton::elaborate {

[[nodiscard]] Outcome<runtime::Value> apply_unary(model::UnaryOp op, const runtime::Value& operand,
                                                  source::Span span);
[[nodiscard]] Outcome<runtime::Value> apply_binary(model::BinaryOp op, const runtime::Value& left,
                                                   const runtime::Value& right, source::Span span);

// `false and …`, `true or …`: the other side is not looked at.
[[nodiscard]] std::optional<bool> decided_by_left(model::BinaryOp op, const runtime::Value& left);

// `target op value` of an assignment.
[[nodiscard]] Outcome<runtime::Value> apply_assignment(model::AssignOp op,
                                                       const runtime::Value& target,
                                                       const runtime::Value& value,
                                                       source::Span span);

}  // namespace bouton::elaborate
