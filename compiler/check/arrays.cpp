#include "compiler/check/arrays.h"

#include <fmt/format.h>

#include "compiler/check/convert.h"
#include "compiler/check/expr.h"
#include "compiler/check/names_in_words.h"
#include "compiler/check/operators.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

using diagnostics::Kind;
using enum model::Kind;

namespace {

bool require_arrays(const ast::Expr& expr, const char* what, Context& context) {
  if (context.place == Place::Experiment || context.place == Place::Function) return true;
  context.diagnostics.report(Kind::NotHere, expr.span,
                             {what, std::string(describe(context.place))});
  return false;
}

Type type_of_array(const std::vector<Typed>& elements, Context& context) {
  if (elements.empty()) return real(context.solver.fresh(), std::nullopt);
  for (const Typed& element : elements)
    if (!is_unknown(element.type)) {
      Type type = element.type;
      if (type.kind == List || type.kind == Record) return list_of(std::move(type));
      if (type.rank) type.rank = *type.rank + 1;
      return type;
    }
  return unknown_type();
}

}  // namespace

Typed check_array_literal(const ast::Expr& expr, const ast::ArrayLiteral& node, Context& context) {
  if (!require_arrays(expr, "an array", context)) return unknown_at(expr.span);
  std::vector<Typed> elements;
  for (const ast::Expr& element : node.elements)
    elements.push_back(to_time(check_expr(element, context), context));
  bool alike = true;
  for (std::size_t i = 1; i < elements.size(); ++i)
    alike = make_alike(elements[0], elements[i], "put into one array", context) && alike;
  if (!alike) return unknown_at(expr.span);
  Type type = type_of_array(elements, context);
  model::ArrayLiteral array;
  for (Typed& element : elements) array.elements.push_back(std::move(element.expr));
  return typed(expr.span, std::move(array), std::move(type), context.solver);
}

Typed check_tuple(const ast::Expr& expr, const ast::Tuple& node, Context& context) {
  if (!require_arrays(expr, "a tuple", context)) return unknown_at(expr.span);
  model::TupleLiteral tuple;
  std::vector<Type> places;
  for (const ast::Expr& element : node.elements) {
    Typed value = to_time(check_expr(element, context), context);
    places.push_back(std::move(value.type));
    tuple.elements.push_back(std::move(value.expr));
  }
  return typed(expr.span, std::move(tuple), tuple_of(std::move(places)), context.solver);
}

Typed check_range(const ast::Expr& expr, const ast::Range& node, Context& context) {
  if (!require_arrays(expr, "a range", context)) return unknown_at(expr.span);
  const Type end = real(context.solver.fresh());
  Typed first = fit(check_expr(*node.first, context), end, "the start of a range", context);
  Typed last = fit(check_expr(*node.last, context), end, "the end of a range", context);
  model::Range range{std::move(first.expr), std::move(last.expr), std::nullopt};
  if (node.step)
    range.by = Box<model::Expr>(
        fit(check_expr(**node.step, context), end, "the step of a range", context).expr);
  else if (!context.solver.unify(end.dimension, units::kNone))
    context.diagnostics.report(Kind::RangeWithoutStep, expr.span)
        .hint("say by how much it goes on, such as `1 s .. 2 s by 100 ms`");
  Type type = real(end.dimension, 1);
  return typed(expr.span, std::move(range), std::move(type), context.solver);
}

std::vector<model::Expr> check_indices(const std::vector<ast::Expr>& subscripts, Context& context) {
  std::vector<model::Expr> indices;
  for (const ast::Expr& subscript : subscripts) {
    const bool range = std::holds_alternative<ast::Range>(subscript.node);
    Typed index =
        fit(check_expr(subscript, context), real(units::kNone, range ? 1 : 0), "an index", context);
    indices.push_back(std::move(index.expr));
  }
  return indices;
}

Typed check_index(const ast::Expr& expr, const ast::Index& node, Context& context) {
  if (!require_arrays(expr, "an index", context)) return unknown_at(expr.span);
  Typed base = check_expr(*node.object, context);
  std::vector<model::Expr> indices = check_indices(node.subscripts, context);
  if (is_unknown(base.type)) return unknown_at(expr.span);
  Type type = base.type;
  if (!element_of(type)) {
    context.diagnostics.report(Kind::NotIndexable, expr.span, {describe(type, context.solver)});
    return unknown_at(expr.span);
  }
  const int given = static_cast<int>(indices.size());
  if (type.rank && given > *type.rank) {
    context.diagnostics.report(
        Kind::TooManyIndices, expr.span,
        {describe(type, context.solver),
         *type.rank == 1 ? "one index" : fmt::format("{} indices", *type.rank),
         std::to_string(given)});
    return unknown_at(expr.span);
  }
  for (const ast::Expr& subscript : node.subscripts)
    if (!std::holds_alternative<ast::Range>(subscript.node)) type = *element_of(type);
  return typed(expr.span, model::Index{std::move(base.expr), std::move(indices)}, std::move(type),
               context.solver);
}

Typed check_field(const ast::Expr& expr, const ast::Field& node, Context& context) {
  Typed base = check_expr(*node.object, context);
  if (is_unknown(base.type)) return unknown_at(expr.span);
  for (std::size_t i = 0; i < base.type.fields.size(); ++i)
    if (base.type.fields[i] == node.field.text) {
      Type type = base.type.elements[i];
      return typed(expr.span, model::RecordField{std::move(base.expr), node.field.text},
                   std::move(type), context.solver);
    }
  context.diagnostics
      .report(Kind::UnknownField, node.field.span,
              {describe(base.type, context.solver), node.field.text})
      .hint(diagnostics::suggest_hint(node.field.text, base.type.fields));
  return unknown_at(expr.span);
}

}  // namespace bouton::check
