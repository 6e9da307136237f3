#include "compiler/check/record.h"

#include <fmt/format.h>

#include <set>

#include "compiler/check/convert.h"
#include "compiler/check/expr.h"
#include "compiler/check/path.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

// `loss` of `record loss`, `w` of `record net.W[1].w`.
const ast::Identifier* implied_name(const ast::Expr& expr) {
  const auto path = parse_path(expr);
  if (!path) return nullptr;
  if (path->steps.empty()) return path->root;
  return field_at(*path, path->steps.size() - 1);
}

const ast::Identifier* name_of(const ast::RecordColumn& column) {
  return column.name ? &*column.name : implied_name(column.value);
}

Typed check_column(const ast::RecordColumn& column, BodyContext& body) {
  Typed value = to_time(check_expr(column.value, body.context), body.context);
  const bool storable = is_unknown(value.type) || is_kind(value.type, model::Kind::Real) ||
                        is_kind(value.type, model::Kind::Boolean) ||
                        is_kind(value.type, model::Kind::Text) ||
                        is_kind(value.type, model::Kind::Spikes);
  if (!storable)
    body.context.diagnostics.report(Kind::WrongType, column.value.span,
                                    {"a recorded value", "a number, an array, a text or spikes",
                                     describe(value.type, body.context.solver)});
  return value;
}

RecordTable* find_table(const RecordTable& columns, BodyContext& body) {
  for (RecordTable& table : body.tables) {
    bool same = table.size() == columns.size();
    for (const auto& [name, column] : columns) same = same && table.contains(name);
    if (same) return &table;
  }
  return nullptr;
}

// A column holds one kind of value, whichever statement writes it.
void check_same_types(const RecordTable& table, const RecordTable& columns, BodyContext& body) {
  DimensionSolver& solver = body.context.solver;
  for (const auto& [name, column] : columns) {
    const RecordedColumn& first = table.at(name);
    if (is_unknown(first.type) || is_unknown(column.type)) continue;
    const bool alike =
        first.type.kind == column.type.kind &&
        (first.type.rank == column.type.rank || !first.type.rank || !column.type.rank) &&
        solver.unify(first.type.dimension, column.type.dimension);
    if (alike) continue;
    body.context.diagnostics.report(Kind::ColumnsDiffer, column.span, {name})
        .label(describe(column.type, solver))
        .other(first.span, describe(first.type, solver));
  }
}

bool is_column(const std::string& name, const BodyContext& body) {
  for (const RecordTable& table : body.tables)
    if (table.contains(name)) return true;
  return false;
}

void check_column_name(const ast::Expr& expr, const std::string& name, const BodyContext& body) {
  if (is_column(name, body)) return;
  std::set<std::string> columns;
  for (const RecordTable& table : body.tables)
    for (const auto& [column, ignored] : table) columns.insert(column);
  const std::vector<std::string> known(columns.begin(), columns.end());
  std::string hint = diagnostics::suggest_hint(name, known);
  if (hint.empty() && !known.empty())
    hint = fmt::format("recorded are `{}`", fmt::join(known, "`, `"));
  body.context.diagnostics.report(Kind::PlotOfUnrecorded, expr.span, {name}).hint(hint);
}

}  // namespace

std::optional<model::Record> check_record(const ast::Record& record, BodyContext& body) {
  body.has_results = true;
  model::Record result;
  RecordTable columns;
  for (const ast::RecordColumn& column : record.columns) {
    const ast::Identifier* name = name_of(column);
    Typed value = check_column(column, body);
    if (name == nullptr) {
      body.context.diagnostics.report(Kind::ColumnWithoutName, column.span)
          .hint("write `name = value`");
      continue;
    }
    body.context.columns.insert(name->text);
    const auto [first, fresh] =
        columns.emplace(name->text, RecordedColumn{column.span, value.type});
    if (!fresh)
      body.context.diagnostics.report(Kind::RepeatedColumn, column.span, {name->text})
          .other(first->second.span, "first recorded here");
    result.columns.push_back({name->text, std::move(value.expr)});
  }
  if (RecordTable* table = find_table(columns, body))
    check_same_types(*table, columns, body);
  else
    body.tables.push_back(std::move(columns));
  return result;
}

std::optional<model::Plot> check_plot(const ast::Plot& plot, BodyContext& body) {
  model::Plot result;
  for (const ast::Curve& curve : plot.curves) {
    const auto* y = std::get_if<ast::Name>(&curve.value.node);
    const auto* x = std::get_if<ast::Name>(&curve.against.node);
    if (y == nullptr || x == nullptr) {
      const ast::Expr& wrong = y == nullptr ? curve.value : curve.against;
      body.context.diagnostics.report(Kind::PlotOfExpression, wrong.span)
          .hint("record the value under a name and plot that");
      continue;
    }
    body.curves.push_back({&curve, y->name.text, x->name.text});
    result.curves.push_back({y->name.text, x->name.text, curve.logarithmic});
  }
  return result;
}

std::optional<model::Print> check_print(const ast::Print& print, BodyContext& body) {
  body.has_results = true;
  model::Print result;
  for (const ast::Expr& part : print.parts) {
    const Typed value = to_time(check_expr(part, body.context), body.context);
    if (is_kind(value.type, model::Kind::Function) || is_kind(value.type, model::Kind::Record))
      body.context.diagnostics.report(
          Kind::WrongType, part.span,
          {"a printed value", "a text or a number", describe(value.type, body.context.solver)});
    result.parts.push_back(value.expr);
  }
  return result;
}

void check_curves(const BodyContext& body) {
  for (const PlottedCurve& curve : body.curves) {
    check_column_name(curve.syntax->value, curve.y, body);
    check_column_name(curve.syntax->against, curve.x, body);
    if (!is_column(curve.y, body) || !is_column(curve.x, body)) continue;
    bool together = false;
    for (const RecordTable& table : body.tables)
      together = together || (table.contains(curve.y) && table.contains(curve.x));
    if (!together)
      body.context.diagnostics.report(Kind::PlotAcrossTables, curve.syntax->span,
                                      {curve.y, curve.x});
  }
}

}  // namespace bouton::check
