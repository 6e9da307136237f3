#include "compiler/check/items.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/base/match.h"
#include "compiler/check/convert.h"
#include "compiler/check/declare.h"
#include "compiler/check/expected_kind.h"
#include "compiler/check/expr.h"
#include "compiler/check/missing_unit.h"
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

// What somebody may have meant by `w = …` or `dw = …` in a rule.
std::string hint_of_equation(const std::string& name, const Context& context) {
  const auto is_target = [&](std::string_view word) {
    const auto symbol = context.names.find(word);
    return symbol && (context.names[*symbol].kind == SymbolKind::Weight ||
                      context.names[*symbol].kind == SymbolKind::State);
  };
  if (is_target(name))
    return fmt::format(
        "`{}' = …` changes it in time, `{} += …` in a handler such as `on pre {{ }}`", name, name);
  if (name.starts_with('d') && is_target(name.substr(1)))
    return fmt::format("derivatives are written `{}' = …`", name.substr(1));
  return "use `let` in a handler, or a `trace`";
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
  const auto* algebraic = std::get_if<ast::AlgebraicEquation>(&item.node);
  if (context.place == Place::Rule && algebraic != nullptr)
    report.hint(hint_of_equation(algebraic->name.text, context));
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

namespace {

// Whether two dimensions are the same whatever is still open in them.
bool is_same(const DimensionTerm& a, const DimensionTerm& b, const DimensionSolver& solver) {
  return solver.value(a / b) == units::kNone;
}

// The right-hand side has the dimension of the variable itself: mostly of a time constant that
// lacks its unit.
model::Expr refuse_slope(const ast::DifferentialEquation& equation, const Typed& value,
                         Context& context) {
  const std::string& name = equation.name.text;
  auto report =
      context.diagnostics.report(Kind::SlopeWithoutTime, value.expr.span, {name, name, name});
  const auto number = find_without_unit(value.expr, context);
  if (number)
    explain_missing_unit(*number, number->divides ? units::kTime : units::kFrequency, report,
                         context);
  else
    report.hint(fmt::format("divide by a time constant, as in `{}' = -{}/(20 ms)`", name, name));
  return unknown_at(value.expr.span).expr;
}

}  // namespace

model::Expr check_slope(const ast::DifferentialEquation& equation, SymbolId symbol,
                        Context& context) {
  const Type type = context.names.type(symbol);
  const Type slope = is_kind(type, model::Kind::Real) ? real(type.dimension / units::kTime) : type;
  context.in_equation = true;
  Typed value = check_expr(equation.rate, context);
  context.in_equation = false;
  const bool lacks_time = is_kind(value.type, model::Kind::Real) &&
                          is_kind(type, model::Kind::Real) &&
                          is_same(value.type.dimension, type.dimension, context.solver);
  if (lacks_time) return refuse_slope(equation, value, context);
  return fit(std::move(value), slope, fmt::format("`{}'`", equation.name.text), context).expr;
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
