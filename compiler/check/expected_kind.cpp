#include "compiler/check/expected_kind.h"

namespace bouton::check {

namespace {

using model::Kind;

Kind kind_of_name(const std::string& name, const Context& context) {
  const auto symbol = context.names.find(name);
  if (!symbol) return Kind::Real;
  return context.names.type(*symbol).kind.value_or(Kind::Real);
}

bool keeps_kind(const std::string& function) {
  return function == "prev" || function == "abs" || function == "min" || function == "max";
}

Kind kind_of_call(const ast::Call& call, const Context& context) {
  if (call.arguments.empty() || !keeps_kind(call.function.text)) return Kind::Real;
  for (const ast::Argument& argument : call.arguments)
    if (expected_kind(argument.value, context) != Kind::Steps)
      return call.function.text == "prev" ? expected_kind(argument.value, context) : Kind::Real;
  return Kind::Steps;
}

Kind kind_of_sum(const ast::Binary& node, const Context& context) {
  const bool sum = node.op == ast::BinaryOp::Add || node.op == ast::BinaryOp::Subtract;
  if (!sum || expected_kind(*node.left, context) != Kind::Steps) return Kind::Real;
  return expected_kind(*node.right, context);
}

}  // namespace

Kind expected_kind(const ast::Expr& expr, const Context& context) {
  if (std::holds_alternative<ast::Boolean>(expr.node) ||
      std::holds_alternative<ast::Comparison>(expr.node) ||
      std::holds_alternative<ast::Logical>(expr.node))
    return Kind::Boolean;
  if (const auto* unary = std::get_if<ast::Unary>(&expr.node))
    return unary->op == ast::UnaryOp::Not ? Kind::Boolean : expected_kind(*unary->operand, context);
  if (const auto* name = std::get_if<ast::Name>(&expr.node))
    return kind_of_name(name->name.text, context);
  if (const auto* choice = std::get_if<ast::IfElse>(&expr.node)) {
    const Kind then = expected_kind(*choice->then, context);
    return then == expected_kind(*choice->otherwise, context) ? then : Kind::Real;
  }
  if (const auto* binary = std::get_if<ast::Binary>(&expr.node))
    return kind_of_sum(*binary, context);
  if (const auto* call = std::get_if<ast::Call>(&expr.node)) return kind_of_call(*call, context);
  return Kind::Real;
}

}  // namespace bouton::check
