// Assignments: to variables of the experiment, and to parameters, states and weights of the
// network. `a = e` never declares.
#pragma once

#include "compiler/check/quantity.h"

namespace bouton::check {

[[nodiscard]] std::optional<model::Assign> check_assignment(const ast::Assignment& assignment,
                                                            BodyContext& body);

// What stands left of `=`, also of `clip` and `normalise`: a variable, or a quantity that may be
// assigned, with indices behind it. A whole family or a range of it stands for all its members.
struct Target {
  model::Expr expr;
  Type type;
  std::string name;                  // `W.hebb.amplitude`
  std::vector<model::Expr> indices;  // all of them, in order
};
[[nodiscard]] std::optional<Target> check_target(const ast::Expr& expr, BodyContext& body);

}  // namespace bouton::check
