#include <fmt/format.h>

#include "compiler/check/builtin_types.h"
#include "compiler/check/constancy.h"
#include "compiler/check/convert.h"
#include "compiler/check/operators.h"

namespace bouton::check {

using enum model::Kind;

namespace {

std::string argument_of(const BuiltinUse& use) {
  return fmt::format("the argument of `{}`", use.builtin.name);
}

bool all_steps(const std::vector<Typed>& arguments) {
  for (const Typed& argument : arguments)
    if (!is_kind(argument.type, Steps)) return false;
  return true;
}

// min and max of one array.
Type type_of_extreme(const BuiltinUse& use, Context& context) {
  Typed& array = use.arguments[0];
  if (array.type.rank == 0 || is_kind(array.type, Boolean)) {
    context.diagnostics.report(
        diagnostics::Kind::WrongType, array.expr.span,
        {argument_of(use), "an array", describe(array.type, context.solver)});
    return unknown_type();
  }
  Type type = array.type;
  type.rank = 0;
  return type;
}

}  // namespace

Type type_of_pure(const BuiltinUse& use, Context& context) {
  use.arguments[0] = fit_number(std::move(use.arguments[0]), argument_of(use), context);
  return real(units::kNone, use.arguments[0].type.rank);
}

Type type_of_same_unit(const BuiltinUse& use, Context& context) {
  auto& arguments = use.arguments;
  const bool steps = all_steps(arguments);
  for (Typed& argument : arguments) {
    if (!steps) argument = to_time(std::move(argument), context);
    if (!steps)
      argument = fit(std::move(argument), real(context.solver.fresh(), std::nullopt),
                     argument_of(use), context);
  }
  if (use.builtin.max_arguments == 2 && arguments.size() == 1) return type_of_extreme(use, context);
  Type type = arguments[0].type;
  if (arguments.size() == 1) return type;
  if (!make_alike(arguments[0], arguments[1], "compare", context)) return unknown_type();
  if (is_unknown(type)) return type;
  type.rank = common_rank(arguments[0], arguments[1], "compare", context);
  return type;
}

Type type_of_root(const BuiltinUse& use, Context& context) {
  Typed& argument = use.arguments[0];
  argument = fit(to_time(std::move(argument), context), real(context.solver.fresh(), std::nullopt),
                 argument_of(use), context);
  if (is_unknown(argument.type)) return unknown_type();
  auto dimension = power(context.solver.resolve(argument.type.dimension), Rational{1, 2});
  if (!dimension) return unknown_type();
  return real(std::move(*dimension), argument.type.rank);
}

Type type_of_filter(const BuiltinUse& use, Context& context) {
  Typed& signal = use.arguments[0];
  signal = fit(to_time(std::move(signal), context), real(context.solver.fresh()), argument_of(use),
               context);
  use.arguments[1] = fit(std::move(use.arguments[1]), real(units::kTime),
                         fmt::format("the duration of `{}`", use.builtin.name), context);
  require_constant(use.arguments[1].expr, "the duration of a filter", context);
  return signal.type;
}

}  // namespace bouton::check
