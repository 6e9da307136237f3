#include "compiler/elaborate/window_terms.h"

#include "compiler/elaborate/expr_walk.h"
#include "compiler/model/builtins.h"

namespace bouton::elaborate {

namespace {

using model::BinaryOp;
using model::Expr;

const double* literal(const Expr& expr) {
  const auto* number = std::get_if<model::Number>(&expr.node);
  return number == nullptr ? nullptr : &number->value;
}

Expr number_like(const Expr& expr, double value) {
  return {expr.span, model::scalar(), model::Number{value}};
}

// The sign goes into a leading number where there is one; that is exact.
Expr negative_of(const Expr& expr) {
  if (const double* value = literal(expr)) return number_like(expr, -*value);
  if (const auto* unary = std::get_if<model::Unary>(&expr.node)) return *unary->operand;
  const auto* binary = std::get_if<model::Binary>(&expr.node);
  const bool scales =
      binary != nullptr && (binary->op == BinaryOp::Multiply || binary->op == BinaryOp::Divide);
  if (scales && literal(*binary->left) != nullptr)
    return {expr.span, expr.type,
            model::Binary{binary->op, negative_of(*binary->left), *binary->right}};
  return {expr.span, expr.type, model::Unary{model::UnaryOp::Negate, expr}};
}

Expr product_of(const Expr& left, const Expr& right, RealArithmetic arithmetic) {
  const double* a = literal(left);
  const double* b = literal(right);
  if (a != nullptr && b != nullptr) return number_like(left, arithmetic.multiply(*a, *b));
  if (a != nullptr && *a == 1.0) return right;
  if (b != nullptr && *b == 1.0) return left;
  if (a != nullptr && *a == -1.0) return negative_of(right);
  if (b != nullptr && *b == -1.0) return negative_of(left);
  return {left.span, left.type, model::Binary{BinaryOp::Multiply, left, right}};
}

Expr quotient_of(const Expr& left, const Expr& right, RealArithmetic arithmetic) {
  const double* a = literal(left);
  const double* b = literal(right);
  if (a != nullptr && b != nullptr) return number_like(left, arithmetic.divide(*a, *b));
  return {left.span, left.type, model::Binary{BinaryOp::Divide, left, right}};
}

bool is_call_of(const Expr& expr, std::string_view name) {
  const auto* call = std::get_if<model::Call>(&expr.node);
  const auto* id = call == nullptr ? nullptr : std::get_if<model::BuiltinId>(&call->callee);
  return id != nullptr && model::builtin(*id).name == name;
}

NoWindow not_a_term(source::Span span) {
  return {span, "a part of it is no polynomial times an exponential of the time difference"};
}

// What may stand in a coefficient: parameters, `timestep`, numbers, functions of them.
bool is_constant(const Expr& expr, const model::Scope& scope) {
  bool constant = true;
  walk(expr, [&](const Expr& part) {
    if (const auto* ref = std::get_if<model::Ref>(&part.node)) {
      const model::SymbolKind kind = scope[ref->symbol].kind;
      if (kind != model::SymbolKind::Parameter && kind != model::SymbolKind::Timestep)
        constant = false;
    }
    if (std::holds_alternative<model::PartnerField>(part.node) ||
        std::holds_alternative<model::Previous>(part.node) ||
        std::holds_alternative<model::Slope>(part.node))
      constant = false;
  });
  return constant;
}

}  // namespace

WindowTerms negated(WindowTerms terms) {
  for (WindowTerm& term : terms) term.coefficient = negative_of(term.coefficient);
  return terms;
}

bool WindowReader::is_difference(const Expr& expr) const {
  const auto* time = std::get_if<model::ToTime>(&expr.node);
  const auto* ref = time == nullptr ? nullptr : std::get_if<model::Ref>(&time->steps->node);
  return ref != nullptr && ref->symbol == pair_time_;
}

bool WindowReader::is_age(const Expr& expr) const {
  const Expr* inside = &expr;
  if (const auto* time = std::get_if<model::ToTime>(&expr.node)) inside = &*time->steps;
  if (!is_call_of(*inside, "abs")) return false;
  const Expr& argument = std::get<model::Call>(inside->node).arguments.front();
  const auto* ref = std::get_if<model::Ref>(&argument.node);
  return is_difference(argument) || (ref != nullptr && ref->symbol == pair_time_);
}

WindowReader::Read WindowReader::read(const Expr& expr) const {
  if (!mentions(expr, pair_time_)) return read_coefficient(expr);
  if (is_age(expr)) return WindowTerms{{number_like(expr, 1.0), 1, std::nullopt}};
  if (is_difference(expr))
    return WindowTerms{{number_like(expr, static_cast<double>(sign_)), 1, std::nullopt}};
  if (const auto* time = std::get_if<model::ToTime>(&expr.node)) return read_steps(*time->steps);
  if (const auto* binary = std::get_if<model::Binary>(&expr.node))
    return read_binary(*binary, expr.span);
  if (const auto* call = std::get_if<model::Call>(&expr.node)) return read_call(*call, expr.span);
  if (const auto* unary = std::get_if<model::Unary>(&expr.node)) {
    auto terms = read(*unary->operand);
    if (auto* sum = std::get_if<WindowTerms>(&terms)) return negated(std::move(*sum));
    return terms;
  }
  if (const auto* choice = std::get_if<model::Choice>(&expr.node)) {
    const auto decided = decide(*choice->condition);
    if (decided) return read(*decided ? *choice->when_true : *choice->when_false);
  }
  return not_a_term(expr.span);
}

// What is counted in steps: dt with a sign; sums of steps have no real value of their own.
WindowReader::Read WindowReader::read_steps(const Expr& steps) const {
  const auto* ref = std::get_if<model::Ref>(&steps.node);
  if (ref != nullptr && ref->symbol == pair_time_)
    return WindowTerms{{number_like(steps, static_cast<double>(sign_)), 1, std::nullopt}};
  if (is_age(steps)) return WindowTerms{{number_like(steps, 1.0), 1, std::nullopt}};
  const auto* unary = std::get_if<model::Unary>(&steps.node);
  if (unary == nullptr) return not_a_term(steps.span);
  auto terms = read_steps(*unary->operand);
  if (auto* sum = std::get_if<WindowTerms>(&terms)) return negated(std::move(*sum));
  return terms;
}

WindowReader::Read WindowReader::read_coefficient(const Expr& expr) const {
  if (const double* value = literal(expr); value != nullptr && *value == 0.0) return WindowTerms{};
  if (const auto* choice = std::get_if<model::Choice>(&expr.node))
    if (const auto decided = decide(*choice->condition))
      return read(*decided ? *choice->when_true : *choice->when_false);
  if (!is_constant(expr, scope_))
    return NoWindow{expr.span,
                    "what a pair adds depends on the state of the synapse or its neurons"};
  return WindowTerms{{expr, 0, std::nullopt}};
}

WindowReader::Read WindowReader::read_binary(const model::Binary& binary, source::Span span) const {
  switch (binary.op) {
    case BinaryOp::Multiply:
      return read_product(binary, span);
    case BinaryOp::Power:
      return read_power(binary, span);
    case BinaryOp::Add:
    case BinaryOp::Subtract:
    case BinaryOp::Divide:
      break;
    default:
      return not_a_term(span);
  }
  auto left = read(*binary.left);
  if (std::holds_alternative<NoWindow>(left)) return left;
  auto terms = std::get<WindowTerms>(std::move(left));
  if (binary.op == BinaryOp::Divide) {
    if (mentions(*binary.right, pair_time_) || !is_constant(*binary.right, scope_))
      return not_a_term(span);
    for (WindowTerm& term : terms)
      term.coefficient = quotient_of(term.coefficient, *binary.right, arithmetic_);
    return terms;
  }
  auto right = read(*binary.right);
  if (std::holds_alternative<NoWindow>(right)) return right;
  auto more = std::get<WindowTerms>(std::move(right));
  if (binary.op == BinaryOp::Subtract) more = negated(std::move(more));
  terms.insert(terms.end(), more.begin(), more.end());
  return terms;
}

WindowReader::Read WindowReader::read_product(const model::Binary& binary,
                                              source::Span span) const {
  const auto left = read(*binary.left);
  if (std::holds_alternative<NoWindow>(left)) return left;
  const auto right = read(*binary.right);
  if (std::holds_alternative<NoWindow>(right)) return right;
  WindowTerms terms;
  for (const WindowTerm& a : std::get<WindowTerms>(left))
    for (const WindowTerm& b : std::get<WindowTerms>(right)) {
      if (a.time_constant && b.time_constant) return not_a_term(span);
      terms.push_back({product_of(a.coefficient, b.coefficient, arithmetic_), a.power + b.power,
                       a.time_constant ? a.time_constant : b.time_constant});
    }
  return terms;
}

WindowReader::Read WindowReader::read_power(const model::Binary& binary, source::Span span) const {
  constexpr double kHighestPower = 8;
  const double* exponent = literal(*binary.right);
  const bool small_whole = exponent != nullptr && *exponent >= 1 && *exponent <= kHighestPower &&
                           *exponent == static_cast<double>(static_cast<int>(*exponent));
  if (!small_whole) return not_a_term(span);
  model::Expr product = *binary.left;
  for (int i = 1; i < static_cast<int>(*exponent); ++i)
    product = {span, product.type, model::Binary{BinaryOp::Multiply, product, *binary.left}};
  return read(product);
}

WindowReader::Read WindowReader::read_call(const model::Call& call, source::Span span) const {
  const auto* id = std::get_if<model::BuiltinId>(&call.callee);
  if (id == nullptr || model::builtin(*id).name != "exp") return not_a_term(span);
  return read_exponential(call.arguments.front(), span);
}

// exp(∓dt/tau), exp(∓rate*dt), exp(-abs(dt)/tau): the exponent is one linear term without a
// constant.
WindowReader::Read WindowReader::read_exponential(const Expr& exponent, source::Span span) const {
  const auto linear = read(exponent);
  if (std::holds_alternative<NoWindow>(linear)) return linear;
  const auto& terms = std::get<WindowTerms>(linear);
  if (terms.size() != 1 || terms.front().power != 1 || terms.front().time_constant)
    return not_a_term(span);
  // The exponent is -rate * age; where the program divides by tau, rate is 1/tau.
  const Expr rate = negative_of(terms.front().coefficient);
  const Expr one = number_like(exponent, 1.0);
  if (const double* value = literal(rate); value != nullptr && !(*value > 0.0))
    return NoWindow{span, "it grows with the time between the spikes"};
  const auto* quotient = std::get_if<model::Binary>(&rate.node);
  if (quotient != nullptr && quotient->op == BinaryOp::Divide) {
    const double* numerator = literal(*quotient->left);
    if (numerator != nullptr && *numerator == -1.0)
      return NoWindow{span, "it grows with the time between the spikes"};
    if (numerator != nullptr && *numerator == 1.0) return WindowTerms{{one, 0, *quotient->right}};
  }
  return WindowTerms{{one, 0, quotient_of(one, rate, arithmetic_)}};
}

std::optional<bool> WindowReader::decide_comparison(const model::Binary& binary) const {
  const auto side = [&](const Expr& expr) -> std::optional<int> {
    const auto* ref = std::get_if<model::Ref>(&expr.node);
    if ((ref != nullptr && ref->symbol == pair_time_) || is_difference(expr)) return sign_;
    if (const double* value = literal(expr); value != nullptr && *value == 0.0) return 0;
    if (const auto* steps = std::get_if<model::ToSteps>(&expr.node))
      if (const double* value = literal(*steps->duration); value != nullptr && *value == 0.0)
        return 0;
    return std::nullopt;
  };
  const auto left = side(*binary.left);
  const auto right = side(*binary.right);
  if (!left || !right) return std::nullopt;
  switch (binary.op) {
    case BinaryOp::Equal:
      return *left == *right;
    case BinaryOp::NotEqual:
      return *left != *right;
    case BinaryOp::Less:
      return *left < *right;
    case BinaryOp::LessEqual:
      return *left <= *right;
    case BinaryOp::Greater:
      return *left > *right;
    case BinaryOp::GreaterEqual:
      return *left >= *right;
    default:
      return std::nullopt;
  }
}

std::optional<bool> WindowReader::decide(const Expr& condition) const {
  if (const auto* truth = std::get_if<model::Truth>(&condition.node)) return truth->value;
  if (const auto* unary = std::get_if<model::Unary>(&condition.node)) {
    const auto inner = decide(*unary->operand);
    if (!inner) return std::nullopt;
    return !*inner;
  }
  const auto* binary = std::get_if<model::Binary>(&condition.node);
  if (binary == nullptr) return std::nullopt;
  if (binary->op != BinaryOp::And && binary->op != BinaryOp::Or) return decide_comparison(*binary);
  const auto left = decide(*binary->left);
  const auto right = decide(*binary->right);
  const bool deciding = binary->op == BinaryOp::Or;  // the value that settles the whole
  if ((left && *left == deciding) || (right && *right == deciding)) return deciding;
  if (!left || !right) return std::nullopt;
  return !deciding;
}

}  // namespace bouton::elaborate
