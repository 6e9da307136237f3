#include "compiler/check/convert.h"

#include "compiler/check/missing_unit.h"

namespace bouton::check {

using model::Kind;

namespace {

// Where an array may be filled by one number, what this number would have to be; else nothing.
std::string describe_elements(const Type& value, const Type& place, const Context& context) {
  if (value.rank != 0 || place.rank.value_or(0) == 0) return "";
  Type element = place;
  element.rank = 0;
  return describe(element, context.solver);
}

void report_misfit(const Typed& value, const Type& place, std::string_view what, Context& context) {
  const auto [wanted, seen] = describe_apart(place, value.type, context.solver);
  const std::string elements = describe_elements(value.type, place, context);
  explain_missing_unit(
      value, place,
      context.diagnostics.report(
          diagnostics::Kind::WrongType, value.expr.span,
          {std::string(what), elements.empty() ? wanted : elements + " or " + wanted, seen}),
      context);
}

Typed misfit(const Typed& value, const Type& place, std::string_view what, Context& context) {
  report_misfit(value, place, what, context);
  return unknown_at(value.expr.span);
}

// A scalar fits in every array; what is not known yet is checked when shapes are.
bool rank_fits(const Type& value, const Type& place) {
  if (!value.rank || !place.rank) return true;
  return *value.rank == 0 || *value.rank == *place.rank;
}

}  // namespace

Typed to_time(Typed value, Context& context) {
  if (!is_kind(value.type, Kind::Steps)) return value;
  const auto span = value.expr.span;
  return typed(span, model::ToTime{std::move(value.expr)}, real(units::kTime, value.type.rank),
               context.solver);
}

Typed to_steps(Typed value, Context& context) {
  if (is_kind(value.type, Kind::Steps)) return value;
  const auto span = value.expr.span;
  return typed(span, model::ToSteps{std::move(value.expr)}, of_kind(Kind::Steps, value.type.rank),
               context.solver);
}

Typed fit(Typed value, const Type& place, std::string_view what, Context& context) {
  if (is_unknown(value.type) || is_unknown(place)) return value;
  if (is_kind(place, Kind::Real)) value = to_time(std::move(value), context);
  const bool steps_from_time = is_kind(place, Kind::Steps) && is_kind(value.type, Kind::Real);
  if (!steps_from_time && value.type.kind != place.kind) return misfit(value, place, what, context);
  if (is_kind(value.type, Kind::Real) &&
      !context.solver.unify(value.type.dimension, place.dimension))
    return misfit(value, place, what, context);
  if (!rank_fits(value.type, place)) return misfit(value, place, what, context);
  if (steps_from_time) return to_steps(std::move(value), context);
  value.expr.type = to_model(value.type, context.solver);
  return value;
}

Typed fit_number(Typed value, std::string_view what, Context& context) {
  return fit(std::move(value), real(units::kNone, std::nullopt), what, context);
}

}  // namespace bouton::check
