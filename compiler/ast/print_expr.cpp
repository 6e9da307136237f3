#include "compiler/ast/print_expr.h"

#include <fmt/format.h>

#include "compiler/base/match.h"

namespace bouton::ast {
namespace {

// How tightly a form binds, loosest first.
enum class Binding {
  IfElse,
  Or,
  And,
  Not,
  Comparison,
  Sum,
  Product,
  Negation,
  Power,
  Postfix,
  Primary
};

Binding next(Binding binding) { return static_cast<Binding>(static_cast<int>(binding) + 1); }

Binding binding_of(const Binary& binary) {
  switch (binary.op) {
    case BinaryOp::Add:
    case BinaryOp::Subtract:
      return Binding::Sum;
    case BinaryOp::Multiply:
    case BinaryOp::Divide:
    case BinaryOp::Modulo:
      return Binding::Product;
    case BinaryOp::Power:
      return Binding::Power;
  }
  return Binding::Primary;
}

Binding binding_of(const Expr& expr) {
  return match(
      expr.node, [](const Number&) { return Binding::Primary; },
      [](const Text&) { return Binding::Primary; }, [](const Boolean&) { return Binding::Primary; },
      [](const Name&) { return Binding::Primary; }, [](const Field&) { return Binding::Postfix; },
      [](const Index&) { return Binding::Postfix; }, [](const Range&) { return Binding::IfElse; },
      [](const Unary& unary) {
        return unary.op == UnaryOp::Not ? Binding::Not : Binding::Negation;
      },
      [](const Binary& binary) { return binding_of(binary); },
      [](const Comparison&) { return Binding::Comparison; },
      [](const Logical& logical) {
        return logical.op == LogicalOp::And ? Binding::And : Binding::Or;
      },
      [](const IfElse&) { return Binding::IfElse; }, [](const Call&) { return Binding::Primary; },
      [](const ArrayLiteral&) { return Binding::Primary; },
      [](const Tuple&) { return Binding::Primary; }, [](const Prime&) { return Binding::Postfix; });
}

bool is_short(const Expr& expr) {
  if (expr.parenthesised) return true;
  const auto* unary = std::get_if<Unary>(&expr.node);
  if (unary != nullptr && unary->op == UnaryOp::Negate) return is_short(*unary->operand);
  return binding_of(expr) >= Binding::Power;
}

class Printer {
 public:
  std::string operator()(const Number& number) const { return print_number(number); }
  std::string operator()(const Text& text) const { return quote(text.value); }
  std::string operator()(const Boolean& boolean) const { return boolean.value ? "true" : "false"; }
  std::string operator()(const Name& name) const { return name.name.text; }
  std::string operator()(const Field& field) const {
    return operand(*field.object, Binding::Postfix) + "." + field.field.text;
  }
  std::string operator()(const Index& index) const {
    return operand(*index.object, Binding::Postfix) + "[" + Printer(true).list(index.subscripts) +
           "]";
  }
  std::string operator()(const Range& range) const {
    const Printer dense(true);
    std::string text = dense.whole(*range.first) + " .. " + dense.whole(*range.last);
    if (range.step) text += " by " + dense.whole(**range.step);
    return text;
  }
  std::string operator()(const Unary& unary) const {
    if (unary.op == UnaryOp::Not) return "not " + operand(*unary.operand, Binding::Not);
    return "-" + operand(*unary.operand, Binding::Negation);
  }
  std::string operator()(const Binary& binary) const {
    if (binary.op == BinaryOp::Power) return power(binary);
    const Binding binding = binding_of(binary);
    const char* blank = is_tight(binary) ? "" : " ";
    return fmt::format("{}{}{}{}{}", operand(*binary.left, binding), blank, spelling_of(binary.op),
                       blank, operand(*binary.right, next(binding)));
  }
  std::string operator()(const Comparison& comparison) const {
    return infix(comparison, Binding::Sum, Binding::Sum);
  }
  std::string operator()(const Logical& logical) const {
    const Binding binding = logical.op == LogicalOp::And ? Binding::And : Binding::Or;
    return infix(logical, binding, next(binding));
  }
  std::string operator()(const IfElse& branch) const {
    return fmt::format("if {}: {} else: {}", whole(*branch.condition), whole(*branch.then),
                       whole(*branch.otherwise));
  }
  std::string operator()(const Call& call) const {
    std::string arguments;
    for (const Argument& argument : call.arguments) {
      if (!arguments.empty()) arguments += ", ";
      if (argument.name) arguments += argument.name->text + " = ";
      arguments += Printer(false).whole(argument.value);
    }
    return fmt::format("{}{}({})", call.function.text, call.derivative ? "'" : "", arguments);
  }
  std::string operator()(const ArrayLiteral& array) const {
    return "[" + list(array.elements) + "]";
  }
  std::string operator()(const Tuple& tuple) const { return "(" + list(tuple.elements) + ")"; }
  std::string operator()(const Prime& prime) const {
    return operand(*prime.operand, Binding::Postfix) + "'";
  }

  [[nodiscard]] std::string whole(const Expr& expr) const { return operand(expr, Binding::IfElse); }

  explicit Printer(bool dense) : dense_(dense) {}

 private:
  [[nodiscard]] std::string operand(const Expr& expr, Binding loosest) const {
    const std::string text = std::visit(*this, expr.node);
    return expr.parenthesised || binding_of(expr) < loosest ? "(" + text + ")" : text;
  }

  template <typename Infix>
  [[nodiscard]] std::string infix(const Infix& node, Binding left, Binding right) const {
    return fmt::format("{} {} {}", operand(*node.left, left), spelling_of(node.op),
                       operand(*node.right, right));
  }

  // `2 ms^2` is 2 (ms^2): a quantity to a power needs its parentheses.
  [[nodiscard]] std::string power(const Binary& binary) const {
    const auto* number = std::get_if<Number>(&binary.left->node);
    const bool quantity = number != nullptr && number->unit && !binary.left->parenthesised;
    std::string base = operand(*binary.left, Binding::Postfix);
    if (quantity) base = "(" + base + ")";
    return base + "^" + operand(*binary.right, Binding::Negation);
  }

  // Fractions of short operands (`tau/timestep`), and sums of them in subscripts (`dims[l+1]`).
  [[nodiscard]] bool is_tight(const Binary& binary) const {
    const bool sum = binary.op == BinaryOp::Add || binary.op == BinaryOp::Subtract;
    const bool candidate = binary.op == BinaryOp::Divide || (dense_ && sum);
    return candidate && is_short(*binary.left) && is_short(*binary.right);
  }

  [[nodiscard]] std::string list(const std::vector<Expr>& elements) const {
    std::string text;
    for (const Expr& element : elements) {
      if (!text.empty()) text += ", ";
      text += whole(element);
    }
    return text;
  }

  bool dense_;
};

}  // namespace

std::string print_expression(const Expr& expr) { return Printer(false).whole(expr); }

std::string print_number(const Number& number) {
  if (!number.unit) return number.spelling;
  std::string text = number.spelling + " " + number.unit->unit.text;
  if (number.unit->exponent != 1) text += fmt::format("^{}", number.unit->exponent);
  return text;
}

std::string quote(const std::string& value) {
  std::string text = "\"";
  for (const char c : value) {
    if (c == '\n') {
      text += "\\n";
    } else if (c == '\t') {
      text += "\\t";
    } else {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
  }
  return text + '"';
}

}  // namespace bouton::ast
