#include "compiler/check/rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/check/constancy.h"
#include "compiler/check/declare.h"
#include "compiler/check/expr.h"
#include "compiler/check/handlers.h"
#include "compiler/check/initial_order.h"
#include "compiler/check/items.h"
#include "compiler/check/names_in_words.h"
#include "compiler/check/partner_fields.h"
#include "compiler/check/rule_trace.h"
#include "compiler/model/children.h"

namespace bouton::check {

using diagnostics::Kind;
using model::SymbolId;
using model::SymbolKind;

namespace {

model::Pairing::Kind to_model(ast::PairingKind kind) {
  switch (kind) {
    case ast::PairingKind::All:
      return model::Pairing::Kind::All;
    case ast::PairingKind::Nearest:
      return model::Pairing::Kind::Nearest;
    case ast::PairingKind::Immediate:
      return model::Pairing::Kind::Immediate;
    case ast::PairingKind::PreCentred:
      return model::Pairing::Kind::PreCentred;
    case ast::PairingKind::PostCentred:
      return model::Pairing::Kind::PostCentred;
  }
  BOUTON_UNREACHABLE("all pairings are listed");
}

model::Pairing check_pairing(const ast::Pairing& pairing, Context& context) {
  model::Pairing checked{to_model(pairing.kind), 1, pairing.in_index_order};
  if (!pairing.count) return checked;
  constexpr double kDeepest = 1 << 20;
  const auto* number = std::get_if<ast::Number>(&pairing.count->node);
  const bool whole = number && number->integer && !number->unit;
  if (!whole || number->value < 1 || number->value > kDeepest)
    context.diagnostics.report(Kind::WrongCount, pairing.count->span, {"the depth of `nearest`"})
        .hint("`nearest 2` pairs with the two nearest spikes");
  else
    checked.depth = static_cast<std::int64_t>(number->value);
  return checked;
}

class RuleReader {
 public:
  RuleReader(const ast::Component& source, Context& context) : source_(source), context_(context) {
    context_.read_path = [this](const ast::Expr& expr, Wanted wanted, Context& at) {
      return read_partner_field(expr, wanted, fields_, at);
    };
  }

  CheckedRule read() {
    rule_.name = source_.name.text;
    rule_.span = source_.name.span;
    predefined_ = declare_predefined(context_);
    parameters_ = declare_parameters(source_.parameters, 0, context_);
    for (const ast::Item& item : source_.body.items) declare(item);
    for (const ast::Item& item : source_.body.items) check(item);
    finish();
    context_.read_path = {};
    RuleInterface seen = interface();
    return {std::move(rule_), std::move(seen)};
  }

 private:
  void declare(const ast::Item& item) {
    match(
        item.node,
        [&](const ast::State& state) {
          rule_.states.push_back(
              {declare_state(state, SymbolKind::State, context_), {}, std::nullopt});
        },
        [&](const ast::Broadcast& signal) {
          const Type type = signal.type ? named_type(*signal.type, context_) : real(units::kNone);
          rule_.broadcasts.push_back(
              declare_name(signal.name, SymbolKind::Broadcast, type, context_));
        },
        [&](const ast::Trace& trace) { rule_.traces.push_back(declare_trace(trace, context_)); },
        [](const auto&) {});
  }

  void check(const ast::Item& item) {
    match(
        item.node,
        [&](const ast::State& state) {
          model::State& declared = rule_.states[next_state_++];
          declared.initial = check_initial(state.name, state.initial, declared.symbol, context_);
        },
        [](const ast::Broadcast&) {},
        [&](const ast::Trace& trace) { check_trace(trace, rule_.traces[next_trace_++], context_); },
        [&](const ast::DifferentialEquation& equation) { check_equation(item, equation); },
        [&](const ast::Handler& handler) { check_event(item, handler); },
        [&](const ast::Bound& bound) { check_bound(item, bound); },
        [&](const ast::Sign& sign) { check_sign(item, sign); },
        [&](const ast::SolveWith& solver) { rule_.solver = check_solver(solver, context_); },
        [&](const ast::Nonlocal&) { rule_.nonlocal = true; },
        [&](const ast::Input&) { refuse_item(item, context_); },
        [&](const ast::Noise&) { refuse_item(item, context_); },
        [&](const ast::AlgebraicEquation&) { refuse_item(item, context_); },
        [&](const ast::Spike&) { refuse_item(item, context_); },
        [&](const ast::Refractory&) { refuse_item(item, context_); },
        [&](const ast::Psp&) { refuse_item(item, context_); },
        [&](const ast::Summation&) { refuse_item(item, context_); });
  }

  [[nodiscard]] std::vector<SymbolId> targets() const {
    std::vector<SymbolId> symbols = {predefined_.weight};
    for (const model::State& state : rule_.states) symbols.push_back(state.symbol);
    return symbols;
  }

  void check_equation(const ast::Item& item, const ast::DifferentialEquation& equation) {
    const auto symbol = context_.names.find(equation.name.text);
    const auto allowed = targets();
    if (!symbol || std::ranges::find(allowed, *symbol) == allowed.end()) {
      report_not_a_state(equation.name, symbol);
      (void)check_expr(equation.rate, context_);
      return;
    }
    if (const auto first = equation_of(*symbol))
      report_second(equation.name.span, equation.name.text + "' = …", *first);
    with_equation_.push_back(*symbol);
    model::Expr value = check_slope(equation, *symbol, context_);
    rule_.items.push_back({item.span, model::RuleEquation{*symbol, std::move(value)}});
  }

  [[nodiscard]] std::optional<source::Span> equation_of(SymbolId symbol) const {
    for (const model::RuleItem& item : rule_.items) {
      const auto* equation = std::get_if<model::RuleEquation>(&item.node);
      if (equation && equation->target == symbol) return item.span;
    }
    return std::nullopt;
  }

  void report_not_a_state(const ast::Identifier& name, std::optional<SymbolId> symbol) {
    if (!symbol) return report_undeclared_state(name, context_);
    if (is_unknown(context_.names.type(*symbol))) return;
    const model::Symbol& declared = context_.names[*symbol];
    context_.diagnostics
        .report(Kind::NotAState, name.span, {name.text, std::string(describe(declared.kind))})
        .other(declared.span, "declared here");
  }

  model::HandlerBody check_body(const ast::Block& block) {
    HandlerRules rules{targets(), assigned_};
    return check_handler(block, rules, context_);
  }

  void add(const ast::Item& item, decltype(model::RuleItem::node) node) {
    rule_.items.push_back({item.span, std::move(node)});
  }

  void check_event(const ast::Item& item, const ast::Handler& handler) {
    match(
        handler.event,
        [&](const ast::OnPre&) {
          add(item, model::OnSpikeOf{model::Side::Pre, check_body(handler.body)});
        },
        [&](const ast::OnPost&) {
          add(item, model::OnSpikeOf{model::Side::Post, check_body(handler.body)});
        },
        [&](const ast::OnStep&) { add(item, model::OnStep{check_body(handler.body)}); },
        [&](const ast::OnPair& pair) { check_pair(item, pair, handler.body); },
        [&](const ast::OnSpike&) { refuse_item(item, context_); });
  }

  void check_pair(const ast::Item& item, const ast::OnPair& pair, const ast::Block& block) {
    const std::size_t opened = context_.names.open_block();
    const SymbolId lag =
        declare_name(pair.lag, SymbolKind::PairTime, of_kind(model::Kind::Steps), context_);
    model::OnPair checked{lag, check_pairing(pair.pairing, context_), check_body(block)};
    context_.names.close_block(opened);
    add(item, std::move(checked));
  }

  void report_second(source::Span span, std::string_view what, source::Span first) {
    context_.diagnostics
        .report(Kind::DuplicateItem, span,
                {fmt::format("rule `{}`", rule_.name), std::string(what)})
        .other(first, "the first one");
  }

  void check_bound(const ast::Item& item, const ast::Bound& bound) {
    const auto* name = std::get_if<ast::Name>(&bound.target.node);
    if (!name || name->name.text != "w")
      context_.diagnostics.report(Kind::NotHere, bound.target.span,
                                  {"a bound of anything but `w`", "a rule"});
    if (bound_) report_second(item.span, "bound", *bound_);
    bound_ = item.span;
    const Type weight = context_.names.type(predefined_.weight);
    Typed low = check_as(bound.interval.lower, weight, "the lower bound", context_);
    Typed high = check_as(bound.interval.upper, weight, "the upper bound", context_);
    require_constant(low.expr, "a bound", context_);
    require_constant(high.expr, "a bound", context_);
    rule_.bound = model::Bound{std::move(low.expr), std::move(high.expr)};
  }

  void check_sign(const ast::Item& item, const ast::Sign& sign) {
    if (sign_) report_second(item.span, "sign", *sign_);
    sign_ = item.span;
    rule_.sign = sign.polarity == ast::Polarity::Excitatory ? model::Sign::Excitatory
                                                            : model::Sign::Inhibitory;
  }

  void warn_of_idle_states() {
    for (const model::State& state : rule_.states) {
      const bool moves = std::ranges::find(assigned_, state.symbol) != assigned_.end() ||
                         std::ranges::find(with_equation_, state.symbol) != with_equation_.end();
      if (moves) continue;
      const model::Symbol& symbol = context_.names[state.symbol];
      context_.diagnostics.report(Kind::StateNeverChanges, symbol.span, {symbol.name})
          .hint("make it a parameter");
    }
  }

  void require_action() {
    const bool acts = !assigned_.empty() || !with_equation_.empty();
    if (acts || has_errors(context_)) return;
    context_.diagnostics.report(Kind::RuleNeverActs, rule_.span, {rule_.name})
        .hint("it has no handler and no equation that changes anything");
  }

  void finish() {
    require_action();
    warn_of_idle_states();
    constexpr std::array kRead = {SymbolKind::Parameter, SymbolKind::Local, SymbolKind::Broadcast,
                                  SymbolKind::Trace};
    warn_of_unused(kRead, context_);
    sort_states(rule_, context_);
    rule_.timestep = if_used(predefined_.timestep, context_);
    rule_.time = if_used(predefined_.time, context_);
    rule_.weight = predefined_.weight;
    rule_.parameters = std::move(parameters_.model);
    rule_.scope = context_.names.to_scope(context_.solver);
  }

  RuleInterface interface() {
    resolve(parameters_.interface, context_.solver);
    RuleInterface seen;
    seen.name = source_.name.text;
    seen.span = source_.name.span;
    seen.parameters = std::move(parameters_.interface);
    seen.variables = variables_of(
        {SymbolKind::Parameter, SymbolKind::State, SymbolKind::Trace, SymbolKind::Broadcast},
        context_);
    for (FieldInterface& field : fields_) resolve(field.type, context_.solver);
    seen.fields = std::move(fields_);
    seen.weight = context_.names.type(predefined_.weight);
    resolve(seen.weight, context_.solver);
    return seen;
  }

  const ast::Component& source_;
  Context& context_;
  model::Rule rule_;
  DeclaredParameters parameters_;
  Predefined predefined_;
  std::vector<FieldInterface> fields_;
  std::vector<SymbolId> assigned_;
  std::vector<SymbolId> with_equation_;
  std::optional<source::Span> bound_;
  std::optional<source::Span> sign_;
  std::size_t next_state_ = 0;
  std::size_t next_trace_ = 0;
};

}  // namespace

CheckedRule check_rule(const ast::Component& rule, Context& context) {
  return RuleReader(rule, context).read();
}

}  // namespace bouton::check
