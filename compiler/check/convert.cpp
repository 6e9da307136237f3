#include "compiler/check/convert.h"

#include <fmt/format.h>

#include "compiler/units/unit.h"

namespace bouton::check {

using model::Kind;

namespace {

// A plain number where a quantity stands: the same number with a unit.
std::string hint_of_unit(const Typed& value, const Type& place, const Context& context) {
  const auto* number = std::get_if<model::Number>(&value.expr.node);
  if (number == nullptr || !is_kind(value.type, Kind::Real)) return "";
  if (context.solver.value(value.type.dimension) != units::kNone) return "";
  const auto dimension = is_kind(place, Kind::Real)    ? context.solver.value(place.dimension)
                         : is_kind(place, Kind::Steps) ? std::optional(units::kTime)
                                                       : std::nullopt;
  const auto unit = dimension ? units::coherent_unit(*dimension) : std::nullopt;
  if (!unit) return "";
  return fmt::format("a quantity needs its unit, such as `{} {}`", number->value, unit->name);
}

void report_misfit(const Typed& value, const Type& place, std::string_view what, Context& context) {
  context.diagnostics
      .report(diagnostics::Kind::WrongType, value.expr.span,
              {std::string(what), describe(place, context.solver),
               describe(value.type, context.solver)})
      .hint(hint_of_unit(value, place, context));
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
