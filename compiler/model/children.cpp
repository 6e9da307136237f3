#include "compiler/model/children.h"

#include "compiler/base/match.h"

namespace bouton::model {

namespace {

using Visit = std::function<void(const Expr&)>;

void visit_all(const std::vector<Expr>& exprs, const Visit& visit) {
  for (const Expr& expr : exprs) visit(expr);
}

void visit_call(const Call& node, const Visit& visit) {
  visit_all(node.arguments, visit);
  for (const NamedArgument& argument : node.named) visit(*argument.value);
  if (node.site) visit_all((*node.site)->indices, visit);
}

void visit_range(const Range& node, const Visit& visit) {
  visit(*node.first);
  visit(*node.last);
  if (node.by) visit(**node.by);
}

}  // namespace

void for_each_child(const Expr& expr, const Visit& visit) {
  match(
      expr.node, [](const Number&) {}, [](const Truth&) {}, [](const Text&) {}, [](const Ref&) {},
      [](const Previous&) {}, [](const Slope&) {}, [](const PartnerField&) {},
      [](const FunctionValue&) {}, [&](const Unary& node) { visit(*node.operand); },
      [&](const Binary& node) {
        visit(*node.left);
        visit(*node.right);
      },
      [&](const Choice& node) {
        visit(*node.condition);
        visit(*node.when_true);
        visit(*node.when_false);
      },
      [&](const Call& node) { visit_call(node, visit); },
      [&](const ToSteps& node) { visit(*node.duration); },
      [&](const ToTime& node) { visit(*node.steps); },
      [&](const ArrayLiteral& node) { visit_all(node.elements, visit); },
      [&](const TupleLiteral& node) { visit_all(node.elements, visit); },
      [&](const Range& node) { visit_range(node, visit); },
      [&](const Index& node) {
        visit(*node.base);
        visit_all(node.indices, visit);
      },
      [&](const RecordField& node) { visit(*node.base); },
      [&](const Quantity& node) { visit_all(node.family_indices, visit); });
}

}  // namespace bouton::model
