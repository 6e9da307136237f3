#include "compiler/elaborate/decay.h"

#include <algorithm>
#include <vector>

#include "compiler/elaborate/expr_walk.h"

namespace bouton::elaborate {

namespace {

using model::BinaryOp;
using model::Expr;

// A product of factors, some of them divided by, with a sign.
struct Product {
  bool negative = false;
  std::vector<Expr> above;
  std::vector<Expr> below;
};

// Takes the factors apart as far as the product is written as one; a divisor stays whole.
void collect_factors(const Expr& expr, Product& product) {
  const auto* binary = std::get_if<model::Binary>(&expr.node);
  if (binary != nullptr && binary->op == BinaryOp::Multiply) {
    collect_factors(*binary->left, product);
    return collect_factors(*binary->right, product);
  }
  if (binary != nullptr && binary->op == BinaryOp::Divide) {
    collect_factors(*binary->left, product);
    return product.below.push_back(*binary->right);
  }
  const auto* unary = std::get_if<model::Unary>(&expr.node);
  if (unary == nullptr || unary->op != model::UnaryOp::Negate) {
    product.above.push_back(expr);
    return;
  }
  product.negative = !product.negative;
  collect_factors(*unary->operand, product);
}

bool is_variable(const Expr& expr, model::SymbolId variable) {
  const auto* ref = std::get_if<model::Ref>(&expr.node);
  return ref != nullptr && ref->symbol == variable;
}

Expr multiply(const std::vector<Expr>& factors) {
  Expr product = factors.front();
  for (std::size_t i = 1; i < factors.size(); ++i)
    product = {product.span, model::scalar(),
               model::Binary{BinaryOp::Multiply, product, factors[i]}};
  return product;
}

// tau = (what x is divided by) / (what it is multiplied with).
std::optional<Expr> time_constant_of(const Expr& expr, model::SymbolId variable) {
  Product product;
  collect_factors(expr, product);
  const auto state = std::ranges::find_if(
      product.above, [&](const Expr& factor) { return is_variable(factor, variable); });
  if (!product.negative || state == product.above.end()) return std::nullopt;
  product.above.erase(state);
  const Expr one{expr.span, model::scalar(), model::Number{1.0}};
  const Expr divided_by = product.below.empty() ? one : multiply(product.below);
  if (product.above.empty()) return divided_by;
  return Expr{expr.span, model::scalar(units::kTime),
              model::Binary{BinaryOp::Divide, divided_by, multiply(product.above)}};
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
