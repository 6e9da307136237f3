#include "compiler/elaborate/builtin_call.h"

#include <fmt/format.h>

#include <filesystem>

#include "compiler/model/builtins.h"
#include "runtime/files/load.h"
#include "runtime/library/functions.h"
#include "runtime/tensor/access.h"

namespace bouton::elaborate {

namespace {

using runtime::Value;
using runtime::random::DrawKind;

const model::Expr* find_named(const model::Call& call, std::string_view name) {
  for (const model::NamedArgument& argument : call.named)
    if (argument.name == name) return &*argument.value;
  return nullptr;
}

Problem call_problem(const runtime::Error& error, std::string_view name, const model::Call& call,
                     source::Span span) {
  if (error.argument == runtime::Error::kNoArgument) return {span, error.message, ""};
  const auto position = static_cast<std::size_t>(error.argument);
  const source::Span at = position < call.arguments.size() ? call.arguments[position].span : span;
  return {at, fmt::format("argument {} of `{}`: {}", position + 1, name, error.message), ""};
}

Outcome<std::string> evaluate_text(const model::Expr& expr, Environment& env) {
  const auto value = evaluate(expr, env);
  if (!value) return value.problem();
  if (const auto* text = value->as<std::string>()) return *text;
  return Problem{expr.span,
                 fmt::format("expected a text, but this is {}", runtime::describe(*value)), ""};
}

// Sets `into` where the call has the named argument.
std::optional<Problem> read_text_option(const model::Call& call, std::string_view name,
                                        Environment& env, std::optional<std::string>& into) {
  const model::Expr* expr = find_named(call, name);
  if (expr == nullptr) return std::nullopt;
  const auto text = evaluate_text(*expr, env);
  if (!text) return text.problem();
  into = *text;
  return std::nullopt;
}

std::optional<Problem> read_shape_option(const model::Call& call, Environment& env,
                                         std::optional<runtime::Shape>& into) {
  const model::Expr* expr = find_named(call, "shape");
  if (expr == nullptr) return std::nullopt;
  const auto value = evaluate(*expr, env);
  if (!value) return value.problem();
  const Value values[] = {*value};
  const auto shape = runtime::shape_argument({values, {}}, 0);
  if (!shape) return Problem{expr->span, shape.error().message, ""};
  into = *shape;
  return std::nullopt;
}

Outcome<std::filesystem::path> file_argument(const model::Call& call, Environment& env) {
  const auto name = evaluate_text(call.arguments[0], env);
  if (!name) return name.problem();
  return std::filesystem::path(env.source_directory) / *name;
}

Outcome<Value> call_load(const model::Call& call, Environment& env) {
  const auto path = file_argument(call, env);
  if (!path) return path.problem();
  runtime::LoadOptions options;
  if (auto problem = read_text_option(call, "at", env, options.at)) return *problem;
  if (auto problem = read_text_option(call, "columns", env, options.columns)) return *problem;
  if (auto problem = read_shape_option(call, env, options.shape)) return *problem;
  auto value = runtime::load(*path, options);
  if (!value) return Problem{call.arguments[0].span, value.error().message, ""};
  return *std::move(value);
}

Outcome<Value> call_load_spikes(const model::Call& call, Environment& env) {
  const auto path = file_argument(call, env);
  if (!path) return path.problem();
  std::optional<std::string> time;
  std::optional<std::string> index;
  if (auto problem = read_text_option(call, "time", env, time)) return *problem;
  if (auto problem = read_text_option(call, "index", env, index)) return *problem;
  runtime::SpikeColumns columns;
  columns.time = time.value_or(columns.time);
  columns.index = index.value_or(columns.index);
  if (const model::Expr* first = find_named(call, "first_neuron")) {
    const auto number = evaluate_whole(*first, env);
    if (!number) return number.problem();
    columns.first_neuron = *number;
  }
  auto spikes = runtime::load_spikes(*path, columns);
  if (!spikes) return Problem{call.arguments[0].span, spikes.error().message, ""};
  return Value(*std::move(spikes));
}

Outcome<std::string> site_of(const model::RandomSite& site, Environment& env) {
  std::vector<std::int64_t> indices;
  for (const model::Expr& expr : site.indices) {
    const auto index = evaluate_whole(expr, env);
    if (!index) return index.problem();
    indices.push_back(*index);
  }
  return site_in(random_site_name(site, indices), env);
}

Outcome<runtime::RandomCall> random_call(const model::Call& call, std::string_view function,
                                         Environment& env) {
  runtime::RandomCall random;
  random.seed = env.seed;
  if (const model::Expr* seed = find_named(call, "seed")) {
    const auto number = evaluate_whole(*seed, env);
    if (!number) return number.problem();
    random.seed = static_cast<std::uint64_t>(*number);
  }
  const model::RandomSite& site = **call.site;
  const auto name = site_of(site, env);
  if (!name) return name.problem();
  random.stream = runtime::random::stream_of(*name, draw_kind_of(function),
                                             static_cast<std::uint32_t>(site.ordinal));
  random.reached = env.counters[fmt::format("{}#{}", *name, site.ordinal)]++;
  return random;
}

Outcome<Value> call_library(const model::Call& call, std::string_view name, source::Span span,
                            Environment& env) {
  std::vector<Value> values;
  for (const model::Expr& argument : call.arguments) {
    auto value = evaluate(argument, env);
    if (!value) return value;
    values.push_back(*std::move(value));
  }
  runtime::Arguments arguments{values, {}, env.watch};
  if (call.site) {
    const auto random = random_call(call, name, env);
    if (!random) return random.problem();
    arguments.random = *random;
  }
  const runtime::Function* function = runtime::find_function(name);
  if (function == nullptr)
    return Problem{span, fmt::format("`{}` cannot be called by an experiment", name), ""};
  auto result = runtime::call_function(*function, arguments);
  if (!result) return call_problem(result.error(), name, call, span);
  return *std::move(result);
}

Outcome<Value> call_builtin(const model::Call& call, model::BuiltinId id, source::Span span,
                            Environment& env) {
  const std::string_view name = model::builtin(id).name;
  if (name == "load") return call_load(call, env);
  if (name == "load_spikes") return call_load_spikes(call, env);
  return call_library(call, name, span, env);
}

Outcome<Value> call_function(const model::Call& call, const model::Function& function,
                             Environment& env) {
  Environment inner;
  inner.program = env.program;
  inner.scope = &function.scope;
  inner.timestep = env.timestep;
  inner.seed = env.seed;
  inner.watch = env.watch;
  inner.values.resize(function.scope.all().size());
  inner.functions.resize(inner.values.size());
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (const auto passed = function_named_by(call.arguments[i], env)) {
      inner.functions[function.parameters[i].value] = passed;
      continue;
    }
    auto value = evaluate(call.arguments[i], env);
    if (!value) return value;
    inner.values[function.parameters[i].value] = *std::move(value);
  }
  return evaluate(function.value, inner);
}

}  // namespace

std::string random_site_name(const model::RandomSite& site, std::span<const std::int64_t> indices) {
  if (indices.empty()) return site.name;
  return fmt::format("{}[{}]", site.name, fmt::join(indices, ","));
}

std::string site_in(const std::string& name, const Environment& env) {
  const std::string& circuit = env.circuit_name;
  if (circuit.empty() || !name.starts_with(circuit)) return name;
  const std::string rest = name.substr(circuit.size());
  if (rest.starts_with("/")) return env.instance_name + "." + rest.substr(1);
  return rest.empty() ? env.instance_name : name;
}

DrawKind draw_kind_of(std::string_view function) {
  if (function == "uniform") return DrawKind::Uniform;
  if (function == "normal") return DrawKind::Normal;
  if (function == "truncated_normal") return DrawKind::TruncatedNormal;
  return DrawKind::Choice;
}

Outcome<Value> evaluate_call(const model::Call& call, source::Span span, Environment& env) {
  if (call.derivative)
    return Problem{span, "the derivative of a function cannot be executed yet", ""};
  if (const auto* id = std::get_if<model::BuiltinId>(&call.callee))
    return call_builtin(call, *id, span, env);
  if (const auto* id = std::get_if<model::FunctionId>(&call.callee))
    return call_function(call, env.program->functions[*id], env);
  const auto& value = env.functions[std::get<model::SymbolId>(call.callee).value];
  if (!value) return Problem{span, "this parameter stands for no function", ""};
  if (const auto* id = std::get_if<model::BuiltinId>(&value->function))
    return call_builtin(call, *id, span, env);
  return call_function(call, env.program->functions[std::get<model::FunctionId>(value->function)],
                       env);
}

}  // namespace bouton::elaborate
