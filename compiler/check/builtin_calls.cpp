#include "compiler/check/builtin_calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "compiler/base/check.h"
#include "compiler/check/builtin_types.h"
#include "compiler/check/convert.h"
#include "compiler/check/expr.h"
#include "compiler/check/names_in_words.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

using diagnostics::Kind;
using enum model::Kind;

namespace {

std::string quoted(std::string_view name) { return fmt::format("`{}`", name); }

bool is_dynamics(Place place) {
  return place == Place::Neuron || place == Place::Synapse || place == Place::Rule;
}

bool require_place(const ast::Expr& expr, const model::Builtin& builtin, Context& context) {
  std::string where(describe(context.place));
  if (builtin.where == model::Where::Experiment && is_dynamics(context.place)) {
    context.diagnostics.report(Kind::NotHere, expr.span, {quoted(builtin.name), where});
    return false;
  }
  if (builtin.where != model::Where::Neuron || context.filter_may_be == &expr) return true;
  if (context.place == Place::Neuron) where = "a larger expression";
  context.diagnostics.report(Kind::NotHere, expr.span, {quoted(builtin.name), where})
      .hint(fmt::format("give it a variable of its own in a neuron: `y = {}(…)`", builtin.name));
  return false;
}

std::string count_in_words(const model::Builtin& builtin) {
  const int low = builtin.min_arguments;
  const int high = builtin.max_arguments;
  if (high < 0) return fmt::format("{} arguments or more", low);
  if (low != high) return fmt::format("{} to {} arguments", low, high);
  return low == 1 ? "one argument" : fmt::format("{} arguments", low);
}

// "array of uniform numbers: low, high, shape" names the arguments of `uniform`.
std::vector<std::string> argument_names(const model::Builtin& builtin) {
  std::vector<std::string> names;
  const std::size_t colon = builtin.summary.find(": ");
  if (colon == std::string_view::npos) return names;
  std::istringstream words{std::string(builtin.summary.substr(colon + 2))};
  for (std::string word; std::getline(words >> std::ws, word, ',');) names.push_back(word);
  return names;
}

std::string hint_of_arguments(const model::Builtin& builtin, std::size_t given) {
  const std::vector<std::string> names = argument_names(builtin);
  if (names.size() != static_cast<std::size_t>(builtin.min_arguments)) return "";
  const std::string call = fmt::format("`{}({})`", builtin.name, fmt::join(names, ", "));
  if (given >= names.size()) return "it is " + call;
  return fmt::format("it is {}: `{}` is missing", call, names[given]);
}

bool require_count(const ast::Expr& expr, const model::Builtin& builtin, std::size_t positional,
                   Context& context) {
  const int count = static_cast<int>(positional);
  const bool fits = count >= builtin.min_arguments &&
                    (builtin.max_arguments < 0 || count <= builtin.max_arguments);
  if (!fits)
    context.diagnostics
        .report(Kind::TooManyArguments, expr.span,
                {quoted(builtin.name), count_in_words(builtin), std::to_string(count)})
        .hint(hint_of_arguments(builtin, positional));
  return fits;
}

bool takes_named(const model::Builtin& builtin, std::string_view name) {
  const std::string padded = fmt::format(" {} ", builtin.named);
  return padded.find(fmt::format(" {} ", name)) != std::string::npos;
}

// What a named argument of a builtin has to be; `first` of a moving average is like its signal.
Type type_of_named(std::string_view name, const std::vector<Typed>& positional) {
  if (name == "first") return positional[0].type;
  if (name == "seed" || name == "first_neuron") return real(units::kNone);
  if (name == "shape") return real(units::kNone, 1);
  return of_kind(Text);
}

bool is_repeated(const ast::Call& call, const ast::Argument& argument) {
  for (const ast::Argument& other : call.arguments) {
    if (&other == &argument) return false;
    if (other.name && other.name->text == argument.name->text) return true;
  }
  return false;
}

void report_unknown_argument(const model::Builtin& builtin, const ast::Identifier& name,
                             Context& context) {
  std::vector<std::string> known;
  std::istringstream words{std::string(builtin.named)};
  for (std::string word; words >> word;) known.push_back(word);
  std::string hint = diagnostics::suggest_hint(name.text, known);
  if (hint.empty() && !known.empty()) hint = fmt::format("it has `{}`", fmt::join(known, "`, `"));
  context.diagnostics.report(Kind::UnknownArgument, name.span, {quoted(builtin.name), name.text})
      .hint(hint);
}

void check_named(const ast::Call& call, const model::Builtin& builtin,
                 const std::vector<Typed>& positional, model::Call& node, Context& context) {
  for (const ast::Argument& argument : call.arguments) {
    if (!argument.name) continue;
    const std::string& name = argument.name->text;
    if (!takes_named(builtin, name)) {
      report_unknown_argument(builtin, *argument.name, context);
      continue;
    }
    if (is_repeated(call, argument))
      context.diagnostics.report(Kind::DuplicateArgument, argument.name->span, {name});
    Typed value = check_as(argument.value, type_of_named(name, positional),
                           fmt::format("`{}` of `{}`", name, builtin.name), context);
    node.named.push_back({name, std::move(value.expr)});
  }
}

Type type_of_result(const BuiltinUse& use, Context& context) {
  using enum model::Signature;
  switch (use.builtin.signature) {
    case Pure:
      return type_of_pure(use, context);
    case SameUnit:
      return type_of_same_unit(use, context);
    case SquareRoot:
      return type_of_root(use, context);
    case Reduction:
    case Mean:
    case Variance:
      return type_of_reduction(use, context);
    case Reshape:
      return type_of_reshape(use, context);
    case Product:
      return type_of_product(use, context);
    case Scalar:
      return type_of_measure(use, context);
    case RandomArray:
      return type_of_random_array(use, context);
    case Sequence:
      return type_of_sequence(use, context);
    case Boltzmann:
      return type_of_boltzmann(use, context);
    case File:
      return type_of_file(use, context);
    case Filter:
      return type_of_filter(use, context);
  }
  BOUTON_UNREACHABLE("all signatures are listed");
}

bool is_random(const model::Builtin& builtin) {
  return builtin.signature == model::Signature::RandomArray || takes_named(builtin, "seed");
}

std::vector<Typed> check_positional(const ast::Call& call, Context& context) {
  std::vector<Typed> positional;
  bool named_seen = false;
  for (const ast::Argument& argument : call.arguments) {
    if (argument.name) {
      named_seen = true;
      continue;
    }
    if (named_seen) context.diagnostics.report(Kind::PositionalAfterNamed, argument.span);
    positional.push_back(check_expr(argument.value, context));
  }
  return positional;
}

}  // namespace

Typed check_builtin_call(const ast::Expr& expr, const ast::Call& call, model::BuiltinId id,
                         Context& context) {
  const model::Builtin& builtin = model::builtin(id);
  if (builtin.where == model::Where::Experiment) context.uses_experiment_functions = true;
  if (!require_place(expr, builtin, context)) return unknown_at(expr.span);
  std::vector<Typed> arguments = check_positional(call, context);
  if (!require_count(expr, builtin, arguments.size(), context)) return unknown_at(expr.span);
  Type type = type_of_result({builtin, call, arguments}, context);
  model::Call node{id, {}, {}, call.derivative, std::nullopt};
  check_named(call, builtin, arguments, node, context);
  if (counts_elements(builtin.signature) && context.on_average &&
      std::holds_alternative<model::Quantity>(arguments[0].expr.node))
    context.on_average(call);
  if (is_random(builtin) && context.random_site)
    node.site = Box<model::RandomSite>(context.random_site(call, context));
  for (Typed& argument : arguments) node.arguments.push_back(std::move(argument.expr));
  return typed(expr.span, std::move(node), std::move(type), context.solver);
}

}  // namespace bouton::check
