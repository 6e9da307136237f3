#include "compiler/check/operators.h"

#include <fmt/format.h>

#include "compiler/base/check.h"
#include "compiler/check/convert.h"
#include "compiler/check/expr.h"
#include "compiler/check/missing_unit.h"
#include "compiler/check/power.h"
#include "compiler/units/unit.h"

namespace bouton::check {

using diagnostics::Kind;
using enum model::Kind;

namespace {

model::BinaryOp to_model(ast::BinaryOp op) {
  switch (op) {
    case ast::BinaryOp::Add:
      return model::BinaryOp::Add;
    case ast::BinaryOp::Subtract:
      return model::BinaryOp::Subtract;
    case ast::BinaryOp::Multiply:
      return model::BinaryOp::Multiply;
    case ast::BinaryOp::Divide:
      return model::BinaryOp::Divide;
    case ast::BinaryOp::Modulo:
      return model::BinaryOp::Modulo;
    case ast::BinaryOp::Power:
      return model::BinaryOp::Power;
  }
  BOUTON_UNREACHABLE("all operators are listed");
}

model::BinaryOp to_model(ast::ComparisonOp op) {
  switch (op) {
    case ast::ComparisonOp::Equal:
      return model::BinaryOp::Equal;
    case ast::ComparisonOp::NotEqual:
      return model::BinaryOp::NotEqual;
    case ast::ComparisonOp::Less:
      return model::BinaryOp::Less;
    case ast::ComparisonOp::LessEqual:
      return model::BinaryOp::LessEqual;
    case ast::ComparisonOp::Greater:
      return model::BinaryOp::Greater;
    case ast::ComparisonOp::GreaterEqual:
      return model::BinaryOp::GreaterEqual;
  }
  BOUTON_UNREACHABLE("all operators are listed");
}

std::string_view verb_of(ast::BinaryOp op) {
  switch (op) {
    case ast::BinaryOp::Add:
      return "add";
    case ast::BinaryOp::Subtract:
      return "subtract";
    case ast::BinaryOp::Multiply:
      return "multiply";
    case ast::BinaryOp::Divide:
      return "divide";
    case ast::BinaryOp::Modulo:
      return "take the remainder of";
    case ast::BinaryOp::Power:
      return "raise";
  }
  BOUTON_UNREACHABLE("all operators are listed");
}

void report_mixed(Kind kind, const Typed& left, const Typed& right, std::string_view verb,
                  Context& context) {
  const auto [of_left, of_right] = describe_apart(left.type, right.type, context.solver);
  auto report =
      context.diagnostics.report(kind, right.expr.span, {std::string(verb), of_left, of_right})
          .label("this is " + of_right)
          .other(left.expr.span, "this is " + of_left);
  if (kind != Kind::MixedDimensions) return;
  explain_missing_unit(left, right.type, report, context);
  explain_missing_unit(right, left.type, report, context);
}

bool is_number(const Type& type) {
  return is_unknown(type) || is_kind(type, Real) || is_kind(type, Steps);
}

// A number or steps; anything else is reported.
bool require_number(const Typed& value, const char* op, Context& context) {
  if (is_number(value.type)) return true;
  context.diagnostics.report(
      Kind::WrongType, value.expr.span,
      {fmt::format("an operand of `{}`", op), "a number", describe(value.type, context.solver)});
  return false;
}

Typed combine(source::Span span, model::BinaryOp op, Typed left, Typed right, Type type,
              Context& context) {
  return typed(span, model::Binary{op, std::move(left.expr), std::move(right.expr)},
               std::move(type), context.solver);
}

// Of `a * 3 mV` it is `3 mV`: the quantity that `/s` then goes on with, as it is read.
const ast::Expr& last_factor(const ast::Expr& expr) {
  const auto* product = std::get_if<ast::Binary>(&expr.node);
  const bool is_product =
      product && !expr.parenthesised &&
      (product->op == ast::BinaryOp::Multiply || product->op == ast::BinaryOp::Divide);
  return is_product ? last_factor(*product->right) : expr;
}

// A unit in the denominator of a quantity that a declared name hides: `3 mV/s` within psp(s).
void report_hidden_unit(const ast::Binary& node, Context& context) {
  const auto* number = std::get_if<ast::Number>(&last_factor(*node.left).node);
  const auto* divisor = &*node.right;
  if (const auto* power = std::get_if<ast::Binary>(&divisor->node);
      power && power->op == ast::BinaryOp::Power)
    divisor = &*power->left;
  const auto* name = std::get_if<ast::Name>(&divisor->node);
  if (!number || !number->unit || !name || divisor->parenthesised) return;
  const auto declared = context.names.find(name->name.text);
  if (!declared || !units::find_unit(name->name.text)) return;
  context.diagnostics.report(Kind::HiddenUnit, name->name.span, {name->name.text})
      .other(context.names[*declared].span, "declared here")
      .hint("rename it, or put it in parentheses if the name is meant");
}

Typed check_sum(const ast::Expr& expr, const ast::Binary& node, Typed left, Typed right,
                Context& context) {
  const std::string_view verb = verb_of(node.op);
  const bool both_steps = is_kind(left.type, Steps) && is_kind(right.type, Steps);
  if (!both_steps || node.op == ast::BinaryOp::Modulo) {
    left = to_time(std::move(left), context);
    right = to_time(std::move(right), context);
  }
  if (!make_alike(left, right, verb, context)) return unknown_at(expr.span);
  Type type = is_unknown(left.type) ? right.type : left.type;
  type.rank = common_rank(left, right, verb, context);
  return combine(expr.span, to_model(node.op), std::move(left), std::move(right), std::move(type),
                 context);
}

Typed check_product(const ast::Expr& expr, const ast::Binary& node, Typed left, Typed right,
                    Context& context) {
  left = to_time(std::move(left), context);
  right = to_time(std::move(right), context);
  const auto rank = common_rank(left, right, verb_of(node.op), context);
  if (is_unknown(left.type) || is_unknown(right.type)) return unknown_at(expr.span);
  const bool divide = node.op == ast::BinaryOp::Divide;
  if (divide) report_hidden_unit(node, context);
  DimensionTerm dimension = divide ? left.type.dimension / right.type.dimension
                                   : left.type.dimension * right.type.dimension;
  return combine(expr.span, to_model(node.op), std::move(left), std::move(right),
                 real(std::move(dimension), rank), context);
}

Typed check_power(const ast::Expr& expr, Typed base, Typed exponent, Context& context) {
  base = to_time(std::move(base), context);
  exponent = fit_number(std::move(exponent), "an exponent", context);
  const auto rank = common_rank(base, exponent, "raise", context);
  if (is_unknown(base.type) || is_unknown(exponent.type)) return unknown_at(expr.span);
  auto dimension = dimension_of_power(base, exponent, context);
  if (!dimension) return unknown_at(expr.span);
  return combine(expr.span, model::BinaryOp::Power, std::move(base), std::move(exponent),
                 real(std::move(*dimension), rank), context);
}

}  // namespace

bool make_alike(Typed& left, Typed& right, std::string_view verb, Context& context) {
  if (is_unknown(left.type) || is_unknown(right.type)) return true;
  const bool numbers = is_number(left.type) && is_number(right.type);
  if (!numbers && left.type.kind != right.type.kind) {
    report_mixed(Kind::MixedDimensions, left, right, verb, context);
    return false;
  }
  if (!numbers) return true;
  if (context.solver.unify(left.type.dimension, right.type.dimension)) return true;
  report_mixed(Kind::MixedDimensions, left, right, verb, context);
  return false;
}

std::optional<int> common_rank(const Typed& left, const Typed& right, std::string_view verb,
                               Context& context) {
  const auto a = left.type.rank;
  const auto b = right.type.rank;
  if (is_unknown(left.type) || is_unknown(right.type)) return std::nullopt;
  if (a && b && *a > 0 && *b > 0 && *a != *b) {
    report_mixed(Kind::MixedRanks, left, right, verb, context);
    return std::nullopt;
  }
  if (a && *a > 0) return a;
  if (b && *b > 0) return b;
  if (!a || !b) return std::nullopt;
  return 0;
}

Typed check_unary(const ast::Expr& expr, const ast::Unary& node, Context& context) {
  const bool negate = node.op == ast::UnaryOp::Negate;
  Typed operand = negate ? check_expr(*node.operand, context)
                         : check_expr(*node.operand, context, Wanted::Condition);
  if (negate && !require_number(operand, "-", context)) return unknown_at(expr.span);
  if (!negate)
    operand =
        fit(std::move(operand), of_kind(Boolean, std::nullopt), "an operand of `not`", context);
  if (is_unknown(operand.type)) return unknown_at(expr.span);
  Type type = operand.type;
  const auto op = negate ? model::UnaryOp::Negate : model::UnaryOp::Not;
  return typed(expr.span, model::Unary{op, std::move(operand.expr)}, std::move(type),
               context.solver);
}

Typed check_binary(const ast::Expr& expr, const ast::Binary& node, Context& context) {
  Typed left = check_expr(*node.left, context);
  Typed right = check_expr(*node.right, context);
  const char* op = ast::spelling_of(node.op);
  const bool left_is_number = require_number(left, op, context);
  if (!require_number(right, op, context) || !left_is_number) return unknown_at(expr.span);
  switch (node.op) {
    case ast::BinaryOp::Add:
    case ast::BinaryOp::Subtract:
    case ast::BinaryOp::Modulo:
      return check_sum(expr, node, std::move(left), std::move(right), context);
    case ast::BinaryOp::Multiply:
    case ast::BinaryOp::Divide:
      return check_product(expr, node, std::move(left), std::move(right), context);
    case ast::BinaryOp::Power:
      return check_power(expr, std::move(left), std::move(right), context);
  }
  BOUTON_UNREACHABLE("all operators are listed");
}

Typed check_comparison(const ast::Expr& expr, const ast::Comparison& node, Context& context) {
  Typed left = check_expr(*node.left, context);
  Typed right = check_expr(*node.right, context);
  const bool ordered =
      node.op != ast::ComparisonOp::Equal && node.op != ast::ComparisonOp::NotEqual;
  const char* op = ast::spelling_of(node.op);
  if (ordered && (!require_number(left, op, context) || !require_number(right, op, context)))
    return unknown_at(expr.span);
  if (!make_alike(left, right, "compare", context)) return unknown_at(expr.span);
  const auto rank = common_rank(left, right, "compare", context);
  if (is_unknown(left.type) || is_unknown(right.type)) return unknown_at(expr.span);
  if (is_kind(left.type, Steps) || is_kind(right.type, Steps)) {
    left = to_steps(std::move(left), context);
    right = to_steps(std::move(right), context);
  }
  return combine(expr.span, to_model(node.op), std::move(left), std::move(right),
                 of_kind(Boolean, rank), context);
}

Typed check_logical(const ast::Expr& expr, const ast::Logical& node, Context& context) {
  const bool is_and = node.op == ast::LogicalOp::And;
  const std::string what = fmt::format("an operand of `{}`", ast::spelling_of(node.op));
  Typed left = check_expr(*node.left, context, Wanted::Condition);
  Typed right = check_expr(*node.right, context, Wanted::Condition);
  left = fit(std::move(left), of_kind(Boolean, std::nullopt), what, context);
  right = fit(std::move(right), of_kind(Boolean, std::nullopt), what, context);
  const auto rank = common_rank(left, right, "combine", context);
  if (is_unknown(left.type) || is_unknown(right.type)) return unknown_at(expr.span);
  const auto op = is_and ? model::BinaryOp::And : model::BinaryOp::Or;
  return combine(expr.span, op, std::move(left), std::move(right), of_kind(Boolean, rank), context);
}

Typed check_choice(const ast::Expr& expr, const ast::IfElse& node, Wanted wanted,
                   Context& context) {
  Typed condition = check_condition(*node.condition, "a condition", context);
  Typed then = check_expr(*node.then, context, wanted);
  Typed otherwise = check_expr(*node.otherwise, context, wanted);
  const bool both_steps = is_kind(then.type, Steps) && is_kind(otherwise.type, Steps);
  if (!both_steps) {
    then = to_time(std::move(then), context);
    otherwise = to_time(std::move(otherwise), context);
  }
  if (!make_alike(then, otherwise, "choose between", context)) return unknown_at(expr.span);
  Type type = is_unknown(then.type) ? otherwise.type : then.type;
  type.rank = common_rank(then, otherwise, "choose between", context);
  return typed(
      expr.span,
      model::Choice{std::move(condition.expr), std::move(then.expr), std::move(otherwise.expr)},
      std::move(type), context.solver);
}

}  // namespace bouton::check
