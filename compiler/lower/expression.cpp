#include "compiler/lower/expression.h"

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/lower/call.h"

namespace bouton::lower {

namespace {

using model::BinaryOp;
using model::Kind;

bool is_steps(const model::Expr& expr) { return expr.type.kind == Kind::Steps; }

// Whether the steps may be those since a spike that never was.
bool may_be_never(const model::Expr& steps, const Names& names) {
  bool found = false;
  elaborate::walk(steps, [&](const model::Expr& part) {
    const auto* ref = std::get_if<model::Ref>(&part.node);
    if (ref != nullptr && (*names.scope)[ref->symbol].kind != model::SymbolKind::PairTime)
      found = true;
    if (std::holds_alternative<model::PartnerField>(part.node) ||
        std::holds_alternative<model::Quantity>(part.node) ||
        std::holds_alternative<model::ToSteps>(part.node))
      found = true;
  });
  return found;
}

class ExpressionLowerer {
 public:
  ExpressionLowerer(const Names& names, Emitter& emit) : names_(names), emit_(emit) {}

  Value lower(const model::Expr& expr) {
    const source::Span span = expr.span;
    return match(
        expr.node,
        [&](const model::Number& number) -> Value {
          if (is_steps(expr)) return static_cast<std::int64_t>(number.value);
          return emit_.number(number.value);
        },
        [&](const model::Truth& truth) -> Value { return truth.value; },
        [&](const model::Ref& ref) { return names_.value(ref.symbol, span); },
        [&](const model::Previous& previous) { return names_.previous(previous.symbol, span); },
        [&](const model::Slope& slope) { return names_.slope(slope.symbol, span); },
        [&](const model::PartnerField& field) { return names_.partner(field, span); },
        [&](const model::Quantity& quantity) { return names_.quantity(quantity, span); },
        [&](const model::Unary& unary) { return lower_unary(unary, expr); },
        [&](const model::Binary& binary) { return lower_binary(binary, expr); },
        [&](const model::Choice& choice) { return lower_choice(choice, expr.type.kind); },
        [&](const model::Call& call) { return lower_call(call, expr, names_, emit_); },
        [&](const model::ToSteps& conversion) {
          return emit_.to_steps(lower(*conversion.duration), span);
        },
        [&](const model::ToTime& conversion) {
          return emit_.to_time(lower(*conversion.steps), may_be_never(*conversion.steps, names_));
        },
        [](const auto&) -> Value { BOUTON_UNREACHABLE("an array inside a neuron or rule"); });
  }

  Value lower_number(const model::Expr& expr) {
    const Value value = lower(expr);
    return expr.type.kind == Kind::Boolean ? emit_.number_of_truth(value) : value;
  }

 private:
  Value lower_unary(const model::Unary& unary, const model::Expr& expr) {
    const Value operand = lower(*unary.operand);
    if (unary.op == model::UnaryOp::Not) return emit_.negation(operand);
    return is_steps(expr) ? emit_.negate_steps(operand) : emit_.negate(operand);
  }

  Value lower_binary(const model::Binary& binary, const model::Expr& expr) {
    if (binary.op == BinaryOp::And || binary.op == BinaryOp::Or) return lower_logic(binary);
    if (expr.type.kind == Kind::Boolean) return lower_comparison(binary);
    if (is_steps(expr)) {
      const Value left = lower(*binary.left);
      return emit_.combine_steps(binary.op, left, lower(*binary.right));
    }
    const Value left = lower_number(*binary.left);
    return emit_.calculate(binary.op, left, lower_number(*binary.right));
  }

  Value lower_comparison(const model::Binary& binary) {
    if (is_steps(*binary.left) || is_steps(*binary.right)) {
      const Value left = lower(*binary.left);
      return emit_.compare_steps(binary.op, left, lower(*binary.right));
    }
    const Value left = lower_number(*binary.left);
    return emit_.compare(binary.op, left, lower_number(*binary.right));
  }

  // The second operand counts only where the first does not decide.
  Value lower_logic(const model::Binary& binary) {
    const bool conjunction = binary.op == BinaryOp::And;
    const Value left = lower(*binary.left);
    if (const auto* known = constant_of<bool>(left); known != nullptr && *known != conjunction)
      return left;
    const Value right = lower_where(conjunction ? left : emit_.negation(left), *binary.right);
    return conjunction ? emit_.both(left, right) : emit_.either(left, right);
  }

  Value lower_choice(const model::Choice& choice, Kind kind) {
    const Value condition = lower(*choice.condition);
    if (const auto* known = constant_of<bool>(condition))
      return lower(*known ? *choice.when_true : *choice.when_false);
    const Value when_true = lower_where(condition, *choice.when_true);
    const Value when_false = lower_where(emit_.negation(condition), *choice.when_false);
    return emit_.choose(condition, when_true, when_false, kind);
  }

  Value lower_where(const Value& condition, const model::Expr& expr) {
    emit_.open_condition(condition);
    Value value = lower(expr);
    emit_.close_condition();
    return value;
  }

  const Names& names_;
  Emitter& emit_;
};

}  // namespace

Value lower_expression(const model::Expr& expr, const Names& names, Emitter& emit) {
  return ExpressionLowerer(names, emit).lower(expr);
}

Value lower_number(const model::Expr& expr, const Names& names, Emitter& emit) {
  return ExpressionLowerer(names, emit).lower_number(expr);
}

Value lower_duration(const model::Expr& expr, const Names& names, Emitter& emit) {
  const Value duration = lower_expression(expr, names, emit);
  return is_steps(expr) ? duration : emit.to_steps(duration, expr.span);
}

}  // namespace bouton::lower
