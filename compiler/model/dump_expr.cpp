#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/model/builtins.h"
#include "compiler/model/dump_parts.h"

namespace bouton::model {

namespace {

// How tightly an expression holds together, loosest first.
enum class Binding : std::uint8_t {
  Choice,
  Range,
  Or,
  And,
  Not,
  Comparison,
  Sum,
  Product,
  Negation,
  Power,
  Operand
};

struct Operator {
  std::string_view spelling;
  Binding binding;
};

Operator operator_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::Add:
      return {" + ", Binding::Sum};
    case BinaryOp::Subtract:
      return {" - ", Binding::Sum};
    case BinaryOp::Multiply:
      return {" * ", Binding::Product};
    case BinaryOp::Divide:
      return {" / ", Binding::Product};
    case BinaryOp::Modulo:
      return {" mod ", Binding::Product};
    case BinaryOp::Power:
      return {"^", Binding::Power};
    case BinaryOp::Equal:
      return {" == ", Binding::Comparison};
    case BinaryOp::NotEqual:
      return {" != ", Binding::Comparison};
    case BinaryOp::Less:
      return {" < ", Binding::Comparison};
    case BinaryOp::LessEqual:
      return {" <= ", Binding::Comparison};
    case BinaryOp::Greater:
      return {" > ", Binding::Comparison};
    case BinaryOp::GreaterEqual:
      return {" >= ", Binding::Comparison};
    case BinaryOp::And:
      return {" and ", Binding::And};
    case BinaryOp::Or:
      return {" or ", Binding::Or};
  }
  BOUTON_UNREACHABLE("binary operator");
}

Operator operator_of(UnaryOp op) {
  switch (op) {
    case UnaryOp::Negate:
      return {"-", Binding::Negation};
    case UnaryOp::Not:
      return {"not ", Binding::Not};
  }
  BOUTON_UNREACHABLE("unary operator");
}

// A unit behind a number takes a following power to itself: `2 ms^2` is not `(2 ms)^2`.
Binding binding_of(const Number& number, const Type& type) {
  if (std::signbit(number.value)) return Binding::Negation;
  const bool bare = type.kind == Kind::Real && type.dimension.dimensionless();
  return bare ? Binding::Operand : Binding::Power;
}

Binding binding_of(const Expr& expr) {
  if (const auto* number = std::get_if<Number>(&expr.node)) return binding_of(*number, expr.type);
  if (const auto* unary = std::get_if<Unary>(&expr.node)) return operator_of(unary->op).binding;
  if (const auto* binary = std::get_if<Binary>(&expr.node)) return operator_of(binary->op).binding;
  if (std::holds_alternative<Choice>(expr.node)) return Binding::Choice;
  if (std::holds_alternative<Range>(expr.node)) return Binding::Range;
  return Binding::Operand;
}

Binding tighter(Binding binding) {
  return binding == Binding::Operand ? binding
                                     : static_cast<Binding>(static_cast<int>(binding) + 1);
}

// Comparisons do not chain and a power of a power is easily misread: both sides in brackets.
Binding left_binding(BinaryOp op) {
  const Binding binding = operator_of(op).binding;
  const bool leans_left = binding != Binding::Comparison && binding != Binding::Power;
  return leans_left ? binding : tighter(binding);
}

class Writer {
 public:
  explicit Writer(const Place& place) : place_(place) {}

  void write(const Expr& expr) {
    match(
        expr.node, [&](const Number& node) { text_ += spell_number(node.value, expr.type); },
        [&](const Truth& node) { text_ += node.value ? "true" : "false"; },
        [&](const Text& node) { text_ += quoted(node.value); },
        [&](const Ref& node) { text_ += name_of(node.symbol, place_); },
        [&](const Previous& node) { text_ += "prev(" + name_of(node.symbol, place_) + ")"; },
        [&](const Slope& node) { text_ += name_of(node.symbol, place_) + "'"; },
        [&](const PartnerField& node) { write_field(node); },
        [&](const Unary& node) { write_unary(node); },
        [&](const Binary& node) { write_chain(node); },
        [&](const Choice& node) { write_choice(node); },
        [&](const Call& node) { write_call(node); },
        [&](const FunctionValue& node) { text_ += name_of_function(node); },
        [&](const ToSteps& node) { write_call("to_steps", *node.duration); },
        [&](const ToTime& node) { write_call("to_time", *node.steps); },
        [&](const ArrayLiteral& node) { write_all("[", node.elements, "]"); },
        [&](const TupleLiteral& node) { write_all("(", node.elements, ")"); },
        [&](const Range& node) { write_range(node); },
        [&](const Index& node) {
          write(*node.base, Binding::Operand);
          write_all("[", node.indices, "]");
        },
        [&](const RecordField& node) {
          write(*node.base, Binding::Operand);
          text_ += "." + node.field;
        },
        [&](const Quantity& node) { write_quantity(node); });
  }

  void write_all(std::string_view open, const std::vector<Expr>& exprs, std::string_view close) {
    text_ += open;
    bool first = true;
    for (const Expr& expr : exprs) {
      if (!std::exchange(first, false)) text_ += ", ";
      write(expr);
    }
    text_ += close;
  }

  void write_quantity(const Quantity& node) {
    text_ += owner_name(node.circuit, node.owner, place_);
    if (!node.family_indices.empty()) write_all("[", node.family_indices, "]");
    if (node.rule) text_ += "." + *node.rule;
    if (!node.variable.empty()) text_ += "." + node.variable;
  }

  [[nodiscard]] std::string take() && { return std::move(text_); }

 private:
  // In brackets if it holds together less tightly than its surroundings need.
  void write(const Expr& expr, Binding needed) {
    const bool bracketed = binding_of(expr) < needed;
    if (bracketed) text_ += "(";
    write(expr);
    if (bracketed) text_ += ")";
  }

  void write_unary(const Unary& node) {
    const Operator written = operator_of(node.op);
    text_ += written.spelling;
    write(*node.operand, tighter(written.binding));
  }

  // A sum of many terms leans to the left, one level per term: it is written from the innermost
  // operator outwards without recursion.
  void write_chain(const Binary& outermost) {
    std::vector<const Binary*> chain{&outermost};
    while (const auto* inner = std::get_if<Binary>(&chain.back()->left->node))
      chain.push_back(inner);
    const auto bracketed = [&](std::size_t i) {
      return i > 0 && operator_of(chain[i]->op).binding < left_binding(chain[i - 1]->op);
    };
    for (std::size_t i = 0; i < chain.size(); ++i) text_ += bracketed(i) ? "(" : "";
    write(*chain.back()->left, left_binding(chain.back()->op));
    for (std::size_t i = chain.size(); i-- > 0;) {
      const Operator written = operator_of(chain[i]->op);
      text_ += written.spelling;
      write(*chain[i]->right, tighter(written.binding));
      text_ += bracketed(i) ? ")" : "";
    }
  }

  void write_choice(const Choice& node) {
    text_ += "if ";
    write(*node.condition, tighter(Binding::Choice));
    text_ += ": ";
    write(*node.when_true, tighter(Binding::Choice));
    text_ += " else: ";
    write(*node.when_false);
  }

  void write_range(const Range& node) {
    write(*node.first, tighter(Binding::Range));
    text_ += " .. ";
    write(*node.last, tighter(Binding::Range));
    if (!node.by) return;
    text_ += " by ";
    write(**node.by, tighter(Binding::Range));
  }

  void write_field(const PartnerField& node) {
    const std::string field = std::string(spelling_of(node.side)) + "." + node.field;
    switch (node.form) {
      case PartnerField::Form::Value:
        text_ += field;
        return;
      case PartnerField::Form::Previous:
        text_ += "prev(" + field + ")";
        return;
      case PartnerField::Form::Slope:
        text_ += field + "'";
        return;
    }
    BOUTON_UNREACHABLE("form of a partner's field");
  }

  void write_call(std::string_view function, const Expr& argument) {
    text_.append(function) += "(";
    write(argument);
    text_ += ")";
  }

  void write_call(const Call& node) {
    text_ += match(
        node.callee, [](BuiltinId id) { return std::string(builtin(id).name); },
        [&](FunctionId id) { return place_.program.functions[id].name; },
        [&](SymbolId id) { return name_of(id, place_); });
    text_ += node.derivative ? "'" : "";
    write_all("(", node.arguments, "");
    bool first = node.arguments.empty();
    for (const NamedArgument& argument : node.named) {
      text_ += (std::exchange(first, false) ? "" : ", ") + argument.name + " = ";
      write(*argument.value);
    }
    if (node.site) write_site(**node.site);
    text_ += ")";
  }

  void write_site(const RandomSite& site) {
    text_ += "; site " + quoted(site.name);
    if (!site.indices.empty()) write_all("[", site.indices, "]");
    text_ += " call " + std::to_string(site.ordinal);
  }

  [[nodiscard]] std::string name_of_function(const FunctionValue& node) const {
    return match(
        node.function, [](BuiltinId id) { return std::string(builtin(id).name); },
        [&](FunctionId id) { return place_.program.functions[id].name; });
  }

  const Place& place_;
  std::string text_;
};

}  // namespace

std::string dump_expr(const Expr& expr, const Place& place) {
  Writer writer(place);
  writer.write(expr);
  return std::move(writer).take();
}

std::string dump_list(const std::vector<Expr>& exprs, const Place& place) {
  Writer writer(place);
  writer.write_all("", exprs, "");
  return std::move(writer).take();
}

std::string dump_indices(const std::vector<Expr>& indices, const Place& place) {
  return indices.empty() ? "" : "[" + dump_list(indices, place) + "]";
}

std::string dump_quantity(const Quantity& quantity, const Place& place) {
  Writer writer(place);
  writer.write_quantity(quantity);
  return std::move(writer).take();
}

std::string dump_clause(std::string_view word, const std::optional<Expr>& expr,
                        const Place& place) {
  if (!expr) return "";
  return " " + std::string(word) + " " + dump_expr(*expr, place);
}

}  // namespace bouton::model
