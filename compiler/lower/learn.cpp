#include "compiler/lower/learn.h"

#include <fmt/format.h>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/elaborate/pair_window.h"
#include "compiler/lower/arrival.h"
#include "compiler/lower/handler.h"
#include "compiler/lower/history.h"
#include "compiler/lower/rule.h"
#include "compiler/lower/window_trace.h"

namespace bouton::lower {

namespace {

using elaborate::ProjectionId;
using Kind = model::Pairing::Kind;
using plan::OpCode;

plan::Pairing::Kind pairing_kind(Kind kind) {
  switch (kind) {
    case Kind::All:
      return plan::Pairing::Kind::All;
    case Kind::Nearest:
      return plan::Pairing::Kind::Nearest;
    case Kind::Immediate:
      return plan::Pairing::Kind::Immediate;
    case Kind::PreCentred:
      return plan::Pairing::Kind::PreCentred;
    case Kind::PostCentred:
      return plan::Pairing::Kind::PostCentred;
  }
  BOUTON_UNREACHABLE("kind of pairing");
}

std::string pairing_words(const model::Pairing& pairing) {
  std::string words;
  switch (pairing.kind) {
    case Kind::All:
      words = "all";
      break;
    case Kind::Nearest:
      words = pairing.depth == 1 ? "nearest" : fmt::format("nearest {}", pairing.depth);
      break;
    case Kind::Immediate:
      words = "immediate";
      break;
    case Kind::PreCentred:
      words = "pre_centred";
      break;
    case Kind::PostCentred:
      words = "post_centred";
      break;
  }
  return pairing.in_index_order ? words + " in index order" : words;
}

// The items of one rule at one projection.
class RuleItems {
 public:
  RuleItems(Lowering& lowering, const RuleAt& at)
      : lowering_(lowering),
        at_(at),
        source_(lowering.network.projections[at.projection]),
        instance_(source_.rules[at.rule]),
        rule_(lowering.rule_of(instance_)),
        parts_(lowering.projections[at.projection]),
        columns_(assignable_columns(lowering, at)) {}

  void lower(std::vector<plan::Item>& items) {
    const auto& windows = parts_.rules[at_.rule].windows;
    for (std::size_t i = 0; i < rule_.items.size(); ++i) {
      span_ = rule_.items[i].span;
      match(
          rule_.items[i].node,
          [&](const model::OnPair& pair) {
            const auto window = windows.find(i);
            if (window == windows.end()) return items.push_back(lower_pair(pair));
            items.push_back(lower_causal(pair, window->second.of_pre));
            if (!window->second.of_post.updates.empty())
              items.push_back(lower_anticausal(window->second.of_post));
          },
          [&](const model::OnSpikeOf& spike) { items.push_back(lower_spike(spike)); },
          [&](const model::OnStep& step) { items.push_back(lower_step(step)); },
          [&](const model::RuleEquation& equation) {
            // Those of states belong to a later stage.
            if (rule_.scope[equation.target].kind == model::SymbolKind::Weight)
              items.push_back(lower_weight_equation(equation));
          });
    }
  }

 private:
  template <typename Fill>
  plan::KernelId kernel(const char* name, plan::Origin origin, const Fill& fill) {
    plan::KernelBuilder builder(lowering_.plan, name, parts_.circuit, parts_.link);
    builder.origin(std::move(origin));
    Emitter emit(lowering_, builder);
    const Names names = rule_names(at_, emit);
    HandlerLowerer handler(names, columns_, emit);
    fill(handler, names, emit);
    handler.store();
    return builder.finish();
  }

  [[nodiscard]] plan::RuleId rule() const { return parts_.rules[at_.rule].rule; }

  plan::Item lower_pair(const model::OnPair& pair) {
    const Arrivals& pre = arrivals(lowering_, at_synapse(source_, model::Side::Pre));
    const Arrivals& post = arrivals(lowering_, at_synapse(source_, model::Side::Post));
    if (pair.pairing.kind == Kind::PreCentred || pair.pairing.kind == Kind::PostCentred)
      lowering_.refuse(Unlowered::CentredPairing, instance_.span);
    refuse_order_between_populations(pair);
    plan::Handler handler;
    handler.name = "on pair";
    handler.over = plan::Handler::Over::Pairs;
    handler.pairs =
        plan::PairSource{pre.event,
                         post.event,
                         *pre.history,
                         *post.history,
                         {pairing_kind(pair.pairing.kind), static_cast<int>(pair.pairing.depth),
                          pair.pairing.in_index_order}};
    handler.link = parts_.link;
    handler.body =
        kernel("on pair", origin_of(pair), [&](HandlerLowerer& body, const Names&, Emitter& emit) {
          lower_pair_body(pair, body, emit);
        });
    handler.rule = rule();
    return {lowering_.plan.handlers.add(handler), {}, {}};
  }

  plan::Origin origin_of(const model::OnPair& pair) {
    const std::string what = "on pair(dt) " + pairing_words(pair.pairing);
    const std::string history = "by the history of spikes: ";
    if (pair.pairing.kind == Kind::Nearest)
      return {what, span_, history + fmt::format("the last {} of each neuron", pair.pairing.depth)};
    if (pair.pairing.kind != Kind::All) return {what, span_, history + "the last of each neuron"};
    const auto window = elaborate::decompose_window(rule_, pair, lowering_.network.arithmetic());
    const auto* obstacle = std::get_if<elaborate::NoWindow>(&window);
    BOUTON_CHECK(obstacle != nullptr, "pairs have a history although traces compute them");
    const std::int64_t support = pair_support(lowering_, at_.projection, instance_, pair);
    return {what, span_,
            history + fmt::format("all within its window of at most {} steps; no traces, since {}",
                                  support, obstacle->reason),
            obstacle->span};
  }

  void refuse_order_between_populations(const model::OnPair& pair) {
    if (pair.pairing.in_index_order && source_.pre.population != source_.post.population)
      lowering_.refuse(Unlowered::OrderBetweenPopulations, instance_.span);
  }

  // The history may remember spikes beyond the window of this rule.
  void lower_pair_body(const model::OnPair& pair, HandlerLowerer& body, Emitter& emit) {
    if (pair.pairing.kind != Kind::All) return body.lower(pair.body);
    const std::int64_t support = pair_support(lowering_, at_.projection, instance_, pair);
    plan::KernelBuilder& k = emit.kernel();
    const plan::ValueId distance = k.op(OpCode::AbsInt, k.input(plan::Input::Interval));
    body.lower_where(k.op(OpCode::LessEqualInt, distance, k.whole(support)), pair.body);
  }

  // A post spike meets the traces of the pre spikes before it, then the pre spike of its own step.
  plan::Item lower_causal(const model::OnPair& pair, const WindowSide& traces) {
    refuse_order_between_populations(pair);
    return at_spike(model::Side::Post, "on pair", window_origin("dt >= 0"),
                    [&](HandlerLowerer& body, const Names& names, Emitter& emit) {
                      deliver_window(at_, traces, names, body, emit);
                      body.set(pair.pair_time, std::int64_t{0});
                      const Arrivals& pre =
                          arrivals(lowering_, at_synapse(source_, model::Side::Pre));
                      plan::KernelBuilder& k = emit.kernel();
                      plan::ValueId coincident = k.load_at(pre.fired, {parts_.pre});
                      if (pair.pairing.in_index_order)
                        coincident = k.op(OpCode::And, coincident,
                                          k.op(OpCode::NotEqualInt, k.post(), k.pre()));
                      body.lower_where(coincident, pair.body);
                    });
  }

  plan::Item lower_anticausal(const WindowSide& traces) {
    return at_spike(model::Side::Pre, "on pair", window_origin("dt < 0"),
                    [&](HandlerLowerer& body, const Names& names, Emitter& emit) {
                      deliver_window(at_, traces, names, body, emit);
                    });
  }

  [[nodiscard]] plan::Origin window_origin(const char* sign) const {
    return {fmt::format("on pair(dt) all, {}", sign), span_,
            "by traces: for each sign of dt a sum of polynomials times exponentials"};
  }

  plan::Item lower_spike(const model::OnSpikeOf& spike) {
    const char* name = spike.side == model::Side::Pre ? "on pre" : "on post";
    return at_spike(spike.side, name, {name, span_},
                    [&](HandlerLowerer& body, const Names&, Emitter&) { body.lower(spike.body); });
  }

  template <typename Fill>
  plan::Item at_spike(model::Side side, const char* name, plan::Origin origin, const Fill& fill) {
    const bool of_pre = side == model::Side::Pre;
    plan::Handler handler;
    handler.name = name;
    handler.over = of_pre ? plan::Handler::Over::Outgoing : plan::Handler::Over::Incoming;
    handler.on = arrivals(lowering_, at_synapse(source_, side)).event;
    handler.link = parts_.link;
    handler.body = kernel(name, std::move(origin), fill);
    handler.rule = rule();
    return {lowering_.plan.handlers.add(handler), {}, {}};
  }

  plan::Item lower_step(const model::OnStep& step) {
    const plan::KernelId id =
        kernel("on step", {"on step", span_},
               [&](HandlerLowerer& body, const Names&, Emitter&) { body.lower(step.body); });
    return {id, {}, rule()};
  }

  // w' = f means w += timestep * f, at its textual place.
  plan::Item lower_weight_equation(const model::RuleEquation& equation) {
    const plan::KernelId id = kernel(
        "w'", {"w'", equation.value.span, "w += timestep*f, at its place among the handlers"},
        [&](HandlerLowerer& body, const Names& names, Emitter& emit) {
          const Value slope = lower_expression(equation.value, names, emit);
          const Value change = emit.calculate(model::BinaryOp::Multiply, emit.timestep(), slope);
          const Value before = body.value_of(equation.target, equation.value.span);
          body.set(equation.target, emit.calculate(model::BinaryOp::Add, before, change));
        });
    return {id, {}, rule()};
  }

  Lowering& lowering_;
  RuleAt at_;
  const elaborate::Projection& source_;
  const elaborate::RuleInstance& instance_;
  const model::Rule& rule_;
  const ProjectionParts& parts_;
  std::map<model::SymbolId, plan::ColumnId> columns_;
  source::Span span_{};  // of the item
};

// low where the weight is less, high where it is more.
plan::KernelId bound_kernel(Lowering& lowering, const RuleAt& at, const model::Bound& bound) {
  const ProjectionParts& parts = lowering.projections[at.projection];
  plan::KernelBuilder k(lowering.plan, "bound", parts.circuit, parts.link);
  Emitter emit(lowering, k);
  const Names names = rule_names(at, emit);
  k.origin({"bound w in", source::join(bound.low.span, bound.high.span)});
  const plan::ValueId low = emit.real(lower_expression(bound.low, names, emit));
  const plan::ValueId high = emit.real(lower_expression(bound.high, names, emit));
  const plan::ValueId weight = k.load(parts.weight);
  const plan::ValueId raised = k.select(k.op(OpCode::LessReal, weight, low), low, weight);
  k.store(std::get<plan::ColumnId>(parts.weight),
          k.select(k.op(OpCode::LessReal, high, raised), high, raised));
  return k.finish();
}

// 0 where the weight has the other sign.
plan::KernelId sign_kernel(Lowering& lowering, ProjectionId id, model::Sign sign,
                           source::Span span) {
  const ProjectionParts& parts = lowering.projections[id];
  plan::KernelBuilder k(lowering.plan, "sign", parts.circuit, parts.link);
  k.origin({"sign", span});
  const plan::ValueId weight = k.load(parts.weight);
  const plan::ValueId zero = k.real(0.0);
  const plan::ValueId wrong = sign == model::Sign::Excitatory
                                  ? k.op(OpCode::LessReal, weight, zero)
                                  : k.op(OpCode::LessReal, zero, weight);
  k.store(std::get<plan::ColumnId>(parts.weight), k.select(wrong, zero, weight));
  return k.finish();
}

// Bounds of all rules, then the signs of rules, then that of the projection, which holds whether
// anything learns or not.
void constrain(Lowering& lowering, ProjectionId id, std::vector<plan::Item>& items) {
  const elaborate::Projection& projection = lowering.network.projections[id];
  const auto& parts = lowering.projections[id].rules;
  for (std::size_t i = 0; i < projection.rules.size(); ++i) {
    const model::Rule& rule = lowering.rule_of(projection.rules[i]);
    if (rule.bound)
      items.push_back({bound_kernel(lowering, {id, i, {}}, *rule.bound), {}, parts[i].rule});
  }
  for (std::size_t i = 0; i < projection.rules.size(); ++i) {
    const model::Rule& rule = lowering.rule_of(projection.rules[i]);
    if (rule.sign)
      items.push_back({sign_kernel(lowering, id, *rule.sign, rule.span), {}, parts[i].rule});
  }
  if (projection.sign)
    items.push_back({sign_kernel(lowering, id, *projection.sign, projection.span), {}, {}});
}

}  // namespace

std::vector<plan::Item> lower_learning(Lowering& lowering) {
  std::vector<plan::Item> items;
  for (const bool tied : {true, false})
    for (const ProjectionId id : lowering.projections.ids())
      if (lowering.network.projections[id].tie.has_value() == tied)
        for (std::size_t i = 0; i < lowering.projections[id].rules.size(); ++i)
          RuleItems(lowering, {id, i, {}}).lower(items);
  return items;
}

std::vector<plan::Item> lower_constraints(Lowering& lowering) {
  std::vector<plan::Item> items;
  for (const ProjectionId id : lowering.projections.ids())
    if (!lowering.network.projections[id].tie) constrain(lowering, id, items);
  return items;
}

}  // namespace bouton::lower
