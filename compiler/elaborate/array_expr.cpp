#include "compiler/elaborate/array_expr.h"

#include <fmt/format.h>

#include "runtime/tensor/join.h"

namespace bouton::elaborate {

namespace {

using runtime::Value;

Outcome<std::vector<Value>> evaluate_all(const std::vector<model::Expr>& exprs, Environment& env) {
  std::vector<Value> values;
  for (const model::Expr& expr : exprs) {
    auto value = evaluate(expr, env);
    if (!value) return value.problem();
    values.push_back(*std::move(value));
  }
  return values;
}

template <typename T>
Outcome<Value> checked(runtime::Result<T> result, source::Span span) {
  if (!result) return Problem{span, result.error().message, ""};
  return Value(*std::move(result));
}

Outcome<runtime::Subscript> evaluate_subscript(const model::Expr& expr, Environment& env) {
  const auto* range = std::get_if<model::Range>(&expr.node);
  if (range == nullptr) {
    const auto index = evaluate_whole(expr, env);
    if (!index) return index.problem();
    return runtime::Subscript(*index);
  }
  if (range->by)
    return Problem{expr.span, "a slice takes every element: `by` cannot stand here", ""};
  const auto first = evaluate_whole(*range->first, env);
  if (!first) return first.problem();
  const auto last = evaluate_whole(*range->last, env);
  if (!last) return last.problem();
  return runtime::Subscript(runtime::Slice{*first, *last});
}

}  // namespace

Outcome<Value> evaluate_array(const model::ArrayLiteral& array, source::Span span,
                              Environment& env) {
  const auto items = evaluate_all(array.elements, env);
  if (!items) return items.problem();
  return checked(runtime::build_array(*items), span);
}

Outcome<Value> evaluate_tuple(const model::TupleLiteral& tuple, Environment& env) {
  auto items = evaluate_all(tuple.elements, env);
  if (!items) return items.problem();
  return Value(runtime::List{*std::move(items)});
}

Outcome<runtime::Range> evaluate_ends(const model::Range& range, source::Span span,
                                      Environment& env) {
  const auto first = evaluate_number(*range.first, env);
  if (!first) return first.problem();
  const auto last = evaluate_number(*range.last, env);
  if (!last) return last.problem();
  const auto by = range.by ? evaluate_number(**range.by, env) : Outcome<double>(1.0);
  if (!by) return by.problem();
  const auto made = runtime::make_range(*first, *last, *by);
  if (!made) return Problem{span, made.error().message, ""};
  return *made;
}

Outcome<Value> evaluate_range(const model::Range& range, source::Span span, Environment& env) {
  const auto ends = evaluate_ends(range, span, env);
  if (!ends) return ends.problem();
  return checked(runtime::elements_of(*ends), span);
}

Outcome<std::vector<runtime::Subscript>> evaluate_subscripts(
    const std::vector<model::Expr>& indices, Environment& env) {
  std::vector<runtime::Subscript> subscripts;
  for (const model::Expr& index : indices) {
    const auto subscript = evaluate_subscript(index, env);
    if (!subscript) return subscript.problem();
    subscripts.push_back(*subscript);
  }
  return subscripts;
}

Outcome<Value> evaluate_index(const model::Index& index, source::Span span, Environment& env) {
  const auto base = evaluate(*index.base, env);
  if (!base) return base;
  const auto subscripts = evaluate_subscripts(index.indices, env);
  if (!subscripts) return subscripts.problem();
  return checked(runtime::read_part(*base, *subscripts), span);
}

Outcome<Value> evaluate_field(const model::RecordField& field, source::Span span,
                              Environment& env) {
  const auto base = evaluate(*field.base, env);
  if (!base) return base;
  const auto* record = base->as<runtime::Record>();
  if (record == nullptr)
    return Problem{span, fmt::format("{} has no field `{}`", runtime::describe(*base), field.field),
                   ""};
  if (const Value* value = record->find(field.field)) return *value;
  return Problem{span, fmt::format("this record has no field `{}`", field.field), ""};
}

}  // namespace bouton::elaborate
