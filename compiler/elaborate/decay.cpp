#include "compiler/elaborate/decay.h"

#include "compiler/elaborate/expr_walk.h"

namespace bouton::elaborate {

namespace {

using model::BinaryOp;
using model::Expr;

const model::Binary* binary_of(const Expr& expr, BinaryOp op) {
  const auto* binary = std::get_if<model::Binary>(&expr.node);
  return binary != nullptr && binary->op == op ? binary : nullptr;
}

const Expr* negated_operand(const Expr& expr) {
  const auto* unary = std::get_if<model::Unary>(&expr.node);
  return unary != nullptr && unary->op == model::UnaryOp::Negate ? &*unary->operand : nullptr;
}

bool is_variable(const Expr& expr, model::SymbolId variable) {
  const auto* ref = std::get_if<model::Ref>(&expr.node);
  return ref != nullptr && ref->symbol == variable;
}

bool is_negated_variable(const Expr& expr, model::SymbolId variable) {
  const Expr* operand = negated_operand(expr);
  return operand != nullptr && is_variable(*operand, variable);
}

Expr reciprocal_of(const Expr& rate) {
  const Expr one{rate.span, model::scalar(), model::Number{1.0}};
  return {rate.span, model::scalar(units::kTime), model::Binary{BinaryOp::Divide, one, rate}};
}

// rate of rate*x or x*rate.
const Expr* rate_of(const Expr& expr, model::SymbolId variable) {
  const auto* product = binary_of(expr, BinaryOp::Multiply);
  if (product == nullptr) return nullptr;
  if (is_variable(*product->right, variable)) return &*product->left;
  if (is_variable(*product->left, variable)) return &*product->right;
  return nullptr;
}

std::optional<Expr> time_constant_of(const Expr& expr, model::SymbolId variable) {
  if (const auto* quotient = binary_of(expr, BinaryOp::Divide))
    if (is_negated_variable(*quotient->left, variable)) return *quotient->right;
  if (const Expr* inner = negated_operand(expr)) {
    if (const auto* quotient = binary_of(*inner, BinaryOp::Divide))
      if (is_variable(*quotient->left, variable)) return *quotient->right;
    if (const Expr* rate = rate_of(*inner, variable)) return reciprocal_of(*rate);
  }
  if (const Expr* rate = rate_of(expr, variable))
    if (const Expr* positive = negated_operand(*rate)) return reciprocal_of(*positive);
  return std::nullopt;
}

bool depends_on_parameters_only(const Expr& expr, const model::Scope& scope) {
  bool result = true;
  walk(expr, [&](const Expr& part) {
    if (const auto* ref = std::get_if<model::Ref>(&part.node)) {
      const model::SymbolKind kind = scope[ref->symbol].kind;
      if (kind != model::SymbolKind::Parameter && kind != model::SymbolKind::Timestep)
        result = false;
    }
    if (std::holds_alternative<model::PartnerField>(part.node) ||
        std::holds_alternative<model::Previous>(part.node) ||
        std::holds_alternative<model::Slope>(part.node))
      result = false;
  });
  return result;
}

}  // namespace

std::optional<Expr> decay_time_constant(const Expr& derivative, model::SymbolId variable,
                                        const model::Scope& scope) {
  auto constant = time_constant_of(derivative, variable);
  if (!constant || !depends_on_parameters_only(*constant, scope)) return std::nullopt;
  return constant;
}

double decay_factor(std::int64_t steps, double timestep, double time_constant,
                    RealArithmetic arithmetic) {
  const double elapsed = arithmetic.multiply(arithmetic.round(steps), timestep);
  return arithmetic.exp(arithmetic.divide(-elapsed, time_constant));
}

}  // namespace bouton::elaborate
