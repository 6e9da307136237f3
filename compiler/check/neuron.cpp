#include "compiler/check/neuron.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/base/match.h"
#include "compiler/check/constancy.h"
#include "compiler/check/convert.h"
#include "compiler/check/declare.h"
#include "compiler/check/expected_kind.h"
#include "compiler/check/expr.h"
#include "compiler/check/handlers.h"
#include "compiler/check/initial_order.h"
#include "compiler/check/items.h"
#include "compiler/check/names_in_words.h"
#include "compiler/check/noise.h"
#include "compiler/check/step_order.h"

namespace bouton::check {

using diagnostics::Kind;
using model::SymbolId;
using model::SymbolKind;

namespace {

class NeuronReader {
 public:
  NeuronReader(const ast::Component& source, Context& context)
      : source_(source), context_(context) {}

  CheckedNeuron read() {
    neuron_.name = source_.name.text;
    neuron_.span = source_.name.span;
    predefined_ = declare_predefined(context_);
    parameters_ = declare_parameters(source_.parameters, 0, context_);
    for (const ast::Item& item : source_.body.items) declare(item);
    find_kinds();
    for (const ast::Item& item : source_.body.items) check(item);
    finish();
    NeuronInterface seen = interface();
    return {std::move(neuron_), std::move(seen)};
  }

 private:
  // ---- names

  void declare(const ast::Item& item) {
    match(
        item.node,
        [&](const ast::Input& input) {
          const Type type = input.type ? named_type(*input.type, context_) : real(units::kNone);
          neuron_.inputs.push_back(declare_name(input.name, SymbolKind::Input, type, context_));
        },
        [&](const ast::Noise& noise) { neuron_.noises.push_back(declare_noise(noise, context_)); },
        [&](const ast::State& state) {
          const SymbolId symbol = declare_state(state, SymbolKind::State, context_);
          neuron_.states.push_back({symbol, {}, std::nullopt});
        },
        [&](const ast::AlgebraicEquation& equation) { declare_algebraic(equation); },
        [](const auto&) {});
  }

  void declare_algebraic(const ast::AlgebraicEquation& equation) {
    const SymbolId symbol =
        declare_name(equation.name, SymbolKind::Algebraic, real(context_.solver.fresh()), context_);
    if (!equation.initially) context_.without_previous.push_back(symbol);
    neuron_.algebraics.push_back({symbol, {}, std::nullopt});
  }

  // Equations may stand in any order, so what is a truth value or a number of steps may follow from
  // one further below: as many rounds as such a chain is long.
  void find_kinds() {
    bool changed = true;
    while (changed) {
      changed = false;
      std::size_t next = 0;
      for (const ast::Item& item : source_.body.items)
        if (const auto* equation = std::get_if<ast::AlgebraicEquation>(&item.node))
          changed = find_kind(*equation, neuron_.algebraics[next++].symbol) || changed;
    }
  }

  bool find_kind(const ast::AlgebraicEquation& equation, SymbolId symbol) {
    const model::Kind kind = expected_kind(equation.value, context_);
    const bool settled = context_.names.type(symbol).kind != model::Kind::Real;
    if (settled || kind == model::Kind::Real) return false;
    context_.names.set_type(symbol, of_kind(kind));
    return true;
  }

  // ---- items

  void check(const ast::Item& item) {
    match(
        item.node, [](const ast::Input&) {},
        [&](const ast::Noise& noise) {
          check_noise(noise, neuron_.noises[next_noise_++], context_);
        },
        [&](const ast::State& state) {
          model::State& declared = neuron_.states[next_state_++];
          declared.initial = check_initial(state.name, state.initial, declared.symbol, context_);
        },
        [&](const ast::AlgebraicEquation& equation) { check_algebraic(equation); },
        [&](const ast::DifferentialEquation& equation) { check_equation(equation); },
        [&](const ast::Spike& spike) { check_spike(item, spike); },
        [&](const ast::Refractory& refractory) { check_refractory(item, refractory); },
        [&](const ast::Handler& handler) { check_handler_item(item, handler); },
        [&](const ast::SolveWith& solver) { check_solve(item, solver); },
        [&](const ast::Broadcast&) { refuse_item(item, context_); },
        [&](const ast::Psp&) { refuse_item(item, context_); },
        [&](const ast::Summation&) { refuse_item(item, context_); },
        [&](const ast::Trace&) { refuse_item(item, context_); },
        [&](const ast::Bound&) { refuse_item(item, context_); },
        [&](const ast::Sign&) { refuse_item(item, context_); },
        [&](const ast::Nonlocal&) { refuse_item(item, context_); });
  }

  void check_algebraic(const ast::AlgebraicEquation& equation) {
    model::Algebraic& declared = neuron_.algebraics[next_algebraic_++];
    const Type type = context_.names.type(declared.symbol);
    context_.filter_may_be = &equation.value;
    Typed value = check_as(equation.value, type, fmt::format("`{}`", equation.name.text), context_);
    if (is_unknown(value.type)) context_.names.set_type(declared.symbol, unknown_type());
    declared.value = std::move(value.expr);
    context_.filter_may_be = nullptr;
    if (!equation.initially) return;
    declared.initially =
        check_as(*equation.initially, type,
                 fmt::format("the initial value of `{}`", equation.name.text), context_)
            .expr;
  }

  model::State* find_state(SymbolId symbol) {
    for (model::State& state : neuron_.states)
      if (state.symbol == symbol) return &state;
    return nullptr;
  }

  // Nothing after a message.
  std::optional<SymbolId> state_named(const ast::Identifier& name) {
    const auto symbol = context_.names.find(name.text);
    if (!symbol) {
      report_undeclared_state(name, context_);
      return std::nullopt;
    }
    const model::Symbol& declared = context_.names[*symbol];
    if (declared.kind == SymbolKind::State) return symbol;
    if (is_unknown(context_.names.type(*symbol))) return std::nullopt;
    context_.diagnostics
        .report(Kind::NotAState, name.span, {name.text, std::string(describe(declared.kind))})
        .other(declared.span, "declared here");
    return std::nullopt;
  }

  void check_equation(const ast::DifferentialEquation& equation) {
    const auto symbol = state_named(equation.name);
    if (!symbol) {
      context_.in_equation = true;
      (void)check_expr(equation.rate, context_);
      context_.in_equation = false;
      return;
    }
    model::State& state = *find_state(*symbol);
    if (state.derivative)
      context_.diagnostics
          .report(Kind::DuplicateItem, equation.name.span,
                  {fmt::format("state `{}`", equation.name.text), equation.name.text + "' = …"})
          .other(state.derivative->span, "the first one");
    state.derivative = check_slope(equation, *symbol, context_);
  }

  [[nodiscard]] std::vector<SymbolId> states() const {
    std::vector<SymbolId> symbols;
    for (const model::State& state : neuron_.states) symbols.push_back(state.symbol);
    return symbols;
  }

  model::HandlerBody check_body(const ast::Block& block) {
    HandlerRules rules{states(), assigned_};
    return check_handler(block, rules, context_);
  }

  void report_second(const ast::Item& item, source::Span first) {
    const char* word = std::holds_alternative<ast::Spike>(item.node)        ? "spike"
                       : std::holds_alternative<ast::Refractory>(item.node) ? "refractory"
                                                                            : "solve with";
    context_.diagnostics
        .report(Kind::DuplicateItem, item.span, {fmt::format("neuron `{}`", neuron_.name), word})
        .other(first, "the first one");
  }

  void check_solve(const ast::Item& item, const ast::SolveWith& solver) {
    if (solved_) report_second(item, *solved_);
    solved_ = item.span;
    neuron_.solver = check_solver(solver, context_);
  }

  Typed check_chance(const ast::Expr& expr, units::Dimension dimension, const char* what,
                     const char* advice) {
    Typed value = check_expr(expr, context_);
    const Type place = real(dimension);
    const bool real_value = is_kind(value.type, model::Kind::Real);
    if (!real_value || context_.solver.unify(value.type.dimension, place.dimension))
      return fit(std::move(value), place, what, context_);
    context_.diagnostics
        .report(Kind::WrongType, value.expr.span,
                {what, describe_type(place), describe_type(value.type)})
        .hint(advice);
    return unknown_at(expr.span);
  }

  [[nodiscard]] std::string describe_type(const Type& type) const {
    return check::describe(type, context_.solver);
  }

  Typed check_spike_value(const ast::Spike& spike) {
    switch (spike.kind) {
      case ast::SpikeKind::WithProbability:
        return check_chance(spike.value, units::kNone, "a probability",
                            "`spike at rate` takes a frequency");
      case ast::SpikeKind::AtRate:
        return check_chance(spike.value, units::kFrequency, "a rate",
                            "`spike with probability` takes a number");
      case ast::SpikeKind::When:
        break;
    }
    return check_condition(spike.value, "the condition of `spike when`", context_);
  }

  void check_spike(const ast::Item& item, const ast::Spike& spike) {
    if (neuron_.spike) report_second(item, neuron_.spike->span);
    model::SpikeTest test;
    test.span = item.span;
    test.form = spike.kind == ast::SpikeKind::WithProbability ? model::SpikeTest::Form::Probability
                : spike.kind == ast::SpikeKind::AtRate        ? model::SpikeTest::Form::Rate
                                                              : model::SpikeTest::Form::Condition;
    test.value = check_spike_value(spike).expr;
    if (spike.body) test.body = check_body(*spike.body);
    neuron_.spike = std::move(test);
  }

  void check_refractory(const ast::Item& item, const ast::Refractory& refractory) {
    if (neuron_.refractory) report_second(item, neuron_.refractory->span);
    model::Refractory checked;
    checked.span = item.span;
    checked.duration = check_duration(refractory.duration, "`refractory`", context_).expr;
    require_constant(checked.duration, "a refractory period", context_);
    for (const ast::Identifier& name : refractory.holding)
      if (const auto symbol = state_named(name)) checked.holding.push_back(*symbol);
    neuron_.refractory = std::move(checked);
  }

  void check_handler_item(const ast::Item& item, const ast::Handler& handler) {
    if (!std::holds_alternative<ast::OnStep>(handler.event)) return refuse_item(item, context_);
    neuron_.on_step.push_back(check_body(handler.body));
  }

  // ---- the whole

  void report_missing_spike(source::Span span, std::string_view reader) {
    context_.diagnostics
        .report(Kind::MissingPart, span, {fmt::format("neuron `{}`", neuron_.name), "`spike`"})
        .label(fmt::format("{} needs one", reader));
  }

  void require_spike() {
    if (neuron_.spike) return;
    if (neuron_.refractory) report_missing_spike(neuron_.refractory->span, "`refractory`");
    for (const SymbolId symbol :
         {predefined_.since_spike, predefined_.spiked, predefined_.spike_probability})
      if (context_.names.used(symbol))
        report_missing_spike(neuron_.span, fmt::format("`{}`", context_.names[symbol].name));
  }

  void warn_of_idle_states() {
    for (const model::State& state : neuron_.states) {
      const bool assigned = std::ranges::find(assigned_, state.symbol) != assigned_.end();
      if (state.derivative || assigned) continue;
      const model::Symbol& symbol = context_.names[state.symbol];
      context_.diagnostics.report(Kind::StateNeverChanges, symbol.span, {symbol.name})
          .hint("make it a parameter");
    }
  }

  // A parameter has to have a dimension; of the rest only literal zeros can have left one open.
  void require_all_closed() {
    for (const SymbolId id : context_.names.all()) {
      if (context_.names[id].kind == SymbolKind::Parameter)
        require_closed(id, context_);
      else
        settle(context_.names.type(id).dimension, context_.solver);
    }
  }

  void finish() {
    require_spike();
    warn_of_idle_states();
    constexpr std::array kRead = {SymbolKind::Input, SymbolKind::Noise, SymbolKind::Local};
    warn_of_unused(kRead, context_);
    if (!has_errors(context_)) require_all_closed();
    sort_algebraics(neuron_, context_);
    sort_states(neuron_, context_);
    neuron_.timestep = if_used(predefined_.timestep, context_);
    neuron_.time = if_used(predefined_.time, context_);
    neuron_.since_spike = if_used(predefined_.since_spike, context_);
    neuron_.spiked = if_used(predefined_.spiked, context_);
    neuron_.spike_probability = if_used(predefined_.spike_probability, context_);
    neuron_.parameters = std::move(parameters_.model);
    neuron_.scope = context_.names.to_scope(context_.solver);
  }

  NeuronInterface interface() {
    resolve(parameters_.interface, context_.solver);
    NeuronInterface seen;
    seen.name = source_.name.text;
    seen.span = source_.name.span;
    seen.parameters = std::move(parameters_.interface);
    seen.variables = variables_of({SymbolKind::Parameter, SymbolKind::Input, SymbolKind::Noise,
                                   SymbolKind::State, SymbolKind::Algebraic, SymbolKind::Spiked,
                                   SymbolKind::SinceSpike, SymbolKind::SpikeProbability},
                                  context_);
    seen.spikes = neuron_.spike.has_value();
    for (const SymbolId id : context_.without_previous)
      seen.without_previous.push_back(context_.names[id].name);
    for (const model::Parameter& parameter : neuron_.parameters)
      if (!context_.names.used(parameter.symbol))
        seen.unread_parameters.push_back(context_.names[parameter.symbol].name);
    return seen;
  }

  const ast::Component& source_;
  Context& context_;
  model::Neuron neuron_;
  DeclaredParameters parameters_;
  Predefined predefined_;
  std::vector<SymbolId> assigned_;
  std::optional<source::Span> solved_;
  std::size_t next_noise_ = 0;
  std::size_t next_state_ = 0;
  std::size_t next_algebraic_ = 0;
};

}  // namespace

CheckedNeuron check_neuron(const ast::Component& neuron, Context& context) {
  return NeuronReader(neuron, context).read();
}

}  // namespace bouton::check
