#include <fmt/format.h>

#include "compiler/check/builtin_types.h"
#include "compiler/check/convert.h"
#include "compiler/check/operators.h"

namespace bouton::check {

using enum model::Kind;

namespace {

std::string argument_of(const BuiltinUse& use) {
  return fmt::format("the argument of `{}`", use.builtin.name);
}

// Numbers of any dimension and rank.
void require_numbers(const BuiltinUse& use, Context& context) {
  for (Typed& argument : use.arguments)
    argument = fit(to_time(std::move(argument), context),
                   real(context.solver.fresh(), std::nullopt), argument_of(use), context);
}

void require_rank(const BuiltinUse& use, Typed& argument, int rank, Context& context) {
  if (is_unknown(argument.type) || !argument.type.rank || *argument.type.rank == rank) return;
  Type wanted = argument.type;
  wanted.rank = rank;
  context.diagnostics.report(diagnostics::Kind::WrongType, argument.expr.span,
                             {argument_of(use), describe(wanted, context.solver),
                              describe(argument.type, context.solver)});
}

std::optional<int> rank_of_product(std::optional<int> left, std::optional<int> right) {
  if (!left || !right) return std::nullopt;
  return *left + *right - 2;
}

// Probabilities of states: `boltzmann(...)` or a vector.
Typed fit_distribution(Typed value, const BuiltinUse& use, Context& context) {
  if (is_kind(value.type, Record)) return value;
  return fit(std::move(value), real(units::kNone, 1),
             fmt::format("a distribution in `{}`", use.builtin.name), context);
}

}  // namespace

Type type_of_reduction(const BuiltinUse& use, Context& context) {
  require_numbers(use, context);
  Type type = use.arguments[0].type;
  if (is_unknown(type)) return type;
  if (use.builtin.signature == model::Signature::Variance)
    type.dimension = type.dimension * type.dimension;
  type.rank = 0;
  return type;
}

Type type_of_reshape(const BuiltinUse& use, Context& context) {
  require_numbers(use, context);
  require_rank(use, use.arguments[0], 2, context);
  Type type = use.arguments[0].type;
  if (use.builtin.result_rank >= 0) type.rank = use.builtin.result_rank;
  return type;
}

Type type_of_product(const BuiltinUse& use, Context& context) {
  require_numbers(use, context);
  const Type& left = use.arguments[0].type;
  const Type& right = use.arguments[1].type;
  if (is_unknown(left) || is_unknown(right)) return unknown_type();
  return real(left.dimension * right.dimension, rank_of_product(left.rank, right.rank));
}

Type type_of_measure(const BuiltinUse& use, Context& context) {
  if (use.builtin.name == "divergence") {
    for (Typed& argument : use.arguments)
      argument = fit_distribution(std::move(argument), use, context);
  } else if (use.builtin.name == "asymmetry") {
    require_numbers(use, context);
    require_rank(use, use.arguments[0], 2, context);
    return real(use.arguments[0].type.dimension * use.arguments[0].type.dimension);
  } else if (use.builtin.name == "length") {
    const Type& array = use.arguments[0].type;
    if (!is_unknown(array) && array.rank == 0)
      context.diagnostics.report(
          diagnostics::Kind::WrongType, use.arguments[0].expr.span,
          {argument_of(use), "an array or a list", describe(array, context.solver)});
  } else {
    require_numbers(use, context);
  }
  return real(units::kNone);
}

std::optional<int> rank_of_shape(const ast::Expr& shape) {
  const auto* literal = std::get_if<ast::ArrayLiteral>(&shape.node);
  if (!literal) return std::nullopt;
  return static_cast<int>(literal->elements.size());
}

Type type_of_random_array(const BuiltinUse& use, Context& context) {
  auto& arguments = use.arguments;
  const std::size_t shape = arguments.size() - 1;
  const DimensionTerm dimension = context.solver.fresh();
  for (std::size_t i = 0; i < shape; ++i)
    arguments[i] = fit(std::move(arguments[i]), real(dimension), argument_of(use), context);
  arguments[shape] = fit(std::move(arguments[shape]), real(units::kNone, 1),
                         fmt::format("the shape in `{}`", use.builtin.name), context);
  return real(dimension, rank_of_shape(use.call.arguments[shape].value));
}

namespace {

Type type_of_zip(const BuiltinUse& use, Context& context) {
  std::vector<Type> places;
  for (const Typed& argument : use.arguments) {
    const auto element = element_of(argument.type);
    if (!element)
      context.diagnostics.report(
          diagnostics::Kind::WrongType, argument.expr.span,
          {argument_of(use), "an array or a list", describe(argument.type, context.solver)});
    places.push_back(element.value_or(unknown_type()));
  }
  return list_of(tuple_of(std::move(places)));
}

Type type_of_append(const BuiltinUse& use, Context& context) {
  Typed& array = use.arguments[0];
  Typed& element = use.arguments[1];
  element = to_time(std::move(element), context);
  if (!make_alike(array, element, "append", context)) return unknown_type();
  Type type = array.type;
  if (is_kind(type, Real) && !type.rank && element.type.rank) type.rank = *element.type.rank + 1;
  return type;
}

Type type_of_concat(const BuiltinUse& use, Context& context) {
  for (std::size_t i = 1; i < use.arguments.size(); ++i) {
    if (!make_alike(use.arguments[0], use.arguments[i], "join", context)) return unknown_type();
    (void)common_rank(use.arguments[0], use.arguments[i], "join", context);
  }
  return use.arguments[0].type;
}

}  // namespace

Type type_of_sequence(const BuiltinUse& use, Context& context) {
  if (use.builtin.name == "zip") return type_of_zip(use, context);
  if (use.builtin.name == "append") {
    if (is_kind(use.arguments[0].type, List)) return use.arguments[0].type;
    return type_of_append(use, context);
  }
  if (use.builtin.name == "concat") return type_of_concat(use, context);
  if (use.builtin.name == "draw")
    use.arguments[0] =
        fit(std::move(use.arguments[0]), real(units::kNone), "the number of draws", context);
  const Typed& from = use.arguments.back();
  if (!element_of(from.type)) {
    context.diagnostics.report(
        diagnostics::Kind::WrongType, from.expr.span,
        {argument_of(use), "an array or a list", describe(from.type, context.solver)});
    return unknown_type();
  }
  return from.type;
}

Type type_of_boltzmann(const BuiltinUse& use, Context& context) {
  auto& arguments = use.arguments;
  arguments[0] =
      fit(std::move(arguments[0]), real(units::kNone, 2), "the weights of `boltzmann`", context);
  arguments[1] =
      fit(std::move(arguments[1]), real(units::kNone, 1), "the biases of `boltzmann`", context);
  Type record = of_kind(Record);
  record.fields = {"probabilities", "marginals", "coactivation"};
  record.elements = {real(units::kNone, 1), real(units::kNone, 1), real(units::kNone, 2)};
  return record;
}

Type type_of_file(const BuiltinUse& use, Context& context) {
  use.arguments[0] = fit(std::move(use.arguments[0]), of_kind(Text), "a file name", context);
  if (use.builtin.name == "load_spikes") return of_kind(Spikes, 1);
  for (const ast::Argument& argument : use.call.arguments)
    if (argument.name && argument.name->text == "shape")
      return real(units::kNone, rank_of_shape(argument.value));
  return real(units::kNone, std::nullopt);
}

}  // namespace bouton::check
