#include "compiler/check/expr_walk.h"

#include "compiler/base/match.h"

namespace bouton::check {

namespace {

using Parts = std::vector<model::Expr*>;

Parts all_of(std::vector<model::Expr>& exprs) {
  Parts parts;
  for (model::Expr& expr : exprs) parts.push_back(&expr);
  return parts;
}

Parts parts_of_call(model::Call& call) {
  Parts parts = all_of(call.arguments);
  for (model::NamedArgument& argument : call.named) parts.push_back(&*argument.value);
  return parts;
}

Parts parts_of_range(model::Range& range) {
  Parts parts = {&*range.first, &*range.last};
  if (range.by) parts.push_back(&**range.by);
  return parts;
}

Parts parts_of_index(model::Index& index) {
  Parts parts = all_of(index.indices);
  parts.insert(parts.begin(), &*index.base);
  return parts;
}

}  // namespace

std::vector<model::Expr*> parts_of(model::Expr& expr) {
  return match(
      expr.node, [](model::Number&) -> Parts { return {}; },
      [](model::Truth&) -> Parts { return {}; }, [](model::Text&) -> Parts { return {}; },
      [](model::Ref&) -> Parts { return {}; }, [](model::Previous&) -> Parts { return {}; },
      [](model::Slope&) -> Parts { return {}; }, [](model::PartnerField&) -> Parts { return {}; },
      [](model::Unary& unary) -> Parts { return {&*unary.operand}; },
      [](model::Binary& binary) -> Parts { return {&*binary.left, &*binary.right}; },
      [](model::Choice& choice) -> Parts {
        return {&*choice.condition, &*choice.when_true, &*choice.when_false};
      },
      [](model::Call& call) -> Parts { return parts_of_call(call); },
      [](model::FunctionValue&) -> Parts { return {}; },
      [](model::ToSteps& conversion) -> Parts { return {&*conversion.duration}; },
      [](model::ToTime& conversion) -> Parts { return {&*conversion.steps}; },
      [](model::ArrayLiteral& array) -> Parts { return all_of(array.elements); },
      [](model::TupleLiteral& tuple) -> Parts { return all_of(tuple.elements); },
      [](model::Range& range) -> Parts { return parts_of_range(range); },
      [](model::Index& index) -> Parts { return parts_of_index(index); },
      [](model::RecordField& field) -> Parts { return {&*field.base}; },
      [](model::Quantity& quantity) -> Parts { return all_of(quantity.family_indices); });
}

std::vector<const model::Expr*> parts_of(const model::Expr& expr) {
  // The parts are only looked at: constness is given back at once.
  const Parts parts = parts_of(const_cast<model::Expr&>(expr));  // NOLINT
  return {parts.begin(), parts.end()};
}

}  // namespace bouton::check
