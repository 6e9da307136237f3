#include "runtime/host/calls.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "runtime/base/check.h"
#include "runtime/files/load.h"
#include "runtime/library/functions.h"

namespace bouton::runtime {

namespace {

const HostExpr* find_named(const CallExpr& call, std::string_view name) {
  for (const auto& [known, value] : call.named)
    if (known == name) return &value.front();
  return nullptr;
}

Outcome<std::string> evaluate_text(const HostExpr& expr, Scope& scope) {
  const auto value = evaluate(expr, scope);
  if (!value) return value.problem();
  if (const auto* text = value->as<std::string>()) return *text;
  return Problem{expr.place, fmt::format("expected a text, but this is {}", describe(*value)), ""};
}

// Leaves `into` alone where the call does not have the argument.
Failed read_text(const CallExpr& call, std::string_view name, Scope& scope,
                 std::optional<std::string>& into) {
  const HostExpr* expr = find_named(call, name);
  if (expr == nullptr) return std::nullopt;
  auto text = evaluate_text(*expr, scope);
  if (!text) return text.problem();
  into = *std::move(text);
  return std::nullopt;
}

Failed read_shape(const CallExpr& call, Scope& scope, std::optional<Shape>& into) {
  const HostExpr* expr = find_named(call, "shape");
  if (expr == nullptr) return std::nullopt;
  const auto value = evaluate(*expr, scope);
  if (!value) return value.problem();
  const std::vector<Value> values = {*value};
  const auto shape = shape_argument({values, {}}, 0);
  if (!shape) return Problem{expr->place, shape.error().message, ""};
  into = *shape;
  return std::nullopt;
}

Outcome<std::filesystem::path> file_of(const CallExpr& call, Scope& scope) {
  const auto name = evaluate_text(call.arguments.front(), scope);
  if (!name) return name.problem();
  return std::filesystem::path(scope.program->source_directory) / *name;
}

Outcome<Value> call_load(const CallExpr& call, Scope& scope) {
  const auto path = file_of(call, scope);
  if (!path) return path.problem();
  LoadOptions options;
  if (auto failed = read_text(call, "at", scope, options.at)) return *failed;
  if (auto failed = read_text(call, "columns", scope, options.columns)) return *failed;
  if (auto failed = read_shape(call, scope, options.shape)) return *failed;
  auto value = load(*path, options);
  if (!value) return Problem{call.arguments.front().place, value.error().message, ""};
  return *std::move(value);
}

Outcome<Value> call_load_spikes(const CallExpr& call, Scope& scope) {
  const auto path = file_of(call, scope);
  if (!path) return path.problem();
  SpikeColumns columns;
  std::optional<std::string> time;
  std::optional<std::string> index;
  if (auto failed = read_text(call, "time", scope, time)) return *failed;
  if (auto failed = read_text(call, "index", scope, index)) return *failed;
  columns.time = time.value_or(columns.time);
  columns.index = index.value_or(columns.index);
  if (const HostExpr* first = find_named(call, "first_neuron")) {
    const auto number = evaluate_whole(*first, scope);
    if (!number) return number.problem();
    columns.first_neuron = *number;
  }
  auto spikes = load_spikes(*path, columns);
  if (!spikes) return Problem{call.arguments.front().place, spikes.error().message, ""};
  return Value(*std::move(spikes));
}

Outcome<std::string> name_of(const SiteExpr& site, Scope& scope) {
  std::vector<std::int64_t> indices;
  for (const HostExpr& expr : site.indices) {
    const auto index = evaluate_whole(expr, scope);
    if (!index) return index.problem();
    indices.push_back(*index);
  }
  return indices.empty() ? site.name : fmt::format("{}[{}]", site.name, fmt::join(indices, ","));
}

Outcome<RandomCall> random_numbers_of(const SiteExpr& site, random::DrawKind kind, Scope& scope) {
  RandomCall call;
  call.seed = scope.seed;
  if (!site.seed.empty()) {
    const auto seed = evaluate_whole(site.seed.front(), scope);
    if (!seed) return seed.problem();
    call.seed = static_cast<std::uint64_t>(*seed);
  }
  const auto name = name_of(site, scope);
  if (!name) return name.problem();
  call.stream = random::stream_of(*name, kind, site.ordinal);
  const std::string counter = fmt::format("{}#{}", *name, site.ordinal);
  call.reached = scope.reached[counter]++;
  scope.reached_now.push_back(counter);
  return call;
}

Problem argument_problem(const Error& error, const CallExpr& call, Place place) {
  if (error.cancelled) return cancellation();
  if (error.argument == Error::kNoArgument) return {place, error.message, ""};
  const auto position = static_cast<std::size_t>(error.argument);
  const Place at = position < call.arguments.size() ? call.arguments[position].place : place;
  return {at, fmt::format("argument {} of `{}`: {}", position + 1, call.function, error.message),
          ""};
}

}  // namespace

Outcome<Value> evaluate_call(const CallExpr& call, Place place, Scope& scope) {
  if (call.function == "load") return call_load(call, scope);
  if (call.function == "load_spikes") return call_load_spikes(call, scope);
  const Function* function = find_function(call.function);
  require(function != nullptr, "a call of a function that the library does not have");
  std::vector<Value> values;
  for (const HostExpr& argument : call.arguments) {
    auto value = evaluate(argument, scope);
    if (!value) return value;
    values.push_back(*std::move(value));
  }
  Arguments arguments{values, {}, scope.watch};
  if (call.site) {
    require(function->draws.has_value(), "a function that draws no numbers has a site");
    const auto random = random_numbers_of(*call.site, *function->draws, scope);
    if (!random) return random.problem();
    arguments.random = *random;
  }
  auto result = call_function(*function, arguments);
  if (!result) return argument_problem(result.error(), call, place);
  return *std::move(result);
}

}  // namespace bouton::runtime
