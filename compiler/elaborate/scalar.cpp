#include "compiler/elaborate/scalar.h"

#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/elaborate/scalar_call.h"
#include "compiler/elaborate/steps.h"
#include "compiler/model/compare.h"

namespace bouton::elaborate {

namespace {

using model::BinaryOp;
using model::Kind;

bool is_steps(const model::Expr& expr) { return expr.type.kind == Kind::Steps; }

void complain(const Frame& frame, Problem problem) {
  if (!frame.sink->has_value()) *frame.sink = std::move(problem);
}

const Slot& value_of(const model::Ref& ref, const Frame& frame) {
  return frame.now[ref.symbol.value];
}

const Slot& value_of(const model::Previous& previous, const Frame& frame) {
  BOUTON_CHECK(frame.before != nullptr, "prev where there is no past");
  return frame.before[previous.symbol.value];
}

double slope_of(model::SymbolId symbol, const Frame& frame) {
  const model::Expr* derivative = frame.derivatives[symbol.value];
  if (derivative != nullptr) return evaluate_real(*derivative, frame);
  const double change =
      frame.arithmetic.subtract(frame.now[symbol.value].real, frame.before[symbol.value].real);
  return frame.arithmetic.divide(change, frame.timestep);
}

model::SymbolId bound_symbol(const model::PartnerField& field, const Frame& frame) {
  const auto found = std::ranges::find_if(frame.partners, [&](const PartnerBinding& binding) {
    return binding.side == field.side && binding.field == field.field;
  });
  BOUTON_CHECK(found != frame.partners.end(), "partner field without a binding");
  return found->symbol;
}

Slot partner_value(const model::PartnerField& field, const Frame& frame) {
  const Frame& partner = field.side == model::Side::Pre ? *frame.pre : *frame.post;
  const model::SymbolId symbol = bound_symbol(field, frame);
  using Form = model::PartnerField::Form;
  switch (field.form) {
    case Form::Value:
      return partner.now[symbol.value];
    case Form::Previous:
      return partner.before[symbol.value];
    case Form::Slope:
      return {slope_of(symbol, partner), 0};
  }
  BOUTON_UNREACHABLE("form of a partner field");
}

double calculate(const model::Binary& binary, const Frame& frame) {
  const double left = evaluate_real(*binary.left, frame);
  const double right = evaluate_real(*binary.right, frame);
  switch (binary.op) {
    case BinaryOp::Add:
      return frame.arithmetic.add(left, right);
    case BinaryOp::Subtract:
      return frame.arithmetic.subtract(left, right);
    case BinaryOp::Multiply:
      return frame.arithmetic.multiply(left, right);
    case BinaryOp::Divide:
      return frame.arithmetic.divide(left, right);
    case BinaryOp::Modulo:
      return frame.arithmetic.modulo(left, right);
    case BinaryOp::Power:
      return frame.arithmetic.power(left, right);
    default:
      BOUTON_UNREACHABLE("arithmetic operator");
  }
}

template <typename Number>
bool holds(BinaryOp op, Number left, Number right) {
  const auto truth = model::compare(op, left, right);
  BOUTON_CHECK(truth.has_value(), "comparison operator");
  return *truth;
}

double number_of(const model::Expr& expr, const Frame& frame) {
  if (expr.type.kind == Kind::Boolean) return evaluate_truth(expr, frame) ? 1.0 : 0.0;
  return evaluate_real(expr, frame);
}

bool evaluate_condition(const model::Binary& binary, const Frame& frame) {
  if (binary.op == BinaryOp::And)
    return evaluate_truth(*binary.left, frame) && evaluate_truth(*binary.right, frame);
  if (binary.op == BinaryOp::Or)
    return evaluate_truth(*binary.left, frame) || evaluate_truth(*binary.right, frame);
  if (is_steps(*binary.left) || is_steps(*binary.right))
    return holds(binary.op, evaluate_steps(*binary.left, frame),
                 evaluate_steps(*binary.right, frame));
  return holds(binary.op, number_of(*binary.left, frame), number_of(*binary.right, frame));
}

std::int64_t steps_of(const model::ToSteps& conversion, const model::Expr& expr,
                      const Frame& frame) {
  const auto steps = to_steps(evaluate_real(*conversion.duration, frame), frame.timestep, expr.span,
                              frame.arithmetic);
  if (steps) return *steps;
  complain(frame, steps.problem());
  return 0;
}

std::int64_t combine_steps(const model::Binary& binary, const Frame& frame) {
  const std::int64_t left = evaluate_steps(*binary.left, frame);
  const std::int64_t right = evaluate_steps(*binary.right, frame);
  BOUTON_CHECK(binary.op == BinaryOp::Add || binary.op == BinaryOp::Subtract, "steps are added");
  return binary.op == BinaryOp::Add ? left + right : left - right;
}

}  // namespace

Frame frame_of(const Network& network, std::optional<Problem>& sink) {
  Frame frame;
  frame.program = network.program;
  frame.timestep = network.rounded_timestep();
  frame.arithmetic = network.arithmetic();
  frame.sink = &sink;
  return frame;
}

double evaluate_real(const model::Expr& expr, const Frame& frame) {
  // The commonest forms first: this is the interpreter's innermost function.
  if (const auto* ref = std::get_if<model::Ref>(&expr.node)) return value_of(*ref, frame).real;
  if (const auto* number = std::get_if<model::Number>(&expr.node))
    return frame.arithmetic.round(number->value);
  if (const auto* binary = std::get_if<model::Binary>(&expr.node)) return calculate(*binary, frame);
  if (const auto* call = std::get_if<model::Call>(&expr.node))
    return evaluate_call(*call, expr.span, frame);
  if (const auto* previous = std::get_if<model::Previous>(&expr.node))
    return value_of(*previous, frame).real;
  if (const auto* slope = std::get_if<model::Slope>(&expr.node))
    return slope_of(slope->symbol, frame);
  if (const auto* field = std::get_if<model::PartnerField>(&expr.node))
    return partner_value(*field, frame).real;
  if (const auto* unary = std::get_if<model::Unary>(&expr.node))
    return -evaluate_real(*unary->operand, frame);
  if (const auto* choice = std::get_if<model::Choice>(&expr.node))
    return evaluate_real(
        evaluate_truth(*choice->condition, frame) ? *choice->when_true : *choice->when_false,
        frame);
  if (const auto* time = std::get_if<model::ToTime>(&expr.node))
    return to_time(evaluate_steps(*time->steps, frame), frame.timestep, frame.arithmetic);
  BOUTON_UNREACHABLE("this expression is no number of a neuron, synapse or rule");
}

std::int64_t evaluate_steps(const model::Expr& expr, const Frame& frame) {
  if (const auto* ref = std::get_if<model::Ref>(&expr.node)) return value_of(*ref, frame).steps;
  if (const auto* conversion = std::get_if<model::ToSteps>(&expr.node))
    return steps_of(*conversion, expr, frame);
  if (const auto* number = std::get_if<model::Number>(&expr.node))
    return static_cast<std::int64_t>(number->value);
  if (const auto* binary = std::get_if<model::Binary>(&expr.node))
    return combine_steps(*binary, frame);
  if (const auto* unary = std::get_if<model::Unary>(&expr.node))
    return -evaluate_steps(*unary->operand, frame);
  if (const auto* call = std::get_if<model::Call>(&expr.node))
    return evaluate_steps_call(*call, frame);
  if (const auto* previous = std::get_if<model::Previous>(&expr.node))
    return value_of(*previous, frame).steps;
  if (const auto* field = std::get_if<model::PartnerField>(&expr.node))
    return partner_value(*field, frame).steps;
  if (const auto* choice = std::get_if<model::Choice>(&expr.node))
    return evaluate_steps(
        evaluate_truth(*choice->condition, frame) ? *choice->when_true : *choice->when_false,
        frame);
  BOUTON_UNREACHABLE("this expression is no number of steps");
}

bool evaluate_truth(const model::Expr& expr, const Frame& frame) {
  if (const auto* binary = std::get_if<model::Binary>(&expr.node))
    return evaluate_condition(*binary, frame);
  if (const auto* ref = std::get_if<model::Ref>(&expr.node))
    return value_of(*ref, frame).real != 0.0;
  if (const auto* truth = std::get_if<model::Truth>(&expr.node)) return truth->value;
  if (const auto* unary = std::get_if<model::Unary>(&expr.node))
    return !evaluate_truth(*unary->operand, frame);
  if (const auto* previous = std::get_if<model::Previous>(&expr.node))
    return value_of(*previous, frame).real != 0.0;
  if (const auto* field = std::get_if<model::PartnerField>(&expr.node))
    return partner_value(*field, frame).real != 0.0;
  if (const auto* call = std::get_if<model::Call>(&expr.node))
    return evaluate_call(*call, expr.span, frame) != 0.0;
  if (const auto* choice = std::get_if<model::Choice>(&expr.node))
    return evaluate_truth(
        evaluate_truth(*choice->condition, frame) ? *choice->when_true : *choice->when_false,
        frame);
  BOUTON_UNREACHABLE("this expression is no truth value");
}

Slot evaluate_slot(const model::Expr& expr, const Frame& frame) {
  if (expr.type.kind == Kind::Steps) return {0.0, evaluate_steps(expr, frame)};
  return {number_of(expr, frame), 0};
}

}  // namespace bouton::elaborate
