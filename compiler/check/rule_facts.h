// What a typed rule does, read off its handlers and equations.
#pragma once

#include <functional>
#include <string_view>

#include "compiler/model/dynamics.h"

namespace bouton::check {

[[nodiscard]] bool writes_weight(const model::Rule& rule);

// Whether the rule or one of its traces has a handler for spikes of that side.
[[nodiscard]] bool waits_for(const model::Rule& rule, model::Side side);

// Calls `expr` for every expression of the rule, not for its parts, and `assign` for every
// assignment of its handlers.
struct RuleVisitor {
  std::function<void(const model::Expr&)> expr;
  std::function<void(const model::HandlerAssign&)> assign;
};
void visit_rule(const model::Rule& rule, const RuleVisitor& visitor);

// Whether the rule reads `prev(pre.x)` or `pre.x'`.
[[nodiscard]] bool reads_last_value(const model::Rule& rule, model::Side side,
                                    std::string_view field);

}  // namespace bouton::check
