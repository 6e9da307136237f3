#include "compiler/check/power.h"

#include <cmath>

namespace bouton::check {

namespace {

std::optional<double> constant_of(const model::Binary& node) {
  const auto left = constant_value(*node.left);
  const auto right = constant_value(*node.right);
  if (!left || !right) return std::nullopt;
  switch (node.op) {
    case model::BinaryOp::Add:
      return *left + *right;
    case model::BinaryOp::Subtract:
      return *left - *right;
    case model::BinaryOp::Multiply:
      return *left * *right;
    case model::BinaryOp::Divide:
      return *left / *right;
    default:
      return std::nullopt;
  }
}

// Whole twelfths only: what a dimension can have.
std::optional<Rational> to_exponent(double value) {
  constexpr double kLargest = 100;
  const double twelfths = value * units::Dimension::kOne;
  const double whole = std::round(twelfths);
  if (!(std::abs(value) <= kLargest) || std::abs(twelfths - whole) > 1e-9) return std::nullopt;
  return Rational{static_cast<std::int64_t>(whole), units::Dimension::kOne};
}

}  // namespace

std::optional<double> constant_value(const model::Expr& expr) {
  if (const auto* number = std::get_if<model::Number>(&expr.node)) return number->value;
  if (const auto* binary = std::get_if<model::Binary>(&expr.node)) return constant_of(*binary);
  const auto* unary = std::get_if<model::Unary>(&expr.node);
  if (!unary || unary->op != model::UnaryOp::Negate) return std::nullopt;
  const auto operand = constant_value(*unary->operand);
  if (!operand) return std::nullopt;
  return -*operand;
}

std::optional<DimensionTerm> dimension_of_power(const Typed& base, const Typed& exponent,
                                                Context& context) {
  const auto known = context.solver.value(base.type.dimension);
  if (known && known->dimensionless()) return DimensionTerm{};
  const auto constant = constant_value(exponent.expr);
  const auto ratio = constant ? to_exponent(*constant) : std::nullopt;
  if (ratio)
    if (auto dimension = power(context.solver.resolve(base.type.dimension), *ratio))
      return dimension;
  // A base of open dimension under a varying exponent can only be a plain number.
  if (!constant && context.solver.unify(base.type.dimension, units::kNone)) return DimensionTerm{};
  context.diagnostics
      .report(diagnostics::Kind::DimensionInExponent, exponent.expr.span,
              {describe(base.type, context.solver)})
      .other(base.expr.span, "this is " + describe(base.type, context.solver))
      .hint("divide by a unit first: `(V/(1 mV))^n`");
  return std::nullopt;
}

}  // namespace bouton::check
