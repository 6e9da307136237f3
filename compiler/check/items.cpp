#include "compiler/check/items.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/base/match.h"
#include "compiler/check/convert.h"
#include "compiler/check/declare.h"
#include "compiler/check/expected_kind.h"
#include "compiler/check/expr.h"
#include "compiler/check/names_in_words.h"
#include "compiler/check/power.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

using diagnostics::Kind;
using model::SymbolId;
using model::SymbolKind;

namespace {

std::string_view describe(const ast::Handler& handler) {
  return match(
      handler.event, [](const ast::OnPre&) { return "`on pre`"; },
      [](const ast::OnPost&) { return "`on post`"; },
      [](const ast::OnSpike&) { return "`on spike`"; },
      [](const ast::OnStep&) { return "`on step`"; },
      [](const ast::OnPair&) { return "`on pair`"; });
}

bool is_literal_zero(const ast::Expr& expr) {
  const auto* number = std::get_if<ast::Number>(&expr.node);
  return number && !number->unit && number->value == 0;
}

SymbolId predefine(const char* name, SymbolKind kind, Type type, Context& context) {
  return context.names.declare(name, {}, kind, std::move(type));
}

std::string_view home_of(const ast::Handler& handler) {
  return match(
      handler.event, [](const ast::OnPre&) { return "a rule"; },
      [](const ast::OnPost&) { return "a rule"; }, [](const ast::OnSpike&) { return "a synapse"; },
      [](const ast::OnStep&) { return "a neuron or a rule"; },
      [](const ast::OnPair&) { return "a rule"; });
}

// The declarations in which an item may stand.
std::string_view home_of(const ast::Item& item) {
  return match(
      item.node, [](const ast::Input&) -> std::string_view { return "a neuron"; },
      [](const ast::Noise&) -> std::string_view { return "a neuron"; },
      [](const ast::State&) -> std::string_view { return "a neuron, a synapse or a rule"; },
      [](const ast::Broadcast&) -> std::string_view { return "a rule"; },
      [](const ast::DifferentialEquation&) -> std::string_view {
        return "a neuron, a synapse or a rule";
      },
      [](const ast::AlgebraicEquation&) -> std::string_view { return "a neuron"; },
      [](const ast::Spike&) -> std::string_view { return "a neuron"; },
      [](const ast::Refractory&) -> std::string_view { return "a neuron"; },
      [](const ast::Psp&) -> std::string_view { return "a synapse"; },
      [](const ast::Summation&) -> std::string_view { return "a synapse"; },
      [](const ast::Handler& handler) -> std::string_view { return home_of(handler); },
      [](const ast::Trace&) -> std::string_view { return "a rule"; },
      [](const ast::Bound&) -> std::string_view { return "a rule"; },
      [](const ast::Sign&) -> std::string_view { return "a rule"; },
      [](const ast::SolveWith&) -> std::string_view { return "a neuron, a synapse or a rule"; },
      [](const ast::Nonlocal&) -> std::string_view { return "a rule"; });
}

}  // namespace

std::string describe(const ast::Item& item) {
  return std::string(match(
      item.node, [](const ast::Input&) -> std::string_view { return "`input`"; },
      [](const ast::Noise&) -> std::string_view { return "`noise`"; },
      [](const ast::State&) -> std::string_view { return "`state`"; },
      [](const ast::Broadcast&) -> std::string_view { return "`broadcast`"; },
      [](const ast::DifferentialEquation&) -> std::string_view {
        return "a differential equation";
      },
      [](const ast::AlgebraicEquation&) -> std::string_view { return "an algebraic variable"; },
      [](const ast::Spike&) -> std::string_view { return "`spike`"; },
      [](const ast::Refractory&) -> std::string_view { return "`refractory`"; },
      [](const ast::Psp&) -> std::string_view { return "`psp`"; },
      [](const ast::Summation& summation) -> std::string_view {
        return summation.kind == ast::SummationKind::Renewing ? "`renewing`" : "`additive`";
      },
      [](const ast::Handler& handler) -> std::string_view { return describe(handler); },
      [](const ast::Trace&) -> std::string_view { return "`trace`"; },
      [](const ast::Bound&) -> std::string_view { return "`bound`"; },
      [](const ast::Sign&) -> std::string_view { return "`sign`"; },
      [](const ast::SolveWith&) -> std::string_view { return "`solve with`"; },
      [](const ast::Nonlocal&) -> std::string_view { return "`nonlocal`"; }));
}

void refuse_item(const ast::Item& item, Context& context) {
  auto report = context.diagnostics.report(Kind::NotHere, item.span,
                                           {describe(item), std::string(describe(context.place))});
  if (context.place == Place::Rule && std::holds_alternative<ast::AlgebraicEquation>(item.node))
    report.hint("use `let` in a handler, or a `trace`");
  else
    report.hint(fmt::format("{} belongs in {}", describe(item), home_of(item)));
}

Predefined declare_predefined(Context& context) {
  Predefined names;
  names.timestep = predefine("timestep", SymbolKind::Timestep, real(units::kTime), context);
  if (context.place == Place::Neuron || context.place == Place::Rule)
    names.time = predefine("t", SymbolKind::Time, of_kind(model::Kind::Steps), context);
  if (context.place == Place::Synapse || context.place == Place::Rule)
    names.weight = predefine("w", SymbolKind::Weight, real(context.solver.fresh()), context);
  if (context.place != Place::Neuron) return names;
  names.since_spike =
      predefine("since_spike", SymbolKind::SinceSpike, of_kind(model::Kind::Steps), context);
  names.spiked = predefine("spiked", SymbolKind::Spiked, of_kind(model::Kind::Boolean), context);
  names.spike_probability =
      predefine("spike_probability", SymbolKind::SpikeProbability, real(units::kNone), context);
  return names;
}

SymbolId if_used(SymbolId symbol, const Context& context) {
  return symbol.valid() && context.names.used(symbol) ? symbol : SymbolId{};
}

SymbolId declare_state(const ast::State& state, SymbolKind kind, Context& context) {
  Type type = state.type ? named_type(*state.type, context)
              : expected_kind(state.initial, context) == model::Kind::Boolean
                  ? of_kind(model::Kind::Boolean)
                  : real(context.solver.fresh());
  if (!state.type && is_literal_zero(state.initial) && context.place != Place::Synapse)
    type.dimension = units::kNone;
  return declare_name(state.name, kind, std::move(type), context);
}

void report_undeclared_state(const ast::Identifier& name, Context& context) {
  context.diagnostics.report(Kind::UnknownName, name.span, {name.text})
      .hint(fmt::format("declare it: `state {} = …`", name.text));
  declare_placeholder(name, context);
}

model::Expr check_initial(const ast::Identifier& name, const ast::Expr& initial, SymbolId symbol,
                          Context& context) {
  const Type type = context.names.type(symbol);
  const std::string what = fmt::format("the initial value of `{}`", name.text);
  const bool open = is_kind(type, model::Kind::Real) && !context.solver.value(type.dimension);
  if (!open || context.place == Place::Synapse) return check_as(initial, type, what, context).expr;
  Typed value = check_expr(initial, context);
  // `state r = 0/ms`: what the literal leaves open is no dimension.
  if (constant_value(value.expr)) settle(value.type.dimension, context.solver);
  return fit(std::move(value), type, what, context).expr;
}

model::Expr check_slope(const ast::DifferentialEquation& equation, SymbolId symbol,
                        Context& context) {
  const Type type = context.names.type(symbol);
  const Type slope = is_kind(type, model::Kind::Real) ? real(type.dimension / units::kTime) : type;
  context.in_equation = true;
  Typed value = check_as(equation.rate, slope, fmt::format("`{}'`", equation.name.text), context);
  context.in_equation = false;
  return std::move(value.expr);
}

model::Solver check_solver(const ast::SolveWith& item, Context& context) {
  struct Method {
    const char* name;
    model::Solver solver;
  };
  constexpr auto kMethods = std::to_array<Method>({
      {"euler", model::Solver::Euler},
      {"exponential_euler", model::Solver::ExponentialEuler},
      {"heun", model::Solver::Heun},
      {"runge_kutta_4", model::Solver::RungeKutta4},
      {"exact", model::Solver::Exact},
  });
  std::vector<std::string> known;
  for (const Method& method : kMethods) {
    if (item.method.text == method.name) return method.solver;
    known.emplace_back(method.name);
  }
  std::string hint = diagnostics::suggest_hint(item.method.text, known);
  if (hint.empty()) hint = fmt::format("there are `{}`", fmt::join(known, "`, `"));
  context.diagnostics.report(Kind::UnknownMethod, item.method.span, {item.method.text}).hint(hint);
  return model::Solver::Default;
}

void require_closed(SymbolId symbol, Context& context) {
  const Type& type = context.names.type(symbol);
  if (!is_kind(type, model::Kind::Real) || context.solver.value(type.dimension)) return;
  const model::Symbol& declared = context.names[symbol];
  context.diagnostics.report(Kind::OpenDimension, declared.span, {declared.name})
      .hint(fmt::format("say it: `{}: voltage`, or `{}: number`", declared.name, declared.name));
  // Whatever is linked with it is then closed, too, and gives no message of its own.
  settle(context.names.type(symbol).dimension, context.solver);
}

std::vector<Variable> variables_of(const std::vector<SymbolKind>& kinds, const Context& context) {
  std::vector<Variable> variables;
  for (const SymbolId id : context.names.all()) {
    const model::Symbol& symbol = context.names[id];
    if (std::ranges::find(kinds, symbol.kind) == kinds.end()) continue;
    Type type = context.names.type(id);
    resolve(type, context.solver);
    variables.push_back({symbol.name, symbol.span, symbol.kind, std::move(type)});
  }
  return variables;
}

void resolve(Type& type, const DimensionSolver& solver) {
  type.dimension = solver.resolve(type.dimension);
  for (Type& element : type.elements) resolve(element, solver);
}

void resolve(std::vector<ParameterInterface>& parameters, const DimensionSolver& solver) {
  for (ParameterInterface& parameter : parameters) resolve(parameter.type, solver);
}

}  // namespace bouton::check
