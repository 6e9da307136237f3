#include "compiler/check/declare.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/constancy.h"
#include "compiler/check/convert.h"
#include "compiler/check/expr.h"
#include "compiler/check/names_in_words.h"
#include "compiler/diagnostics/suggest.h"
#include "compiler/units/unit.h"

namespace bouton::check {

using diagnostics::Kind;
using enum model::Kind;

model::SymbolId declare_name(const ast::Identifier& name, model::SymbolKind kind, Type type,
                             Context& context) {
  const auto taken = context.names.find(name.text);
  if (!taken) return context.names.declare(name.text, name.span, kind, std::move(type));
  // What either of them is good for is not known; neither gives further messages.
  context.names.mark_used(*taken);
  const model::Symbol before = context.names[*taken];
  auto report = context.diagnostics.report(Kind::DuplicateName, name.span, {name.text});
  const bool of_text = before.span.end > before.span.begin;
  if (of_text)
    report.other(before.span, "declared here before");
  else
    report.hint(
        fmt::format("`{}` is {} in {}", name.text, describe(before.kind), describe(context.place)));
  const auto symbol = of_text ? context.names.declare(name.text, name.span, kind, std::move(type))
                              : context.names.declare_hidden(name.text, kind, std::move(type));
  context.names.mark_used(symbol);
  return symbol;
}

void declare_placeholder(const ast::Identifier& name, Context& context) {
  // In an experiment the name may still be declared further down.
  if (context.place == Place::Experiment) return;
  (void)context.names.declare(name.text, name.span, model::SymbolKind::Local, unknown_type());
}

Type named_type(const ast::Identifier& word, Context& context) {
  if (const auto quantity = units::find_quantity(word.text)) return real(quantity->dimension);
  if (word.text == "function") return of_kind(Function);
  if (word.text == "boolean") return of_kind(Boolean);
  if (word.text == "text") return of_kind(Text);
  std::vector<std::string> known = {"function", "boolean", "text"};
  for (const units::Quantity& quantity : units::quantities()) known.emplace_back(quantity.name);
  const std::string hint = diagnostics::suggest_hint(word.text, known);
  context.diagnostics.report(Kind::UnknownType, word.span, {word.text})
      .hint(hint.empty() ? "a type is a quantity such as `voltage`, `current`, `time` or `number`"
                         : hint);
  return unknown_type();
}

namespace {

// A default of 0 is a plain number, as for states (SEMANTICS 22).
Type type_of_default(const Typed& value, Context& context) {
  Type type = value.type;
  if (is_kind(type, Real)) settle(type.dimension, context.solver);
  return type;
}

void note_plain_default(model::SymbolId symbol, const std::optional<model::Expr>& value,
                        Context& context) {
  const auto* number = value ? std::get_if<model::Number>(&value->node) : nullptr;
  if (number != nullptr && value->type.dimension.dimensionless())
    context.plain_defaults.emplace(symbol, number->value);
}

}  // namespace

DeclaredParameters declare_parameters(const std::vector<ast::Parameter>& parameters,
                                      std::optional<int> rank, Context& context) {
  DeclaredParameters declared;
  for (const ast::Parameter& parameter : parameters) {
    Type type =
        parameter.type ? named_type(*parameter.type, context) : real(context.solver.fresh(), rank);
    std::optional<model::Expr> default_value;
    if (parameter.default_value) {
      const std::string what = fmt::format("`{}`", parameter.name.text);
      Typed value = parameter.type
                        ? check_as(*parameter.default_value, type, what, context)
                        : to_time(check_expr(*parameter.default_value, context), context);
      if (!parameter.type) type = type_of_default(value, context);
      value.expr.type = to_model(type, context.solver);
      require_constant(value.expr, "a default", context);
      default_value = std::move(value.expr);
    }
    const auto symbol = declare_name(parameter.name, model::SymbolKind::Parameter, type, context);
    note_plain_default(symbol, default_value, context);
    declared.interface.push_back({parameter.name.text, parameter.name.span, symbol, type,
                                  !parameter.default_value.has_value()});
    declared.model.push_back(
        {symbol, std::move(default_value), ast::documentation(parameter.trivia)});
  }
  return declared;
}

void warn_of_unused(std::span<const model::SymbolKind> kinds, Context& context) {
  if (has_errors(context)) return;
  for (const model::SymbolId id : context.names.all()) {
    const model::Symbol& symbol = context.names[id];
    const bool asked = std::ranges::find(kinds, symbol.kind) != kinds.end();
    if (!asked || context.names.used(id) || symbol.span.end == symbol.span.begin) continue;
    if (symbol.kind == model::SymbolKind::Parameter) {
      context.diagnostics.report(Kind::UnusedParameter, symbol.span, {symbol.name});
      continue;
    }
    const std::string_view words = describe(symbol.kind);
    context.diagnostics.report(Kind::UnusedName, symbol.span,
                               {std::string(words.substr(words.find(' ') + 1)), symbol.name});
  }
}

}  // namespace bouton::check
