#include "compiler/ast/clause_text.h"

#include <fmt/format.h>

#include "compiler/base/match.h"

namespace bouton::ast {
namespace {

std::string text_of(const Connect& connect, ExpressionStyle style) {
  return match(
      connect.how, [](const ConnectAll&) -> std::string { return "connect all"; },
      [](const ConnectOneToOne&) -> std::string { return "connect one to one"; },
      [style](const ConnectProbability& probability) {
        return "connect probability " + style(probability.probability);
      },
      [style](const ConnectInDegree& degree) {
        return "connect in_degree " + style(degree.degree);
      },
      [style](const ConnectFrom& from) { return "connect from " + style(from.connections); });
}

std::string text_of(const Learning& learning, ExpressionStyle style) {
  const std::string name = learning.name ? learning.name->text + " = " : "";
  return "learning " + name + text_of(learning.rule, style);
}

}  // namespace

std::string text_of(const Instantiation& instantiation, ExpressionStyle style) {
  std::string arguments;
  for (const Argument& argument : instantiation.arguments) {
    if (!arguments.empty()) arguments += ", ";
    if (argument.name) arguments += argument.name->text + " = ";
    arguments += style(argument.value);
  }
  return fmt::format("{}({})", instantiation.definition.text, arguments);
}

std::string text_of(const Interval& interval, ExpressionStyle style) {
  return fmt::format("[{}, {}]", style(interval.lower), style(interval.upper));
}

std::string text_of(const FamilyIndex& index, ExpressionStyle style) {
  const std::string variable = index.variable ? index.variable->text + " in " : "";
  return "[" + variable + style(index.values) + "]";
}

std::string text_of(const ProjectionClause& clause, ExpressionStyle style) {
  return match(
      clause.node, [](const NoSelf&) -> std::string { return "no self"; },
      [style](const Connect& connect) { return text_of(connect, style); },
      [style](const Via& via) { return "via " + text_of(via.synapse, style); },
      [style](const WeightsTiedTo& tied) { return "weights tied to " + style(tied.source); },
      [style](const Weight& weight) { return "weight " + style(weight.value); },
      [style](const Learning& learning) { return text_of(learning, style); },
      [style](const Delay& delay) {
        return fmt::format("{} {}", spelling_of(delay.kind), style(delay.duration));
      },
      [](const Sign& sign) { return fmt::format("sign {}", spelling_of(sign.polarity)); });
}

std::string text_of(const Parameter& parameter, ExpressionStyle style) {
  const std::string value = parameter.default_value ? " = " + style(*parameter.default_value) : "";
  return parameter.name.text + text_of_type(parameter.type) + value;
}

std::string text_of(const Observation& observation, ExpressionStyle style) {
  std::string text = observation.name.text + " = " + style(observation.value);
  if (observation.every) text += " every " + style(*observation.every);
  if (observation.after) text += " after " + style(*observation.after);
  return text;
}

std::string text_of(const Pairing& pairing, ExpressionStyle style) {
  std::string text = spelling_of(pairing.kind);
  if (pairing.count) text += " " + style(*pairing.count);
  if (pairing.in_index_order) text += " in index order";
  return text;
}

std::string text_of_type(const std::optional<Identifier>& type) {
  return type ? ": " + type->text : "";
}

std::string text_of_list(const std::vector<Expr>& exprs, ExpressionStyle style) {
  std::string text;
  for (const Expr& expr : exprs) {
    if (!text.empty()) text += ", ";
    text += style(expr);
  }
  return text;
}

}  // namespace bouton::ast
