#include <fmt/format.h>

#include "compiler/ast/print_expr.h"
#include "compiler/base/match.h"

namespace bouton::ast {
namespace {

std::string dump_list(const std::vector<Expr>& elements) {
  std::string text;
  for (const Expr& element : elements) text += " " + dump_expression(element);
  return text;
}

template <typename Infix>
std::string dump_infix(const Infix& node) {
  return fmt::format("({} {} {})", spelling_of(node.op), dump_expression(*node.left),
                     dump_expression(*node.right));
}

std::string dump_range(const Range& range) {
  std::string text = ".. " + dump_expression(*range.first) + " " + dump_expression(*range.last);
  if (range.step) text += " by " + dump_expression(**range.step);
  return "(" + text + ")";
}

std::string dump_call(const Call& call) {
  std::string text =
      fmt::format("({} {}", call.derivative ? "derivative" : "call", call.function.text);
  for (const Argument& argument : call.arguments) {
    text += ' ';
    if (argument.name) text += argument.name->text + "=";
    text += dump_expression(argument.value);
  }
  return text + ")";
}

}  // namespace

std::string dump_expression(const Expr& expr) {
  return match(
      expr.node, [](const Number& number) { return print_number(number); },
      [](const Text& text) { return quote(text.value); },
      [](const Boolean& boolean) -> std::string { return boolean.value ? "true" : "false"; },
      [](const Name& name) { return name.name.text; },
      [](const Field& field) {
        return fmt::format("(. {} {})", dump_expression(*field.object), field.field.text);
      },
      [](const Index& index) {
        return fmt::format("(index {}{})", dump_expression(*index.object),
                           dump_list(index.subscripts));
      },
      [](const Range& range) { return dump_range(range); },
      [](const Unary& unary) {
        return fmt::format("({} {})", spelling_of(unary.op), dump_expression(*unary.operand));
      },
      [](const Binary& binary) { return dump_infix(binary); },
      [](const Comparison& comparison) { return dump_infix(comparison); },
      [](const Logical& logical) { return dump_infix(logical); },
      [](const IfElse& branch) {
        return fmt::format("(if {} {} {})", dump_expression(*branch.condition),
                           dump_expression(*branch.then), dump_expression(*branch.otherwise));
      },
      [](const Call& call) { return dump_call(call); },
      [](const ArrayLiteral& array) { return "(array" + dump_list(array.elements) + ")"; },
      [](const Tuple& tuple) { return "(tuple" + dump_list(tuple.elements) + ")"; },
      [](const Prime& prime) { return "(' " + dump_expression(*prime.operand) + ")"; });
}

}  // namespace bouton::ast
