#include "compiler/check/synapse.h"

#include <fmt/format.h>

#include <array>

#include "compiler/base/match.h"
#include "compiler/check/constancy.h"
#include "compiler/check/declare.h"
#include "compiler/check/expr.h"
#include "compiler/check/handlers.h"
#include "compiler/check/items.h"
#include "compiler/check/names_in_words.h"

namespace bouton::check {

using diagnostics::Kind;
using model::SymbolId;
using model::SymbolKind;

namespace {

class SynapseReader {
 public:
  SynapseReader(const ast::Component& source, Context& context)
      : source_(source), context_(context) {}

  CheckedSynapse read() {
    synapse_.name = source_.name.text;
    synapse_.span = source_.name.span;
    predefined_ = declare_predefined(context_);
    parameters_ = declare_parameters(source_.parameters, 0, context_);
    for (const ast::Item& item : source_.body.items)
      if (const auto* state = std::get_if<ast::State>(&item.node))
        synapse_.states.push_back(
            {declare_state(*state, SymbolKind::State, context_), {}, std::nullopt});
    for (const ast::Item& item : source_.body.items) check(item);
    finish();
    SynapseInterface seen = interface();
    return {std::move(synapse_), std::move(seen)};
  }

 private:
  void check(const ast::Item& item) {
    match(
        item.node,
        [&](const ast::State& state) {
          model::State& declared = synapse_.states[next_state_++];
          declared.initial = check_initial(state.name, state.initial, declared.symbol, context_);
        },
        [&](const ast::DifferentialEquation& equation) { check_equation(equation); },
        [&](const ast::Psp& psp) { check_psp(item, psp); },
        [&](const ast::Summation& summation) { check_summation(item, summation); },
        [&](const ast::Handler& handler) { check_handler_item(item, handler); },
        [&](const ast::SolveWith& solver) { synapse_.solver = check_solver(solver, context_); },
        [&](const ast::Input&) { refuse_item(item, context_); },
        [&](const ast::Noise&) { refuse_item(item, context_); },
        [&](const ast::Broadcast&) { refuse_item(item, context_); },
        [&](const ast::AlgebraicEquation&) { refuse_item(item, context_); },
        [&](const ast::Spike&) { refuse_item(item, context_); },
        [&](const ast::Refractory&) { refuse_item(item, context_); },
        [&](const ast::Trace&) { refuse_item(item, context_); },
        [&](const ast::Bound&) { refuse_item(item, context_); },
        [&](const ast::Sign&) { refuse_item(item, context_); },
        [&](const ast::Nonlocal&) { refuse_item(item, context_); });
  }

  void check_equation(const ast::DifferentialEquation& equation) {
    for (model::State& state : synapse_.states) {
      if (context_.names[state.symbol].name != equation.name.text) continue;
      if (state.derivative)
        report_second(equation.name.span, state.derivative->span, equation.name.text + "' = …");
      state.derivative = check_slope(equation, state.symbol, context_);
      return;
    }
    report_not_a_state(equation.name);
    (void)check_expr(equation.rate, context_);
  }

  void report_not_a_state(const ast::Identifier& name) {
    const auto symbol = context_.names.find(name.text);
    if (!symbol) return report_undeclared_state(name, context_);
    if (is_unknown(context_.names.type(*symbol))) return;
    const model::Symbol& declared = context_.names[*symbol];
    auto report = context_.diagnostics.report(Kind::NotAState, name.span,
                                              {name.text, std::string(describe(declared.kind))});
    if (declared.span.end > declared.span.begin) report.other(declared.span, "declared here");
  }

  void report_second(source::Span span, source::Span first, std::string_view what) {
    context_.diagnostics
        .report(Kind::DuplicateItem, span,
                {fmt::format("synapse `{}`", synapse_.name), std::string(what)})
        .other(first, "the first one");
  }

  void check_psp(const ast::Item& item, const ast::Psp& psp) {
    if (synapse_.psp) report_second(item.span, synapse_.psp->span, "psp");
    const std::size_t opened = context_.names.open_block();
    model::Psp checked;
    checked.span = item.span;
    checked.age =
        declare_name(psp.lag, SymbolKind::SpikeAge, of_kind(model::Kind::Steps), context_);
    psp_dimension_ = context_.solver.fresh();
    checked.value = check_as(psp.formula, real(psp_dimension_), "`psp`", context_).expr;

    require_constant(checked.value, "`psp`", context_);
    context_.names.close_block(opened);
    synapse_.psp = std::move(checked);
  }

  void check_summation(const ast::Item& item, const ast::Summation& summation) {
    if (summation_) report_second(item.span, *summation_, "renewing` or `additive");
    summation_ = item.span;
    overlap_ = summation.kind == ast::SummationKind::Renewing ? model::Psp::Overlap::Renewing
                                                              : model::Psp::Overlap::Additive;
  }

  void check_handler_item(const ast::Item& item, const ast::Handler& handler) {
    if (!std::holds_alternative<ast::OnSpike>(handler.event)) return refuse_item(item, context_);
    if (on_spike_) report_second(item.span, *on_spike_, "on spike");
    on_spike_ = item.span;
    std::vector<SymbolId> states;
    for (const model::State& state : synapse_.states) states.push_back(state.symbol);
    HandlerRules rules{states, assigned_};
    synapse_.on_spike = check_handler(handler.body, rules, context_);
  }

  void report_mixture(source::Span span, std::string_view what) {
    context_.diagnostics.report(Kind::NotHere, span, {std::string(what), "a synapse with `psp`"})
        .other(synapse_.psp->span, "the potential is given here")
        .hint("either `psp(s) = …`, or states that jump `on spike`");
  }

  void require_one_form() {
    const std::string whole = fmt::format("synapse `{}`", synapse_.name);
    if (synapse_.psp && on_spike_) return report_mixture(*on_spike_, "`on spike`");
    if (synapse_.psp && !synapse_.states.empty())
      return report_mixture(context_.names[synapse_.states[0].symbol].span, "`state`");
    if (!synapse_.psp && summation_)
      context_.diagnostics.report(Kind::NotHere, *summation_,
                                  {"`renewing` or `additive`", "a synapse without `psp`"});
    if (synapse_.psp) return;
    if (synapse_.states.empty())
      context_.diagnostics.report(Kind::MissingPart, synapse_.span,
                                  {whole, "`psp(s) = …` and no `state`"});
    else if (!on_spike_)
      context_.diagnostics.report(Kind::MissingPart, synapse_.span, {whole, "`on spike`"})
          .hint(fmt::format("spikes act by `on spike {{ {} += w }}`",
                            context_.names[synapse_.states[0].symbol].name));
  }

  void finish() {
    require_one_form();
    constexpr std::array kRead = {SymbolKind::Parameter, SymbolKind::Local};
    warn_of_unused(kRead, context_);
    if (synapse_.psp) synapse_.psp->overlap = overlap_;
    synapse_.timestep = if_used(predefined_.timestep, context_);
    synapse_.weight = predefined_.weight;
    synapse_.parameters = std::move(parameters_.model);
    synapse_.scope = context_.names.to_scope(context_.solver);
  }

  SynapseInterface interface() {
    resolve(parameters_.interface, context_.solver);
    SynapseInterface seen;
    seen.name = source_.name.text;
    seen.span = source_.name.span;
    seen.parameters = std::move(parameters_.interface);
    seen.variables = variables_of({SymbolKind::Parameter, SymbolKind::State}, context_);
    seen.weight = context_.names.type(predefined_.weight);
    seen.output = seen.weight;
    if (synapse_.psp)
      seen.output.dimension = psp_dimension_ * seen.weight.dimension;
    else if (!synapse_.states.empty())
      seen.output = context_.names.type(synapse_.states[0].symbol);
    resolve(seen.weight, context_.solver);
    resolve(seen.output, context_.solver);
    return seen;
  }

  const ast::Component& source_;
  Context& context_;
  model::Synapse synapse_;
  DeclaredParameters parameters_;
  Predefined predefined_;
  DimensionTerm psp_dimension_;
  model::Psp::Overlap overlap_ = model::Psp::Overlap::Additive;
  std::optional<source::Span> summation_;
  std::optional<source::Span> on_spike_;
  std::vector<SymbolId> assigned_;
  std::size_t next_state_ = 0;
};

}  // namespace

CheckedSynapse check_synapse(const ast::Component& synapse, Context& context) {
  return SynapseReader(synapse, context).read();
}

}  // namespace bouton::check
