// What `learn`, `silence` and `reset` name: a population, projection, rule of a projection,
// circuit, whole family or some of its members.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/check/owner.h"

namespace bouton::check {

struct TargetUse {
  model::Target target;
  std::optional<OwnerPath> owner;         // nothing for a circuit
  const ast::Identifier* rule = nullptr;  // of `learn W.hebb`
};

// `what` is the statement's word.
[[nodiscard]] std::optional<TargetUse> resolve_target_of(const ast::Expr& expr,
                                                         std::string_view what, BodyContext& body);

}  // namespace bouton::check
