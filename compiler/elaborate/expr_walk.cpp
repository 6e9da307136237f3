#include "compiler/elaborate/expr_walk.h"

#include <vector>

#include "compiler/base/match.h"

namespace bouton::elaborate {

namespace {

using Children = std::vector<const model::Expr*>;

Children pointers_to(const std::vector<model::Expr>& exprs) {
  Children children;
  for (const model::Expr& expr : exprs) children.push_back(&expr);
  return children;
}

Children children_of_call(const model::Call& call) {
  Children children = pointers_to(call.arguments);
  for (const model::NamedArgument& argument : call.named) children.push_back(&*argument.value);
  if (call.site)
    for (const model::Expr& index : (*call.site)->indices) children.push_back(&index);
  return children;
}

Children children_of_range(const model::Range& range) {
  Children children{&*range.first, &*range.last};
  if (range.by) children.push_back(&**range.by);
  return children;
}

Children children_of_index(const model::Index& index) {
  Children children = pointers_to(index.indices);
  children.insert(children.begin(), &*index.base);
  return children;
}

Children children_of(const model::Expr& expr) {
  return match(
      expr.node, [](const model::Number&) { return Children{}; },
      [](const model::Truth&) { return Children{}; }, [](const model::Text&) { return Children{}; },
      [](const model::Ref&) { return Children{}; },
      [](const model::Previous&) { return Children{}; },
      [](const model::Slope&) { return Children{}; },
      [](const model::PartnerField&) { return Children{}; },
      [](const model::Unary& unary) { return Children{&*unary.operand}; },
      [](const model::Binary& binary) { return Children{&*binary.left, &*binary.right}; },
      [](const model::Choice& choice) {
        return Children{&*choice.condition, &*choice.when_true, &*choice.when_false};
      },
      [](const model::Call& call) { return children_of_call(call); },
      [](const model::FunctionValue&) { return Children{}; },
      [](const model::ToSteps& steps) { return Children{&*steps.duration}; },
      [](const model::ToTime& time) { return Children{&*time.steps}; },
      [](const model::ArrayLiteral& array) { return pointers_to(array.elements); },
      [](const model::TupleLiteral& tuple) { return pointers_to(tuple.elements); },
      [](const model::Range& range) { return children_of_range(range); },
      [](const model::Index& index) { return children_of_index(index); },
      [](const model::RecordField& field) { return Children{&*field.base}; },
      [](const model::Quantity& quantity) { return pointers_to(quantity.family_indices); });
}

}  // namespace

void walk(const model::Expr& expr, const std::function<void(const model::Expr&)>& visit) {
  visit(expr);
  for (const model::Expr* child : children_of(expr)) walk(*child, visit);
}

void walk(const model::HandlerBody& body, const std::function<void(const model::Expr&)>& visit) {
  for (const model::HandlerStmt& stmt : body)
    match(
        stmt.node, [&](const model::HandlerAssign& assign) { walk(assign.value, visit); },
        [&](const model::HandlerLet& let) { walk(let.value, visit); },
        [&](const model::HandlerIf& choice) {
          walk(choice.condition, visit);
          walk(choice.when_true, visit);
          walk(choice.when_false, visit);
        });
}

bool mentions(const model::Expr& expr, model::SymbolId symbol) {
  bool found = false;
  walk(expr, [&](const model::Expr& part) {
    const auto* ref = std::get_if<model::Ref>(&part.node);
    found = found || (ref != nullptr && ref->symbol == symbol);
  });
  return found;
}

}  // namespace bouton::elaborate
