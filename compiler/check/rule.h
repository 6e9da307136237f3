// Plasticity rules: parameters, states and traces of a synapse, handlers, equations, bounds. A rule
// is generic in the dimension of its weight and of what it reads of its partners.
#pragma once

#include "compiler/ast/component.h"
#include "compiler/check/context.h"
#include "compiler/check/interfaces.h"
#include "compiler/model/dynamics.h"

namespace bouton::check {

struct CheckedRule {
  model::Rule model;
  RuleInterface interface;
};

[[nodiscard]] CheckedRule check_rule(const ast::Component& rule, Context& context);

}  // namespace bouton::check
