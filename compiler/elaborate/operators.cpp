#include "compiler/elaborate/operators.h"

#include <fmt/format.h>

#include "compiler/base/check.h"

namespace bouton::elaborate {

namespace {

using model::BinaryOp;
using runtime::Arithmetic;
using runtime::Comparison;
using runtime::Tensor;
using runtime::Value;

std::optional<Arithmetic> arithmetic_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::Add:
      return Arithmetic::Add;
    case BinaryOp::Subtract:
      return Arithmetic::Subtract;
    case BinaryOp::Multiply:
      return Arithmetic::Multiply;
    case BinaryOp::Divide:
      return Arithmetic::Divide;
    case BinaryOp::Modulo:
      return Arithmetic::Modulo;
    case BinaryOp::Power:
      return Arithmetic::Power;
    default:
      return std::nullopt;
  }
}

std::optional<Comparison> comparison_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::Equal:
      return Comparison::Equal;
    case BinaryOp::NotEqual:
      return Comparison::NotEqual;
    case BinaryOp::Less:
      return Comparison::Less;
    case BinaryOp::LessEqual:
      return Comparison::LessEqual;
    case BinaryOp::Greater:
      return Comparison::Greater;
    case BinaryOp::GreaterEqual:
      return Comparison::GreaterEqual;
    default:
      return std::nullopt;
  }
}

// Truth values take part in arithmetic of truth arrays as 1 and 0.
std::optional<Tensor> numbers_of(const Value& value) {
  if (const auto* tensor = value.as<Tensor>()) return *tensor;
  if (const auto* truth = value.as<bool>()) return Tensor(*truth ? 1.0 : 0.0);
  return std::nullopt;
}

Outcome<Value> checked(runtime::Result<Tensor> result, bool as_truth, source::Span span) {
  if (!result) return Problem{span, result.error().message, ""};
  if (as_truth && result->is_scalar()) return Value(result->scalar() != 0.0);
  return Value(*std::move(result));
}

// `and` is the smaller and `or` the larger of two truth values, element by element.
Outcome<Value> combine_truths(BinaryOp op, const Tensor& left, const Tensor& right,
                              source::Span span) {
  if (op == BinaryOp::And) return checked(calculate(Arithmetic::Multiply, left, right), true, span);
  auto sum = calculate(Arithmetic::Add, left, right);
  if (!sum) return Problem{span, sum.error().message, ""};
  return checked(compare(Comparison::Greater, *sum, Tensor(0.0)), true, span);
}

Problem not_numbers(const Value& left, const Value& right, source::Span span) {
  return {span,
          fmt::format("{} and {} cannot be combined", runtime::describe(left),
                      runtime::describe(right)),
          ""};
}

}  // namespace

Outcome<Value> apply_unary(model::UnaryOp op, const Value& operand, source::Span span) {
  const auto numbers = numbers_of(operand);
  if (!numbers) return not_numbers(operand, operand, span);
  if (op == model::UnaryOp::Negate) return Value(runtime::negate(*numbers));
  return checked(compare(Comparison::Equal, *numbers, Tensor(0.0)), true, span);
}

Outcome<Value> apply_binary(BinaryOp op, const Value& left, const Value& right, source::Span span) {
  const bool equality = op == BinaryOp::Equal || op == BinaryOp::NotEqual;
  if (equality && !left.as<Tensor>() && !right.as<Tensor>())
    return Value((left == right) == (op == BinaryOp::Equal));
  const auto a = numbers_of(left);
  const auto b = numbers_of(right);
  if (!a || !b) return not_numbers(left, right, span);
  if (const auto arithmetic = arithmetic_of(op))
    return checked(calculate(*arithmetic, *a, *b), false, span);
  if (const auto comparison = comparison_of(op))
    return checked(compare(*comparison, *a, *b), true, span);
  return combine_truths(op, *a, *b, span);
}

std::optional<bool> decided_by_left(BinaryOp op, const Value& left) {
  const auto* truth = left.as<bool>();
  if (truth == nullptr) return std::nullopt;
  if (op == BinaryOp::And && !*truth) return false;
  if (op == BinaryOp::Or && *truth) return true;
  return std::nullopt;
}

Outcome<Value> apply_assignment(model::AssignOp op, const Value& target, const Value& value,
                                source::Span span) {
  using model::AssignOp;
  switch (op) {
    case AssignOp::Set:
      return value;
    case AssignOp::Add:
      return apply_binary(BinaryOp::Add, target, value, span);
    case AssignOp::Subtract:
      return apply_binary(BinaryOp::Subtract, target, value, span);
    case AssignOp::Multiply:
      return apply_binary(BinaryOp::Multiply, target, value, span);
    case AssignOp::Divide:
      return apply_binary(BinaryOp::Divide, target, value, span);
  }
  BOUTON_UNREACHABLE("assignment operator");
}

}  // namespace bouton::elaborate
