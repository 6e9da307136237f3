#include "compiler/base/check.h"
#include "compiler/parse/build.h"

namespace bouton::parse {
namespace {

using ast::Expr;
using diagnostics::Kind;

Expr build_operation(BuildContext& context, Grammar::OperationContext* node);

Expr build_tuple(BuildContext& context, Grammar::PrimaryContext* node, source::Span span) {
  std::vector<Expr> elements = build_expressions(context, node->expression());
  if (elements.size() > 1) return {span, ast::Tuple{std::move(elements)}};
  Expr inner = std::move(elements.front());
  inner.span = span;
  inner.parenthesised = true;
  return inner;
}

Expr build_primary(BuildContext& context, Grammar::PrimaryContext* node) {
  const source::Span span = span_of(context, node);
  if (auto* quantity = node->quantity()) return {span, build_number(context, quantity)};
  if (auto* string = node->STRING()) return {span, ast::Text{build_text(context, string)}};
  if (node->TRUE() != nullptr) return {span, ast::Boolean{true}};
  if (node->FALSE() != nullptr) return {span, ast::Boolean{false}};
  if (auto* call = node->call()) return build_call(context, call);
  if (auto* name = node->name()) return {span, ast::Name{build_name(context, name)}};
  if (node->LEFT_BRACKET() != nullptr) {
    return {span, ast::ArrayLiteral{build_expressions(context, node->expression())}};
  }
  return build_tuple(context, node, span);
}

std::optional<ast::BinaryOp> binary_op(std::size_t type) {
  switch (type) {
    case Grammar::PLUS:
      return ast::BinaryOp::Add;
    case Grammar::MINUS:
      return ast::BinaryOp::Subtract;
    case Grammar::TIMES:
      return ast::BinaryOp::Multiply;
    case Grammar::DIVIDE:
      return ast::BinaryOp::Divide;
    case Grammar::MOD:
      return ast::BinaryOp::Modulo;
    case Grammar::POWER:
      return ast::BinaryOp::Power;
    default:
      return std::nullopt;
  }
}

std::optional<ast::ComparisonOp> comparison_op(std::size_t type) {
  switch (type) {
    case Grammar::EQUAL:
      return ast::ComparisonOp::Equal;
    case Grammar::NOT_EQUAL:
      return ast::ComparisonOp::NotEqual;
    case Grammar::LESS:
      return ast::ComparisonOp::Less;
    case Grammar::LESS_EQUAL:
      return ast::ComparisonOp::LessEqual;
    case Grammar::GREATER:
      return ast::ComparisonOp::Greater;
    case Grammar::GREATER_EQUAL:
      return ast::ComparisonOp::GreaterEqual;
    default:
      return std::nullopt;
  }
}

void refuse_chain(BuildContext& context, const Expr& left, ast::ComparisonOp op,
                  source::Span op_span) {
  const auto* before = std::get_if<ast::Comparison>(&left.node);
  if (before == nullptr || left.parenthesised) return;
  context.log
      .report(Kind::ChainedComparison, op_span,
              {ast::spelling_of(op), ast::spelling_of(before->op)})
      .other(before->op_span, "the first comparison")
      .hint("join two comparisons with `and`");
}

Expr build_infix(BuildContext& context, Grammar::OperationContext* node) {
  const source::Span span = span_of(context, node);
  const source::Span op_span = span_of(context, node->op);
  const std::size_t type = node->op->getType();
  Expr left = build_operation(context, node->operation(0));
  Expr right = build_operation(context, node->operation(1));
  if (const auto op = binary_op(type)) {
    return {span, ast::Binary{*op, op_span, std::move(left), std::move(right)}};
  }
  if (const auto op = comparison_op(type)) {
    refuse_chain(context, left, *op, op_span);
    return {span, ast::Comparison{*op, op_span, std::move(left), std::move(right)}};
  }
  const auto op = type == Grammar::AND ? ast::LogicalOp::And : ast::LogicalOp::Or;
  return {span, ast::Logical{op, op_span, std::move(left), std::move(right)}};
}

Expr build_prefix(BuildContext& context, Grammar::OperationContext* node) {
  const auto op = node->op->getType() == Grammar::NOT ? ast::UnaryOp::Not : ast::UnaryOp::Negate;
  return {span_of(context, node),
          ast::Unary{op, span_of(context, node->op), build_operation(context, node->operation(0))}};
}

Expr build_prime(BuildContext& context, Grammar::OperationContext* node, Expr operand) {
  const bool named = std::holds_alternative<ast::Name>(operand.node) ||
                     std::holds_alternative<ast::Field>(operand.node);
  if (!named || operand.parenthesised) {
    context.log.report(Kind::MisplacedPrime, span_of(context, node->PRIME()))
        .hint("the derivative of a function is written `f'(x)`");
  }
  return {span_of(context, node), ast::Prime{std::move(operand)}};
}

Expr build_postfix(BuildContext& context, Grammar::OperationContext* node) {
  const source::Span span = span_of(context, node);
  Expr operand = build_operation(context, node->operation(0));
  if (auto* field = node->name()) {
    return {span, ast::Field{std::move(operand), build_name(context, field)}};
  }
  if (auto* subscripts = node->subscripts()) {
    return {span, ast::Index{std::move(operand), build_subscripts(context, subscripts)}};
  }
  return build_prime(context, node, std::move(operand));
}

Expr build_operation(BuildContext& context, Grammar::OperationContext* node) {
  if (auto* primary = node->primary()) return build_primary(context, primary);
  if (node->op == nullptr) return build_postfix(context, node);
  return node->operation(1) == nullptr ? build_prefix(context, node) : build_infix(context, node);
}

ast::Argument build_argument(BuildContext& context, Grammar::ArgumentContext* node) {
  std::optional<ast::Identifier> name = build_optional_name(context, node->name());
  return {std::move(name), build_expression(context, node->expression()), span_of(context, node)};
}

}  // namespace

ast::Identifier build_name(const BuildContext& context, Grammar::NameContext* node) {
  return {node->getText(), span_of(context, node)};
}

std::optional<ast::Identifier> build_optional_name(const BuildContext& context,
                                                   Grammar::NameContext* node) {
  if (node == nullptr) return std::nullopt;
  return build_name(context, node);
}

Expr build_expression(BuildContext& context, Grammar::ExpressionContext* node) {
  if (auto* operation = node->operation()) return build_operation(context, operation);
  Expr condition = build_expression(context, node->condition);
  Expr then = build_expression(context, node->yes);
  Expr otherwise = build_expression(context, node->otherwise);
  return {span_of(context, node),
          ast::IfElse{std::move(condition), std::move(then), std::move(otherwise)}};
}

std::optional<Expr> build_optional_expression(BuildContext& context,
                                              Grammar::ExpressionContext* node) {
  if (node == nullptr) return std::nullopt;
  return build_expression(context, node);
}

std::vector<Expr> build_expressions(BuildContext& context,
                                    const std::vector<Grammar::ExpressionContext*>& nodes) {
  std::vector<Expr> built;
  for (auto* node : nodes) built.push_back(build_expression(context, node));
  return built;
}

Expr build_values(BuildContext& context, Grammar::ValuesContext* node) {
  Expr first = build_expression(context, node->first);
  if (node->last == nullptr) return first;
  Expr last = build_expression(context, node->last);
  ast::Range range{std::move(first), std::move(last), std::nullopt};
  if (node->by != nullptr) range.step = build_expression(context, node->by);
  return {span_of(context, node), std::move(range)};
}

// The places `a`, `a.b`, `a.b[i]`, … grow from left to right over the children.
Expr build_place(BuildContext& context, Grammar::PlaceContext* node) {
  const ast::Identifier root = build_name(context, node->name(0));
  Expr place{root.span, ast::Name{root}};
  for (std::size_t i = 1; i < node->children.size(); ++i) {
    if (auto* field = dynamic_cast<Grammar::NameContext*>(node->children[i])) {
      const source::Span span = source::join(root.span, span_of(context, field));
      place = {span, ast::Field{std::move(place), build_name(context, field)}};
    } else if (auto* index = dynamic_cast<Grammar::SubscriptsContext*>(node->children[i])) {
      const source::Span span = source::join(root.span, span_of(context, index));
      place = {span, ast::Index{std::move(place), build_subscripts(context, index)}};
    }
  }
  return place;
}

std::vector<Expr> build_places(BuildContext& context,
                               const std::vector<Grammar::PlaceContext*>& nodes) {
  std::vector<Expr> built;
  for (auto* node : nodes) built.push_back(build_place(context, node));
  return built;
}

Expr build_call(BuildContext& context, Grammar::CallContext* node) {
  return {span_of(context, node),
          ast::Call{build_name(context, node->name()), node->PRIME() != nullptr,
                    build_arguments(context, node->arguments())}};
}

std::vector<Expr> build_subscripts(BuildContext& context, Grammar::SubscriptsContext* node) {
  std::vector<Expr> built;
  for (auto* values : node->values()) built.push_back(build_values(context, values));
  return built;
}

std::vector<ast::Argument> build_arguments(BuildContext& context, Grammar::ArgumentsContext* node) {
  std::vector<ast::Argument> built;
  for (auto* argument : node->argument()) built.push_back(build_argument(context, argument));
  return built;
}

ast::Instantiation build_instantiation(BuildContext& context, Grammar::InstantiationContext* node) {
  return {build_name(context, node->name()), build_arguments(context, node->arguments()),
          span_of(context, node)};
}

ast::Interval build_interval(BuildContext& context, Grammar::IntervalContext* node) {
  Expr lower = build_expression(context, node->lower);
  return {std::move(lower), build_expression(context, node->upper), span_of(context, node)};
}

}  // namespace bouton::parse
