#include "compiler/check/constant_condition.h"

#include <limits>
#include <map>
#include <vector>

#include "compiler/check/power.h"
#include "compiler/model/compare.h"

namespace bouton::check {

namespace {

using model::BinaryOp;

const model::Expr& without_conversion(const model::Expr& expr) {
  if (const auto* steps = std::get_if<model::ToSteps>(&expr.node)) return *steps->duration;
  if (const auto* time = std::get_if<model::ToTime>(&expr.node)) return *time->steps;
  return expr;
}

std::optional<bool> constant_truth(const model::Expr& expr) {
  if (const auto* truth = std::get_if<model::Truth>(&expr.node)) return truth->value;
  const auto* binary = std::get_if<model::Binary>(&expr.node);
  if (!binary) return std::nullopt;
  const auto left = constant_value(without_conversion(*binary->left));
  const auto right = constant_value(without_conversion(*binary->right));
  if (!left || !right) return std::nullopt;
  return model::compare(binary->op, *left, *right);
}

// What a conjunction of comparisons leaves of one name's values.
struct Window {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false;
  bool high_open = false;

  [[nodiscard]] bool empty() const {
    return low > high || (low == high && (low_open || high_open));
  }
};

void narrow(Window& window, BinaryOp op, double bound) {
  const bool open = op == BinaryOp::Less || op == BinaryOp::Greater;
  const bool above = op == BinaryOp::Greater || op == BinaryOp::GreaterEqual;
  const bool below = op == BinaryOp::Less || op == BinaryOp::LessEqual;
  if ((above || op == BinaryOp::Equal) && bound >= window.low) {
    window.low_open = open || (bound == window.low && window.low_open);
    window.low = bound;
  }
  if ((below || op == BinaryOp::Equal) && bound <= window.high) {
    window.high_open = open || (bound == window.high && window.high_open);
    window.high = bound;
  }
}

BinaryOp mirrored(BinaryOp op) {
  switch (op) {
    case BinaryOp::Less:
      return BinaryOp::Greater;
    case BinaryOp::LessEqual:
      return BinaryOp::GreaterEqual;
    case BinaryOp::Greater:
      return BinaryOp::Less;
    case BinaryOp::GreaterEqual:
      return BinaryOp::LessEqual;
    default:
      return op;
  }
}

using Windows = std::map<model::SymbolId, Window>;

void narrow_by(const model::Binary& comparison, Windows& windows) {
  const model::Expr& left = without_conversion(*comparison.left);
  const model::Expr& right = without_conversion(*comparison.right);
  const auto* left_name = std::get_if<model::Ref>(&left.node);
  const auto* right_name = std::get_if<model::Ref>(&right.node);
  if (left_name)
    if (const auto bound = constant_value(right))
      narrow(windows[left_name->symbol], comparison.op, *bound);
  if (right_name)
    if (const auto bound = constant_value(left))
      narrow(windows[right_name->symbol], mirrored(comparison.op), *bound);
}

void narrow_by_all(const model::Expr& expr, Windows& windows) {
  const auto* binary = std::get_if<model::Binary>(&expr.node);
  if (!binary) return;
  if (binary->op != BinaryOp::And) return narrow_by(*binary, windows);
  narrow_by_all(*binary->left, windows);
  narrow_by_all(*binary->right, windows);
}

bool never_holds(const model::Expr& condition) {
  Windows windows;
  narrow_by_all(condition, windows);
  for (const auto& [symbol, window] : windows)
    if (window.empty()) return true;
  return false;
}

}  // namespace

void warn_of_constant(const model::Expr& condition, Context& context) {
  const auto truth = constant_truth(condition);
  const bool never = truth ? !*truth : never_holds(condition);
  if (!truth && !never) return;
  context.diagnostics.report(diagnostics::Kind::ConstantCondition, condition.span,
                             {never ? "false" : "true"});
}

}  // namespace bouton::check
