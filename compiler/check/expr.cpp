#include "compiler/check/expr.h"

#include <fmt/format.h>

#include <cmath>

#include "compiler/base/match.h"
#include "compiler/check/arrays.h"
#include "compiler/check/calls.h"
#include "compiler/check/convert.h"
#include "compiler/check/declare.h"
#include "compiler/check/names_in_words.h"
#include "compiler/check/operators.h"
#include "compiler/diagnostics/foreign_words.h"
#include "compiler/diagnostics/suggest.h"
#include "compiler/model/builtins.h"
#include "compiler/units/unit.h"

namespace bouton::check {

using diagnostics::Kind;
using enum model::Kind;
using model::SymbolKind;

namespace {

std::vector<std::string> unit_names() {
  std::vector<std::string> names;
  for (const units::Unit& unit : units::units()) names.emplace_back(unit.name);
  return names;
}

std::string hint_of_unit(const std::string& word) {
  if (const auto meant = units::unit_meant_by(word))
    return fmt::format("did you mean `{}`?", meant->name);
  const std::string hint = diagnostics::suggest_hint(word, unit_names());
  return hint.empty() ? "a word right after a number is its unit, such as `ms` or `mV`" : hint;
}

Typed number_of(source::Span span, double value, DimensionTerm dimension, Context& context) {
  return typed(span, model::Number{value}, real(std::move(dimension)), context.solver);
}

Typed check_quantity(const ast::Expr& expr, const ast::Number& node, Context& context) {
  const ast::Identifier& word = node.unit->unit;
  const auto unit = units::find_unit(word.text);
  if (!unit) {
    context.diagnostics.report(Kind::UnknownUnit, word.span, {word.text})
        .hint(hint_of_unit(word.text));
    return unknown_at(expr.span);
  }
  const auto dimension = unit->dimension.power(node.unit->exponent);
  const double value =
      dimension ? units::to_coherent(node.spelling, *unit, node.unit->exponent) : HUGE_VAL;
  if (std::isfinite(value)) return number_of(expr.span, value, *dimension, context);
  context.diagnostics.report(Kind::QuantityTooLarge, expr.span,
                             {fmt::format("{} {}", node.spelling, word.text)});
  return unknown_at(expr.span);
}

Typed check_number(const ast::Expr& expr, const ast::Number& node, Context& context) {
  if (node.unit) return check_quantity(expr, node, context);
  // The literal 0 has every dimension, no other literal does (SEMANTICS 3).
  if (node.value == 0) return number_of(expr.span, 0, context.solver.fresh(), context);
  return number_of(expr.span, node.value, units::kNone, context);
}

bool is_value(SymbolKind kind) {
  return kind != SymbolKind::Population && kind != SymbolKind::Projection &&
         kind != SymbolKind::CircuitInstance && kind != SymbolKind::Phase;
}

bool is_white(const model::Symbol& symbol, const Type& type, const DimensionSolver& solver) {
  const auto dimension = solver.value(type.dimension);
  return symbol.kind == SymbolKind::Noise && dimension && !dimension->dimensionless();
}

Typed value_of_symbol(const ast::Expr& expr, model::SymbolId symbol, Context& context) {
  context.names.mark_used(symbol);
  const model::Symbol& declared = context.names[symbol];
  if (!is_value(declared.kind)) {
    context.diagnostics
        .report(Kind::NotAValue, expr.span, {declared.name, std::string(describe(declared.kind))})
        .other(declared.span, "declared here");
    return unknown_at(expr.span);
  }
  const Type type = context.names.type(symbol);
  if (!context.in_equation && is_white(declared, type, context.solver))
    context.diagnostics.report(Kind::WhiteNoiseOutsideEquation, expr.span, {declared.name})
        .other(declared.span, "declared here")
        .hint("a noise of other formulas is `normal(0, 1)`");
  return typed(expr.span, model::Ref{symbol}, type, context.solver);
}

std::string hint_about_name(const std::string& name, const Context& context) {
  if (context.columns.contains(name))
    return fmt::format(
        "`record` makes a column of it, not a name: `let {} = …` before it, then `record {}`", name,
        name);
  std::string foreign = diagnostics::hint_about_foreign_word(name, diagnostics::WordPlace::Value);
  std::string near = diagnostics::suggest_hint(name, context.names.visible_names());
  const bool own_first = context.place == Place::Experiment && !near.empty();
  return foreign.empty() || own_first ? near : foreign;
}

Typed unknown_name(const ast::Expr& expr, const ast::Identifier& name, Context& context) {
  if (find(context.interfaces.functions, name.text) || model::find_builtin(name.text)) {
    context.diagnostics.report(Kind::FunctionAsValue, expr.span, {name.text})
        .hint(fmt::format("write `{}(…)`", name.text));
    return unknown_at(expr.span);
  }
  context.diagnostics.report(Kind::UnknownName, expr.span, {name.text})
      .hint(hint_about_name(name.text, context));
  declare_placeholder(name, context);
  return unknown_at(expr.span);
}

Typed check_name(const ast::Expr& expr, const ast::Name& node, Context& context) {
  const std::string& name = node.name.text;
  if (const auto symbol = context.names.find(name)) return value_of_symbol(expr, *symbol, context);
  if (const auto unit = units::find_unit(name))
    return number_of(expr.span, units::to_coherent(*unit), unit->dimension, context);
  return unknown_name(expr, node.name, context);
}

Typed check_node(const ast::Expr& expr, Wanted wanted, Context& context) {
  return match(
      expr.node, [&](const ast::Number& node) { return check_number(expr, node, context); },
      [&](const ast::Text& node) {
        return typed(expr.span, model::Text{node.value}, of_kind(Text), context.solver);
      },
      [&](const ast::Boolean& node) {
        return typed(expr.span, model::Truth{node.value}, of_kind(Boolean), context.solver);
      },
      [&](const ast::Name& node) { return check_name(expr, node, context); },
      [&](const ast::Field& node) { return check_field(expr, node, context); },
      [&](const ast::Index& node) { return check_index(expr, node, context); },
      [&](const ast::Range& node) { return check_range(expr, node, context); },
      [&](const ast::Unary& node) { return check_unary(expr, node, context); },
      [&](const ast::Binary& node) { return check_binary(expr, node, context); },
      [&](const ast::Comparison& node) { return check_comparison(expr, node, context); },
      [&](const ast::Logical& node) { return check_logical(expr, node, context); },
      [&](const ast::IfElse& node) { return check_choice(expr, node, wanted, context); },
      [&](const ast::Call& node) { return check_call(expr, node, wanted, context); },
      [&](const ast::ArrayLiteral& node) { return check_array_literal(expr, node, context); },
      [&](const ast::Tuple& node) { return check_tuple(expr, node, context); },
      [&](const ast::Prime& node) { return check_prime(expr, node, context); });
}

bool may_be_path(const ast::Expr& expr) {
  return std::holds_alternative<ast::Name>(expr.node) ||
         std::holds_alternative<ast::Field>(expr.node) ||
         std::holds_alternative<ast::Index>(expr.node);
}

}  // namespace

Typed check_expr(const ast::Expr& expr, Context& context, Wanted wanted) {
  std::optional<Typed> path;
  if (context.read_path && may_be_path(expr)) path = context.read_path(expr, wanted, context);
  return path ? std::move(*path) : check_node(expr, wanted, context);
}

Typed check_condition(const ast::Expr& expr, std::string_view what, Context& context) {
  return fit(check_expr(expr, context, Wanted::Condition), of_kind(Boolean), what, context);
}

Typed check_as(const ast::Expr& expr, const Type& place, std::string_view what, Context& context) {
  if (is_kind(place, Function)) return check_function_value(expr, what, context);
  const Wanted wanted = is_kind(place, Boolean) ? Wanted::Condition : Wanted::Value;
  return fit(check_expr(expr, context, wanted), place, what, context);
}

}  // namespace bouton::check
