#include "compiler/lower/trace.h"

#include <fmt/format.h>

#include "compiler/elaborate/decay.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/lower/columns.h"
#include "compiler/lower/handler.h"
#include "compiler/lower/trace_place.h"
#include "compiler/lower/window_trace.h"

namespace bouton::lower {

namespace {

using model::BinaryOp;
using model::Side;
using plan::OpCode;

// Weights change under a rule's hands in stage Learn; a jump comes after it.
bool depends_on_weight_or_time(const model::HandlerBody& body, const model::Scope& scope) {
  bool found = false;
  elaborate::walk(body, [&](const model::Expr& part) {
    const auto* ref = std::get_if<model::Ref>(&part.node);
    if (ref == nullptr) return;
    const model::SymbolKind kind = scope[ref->symbol].kind;
    found = found || kind == model::SymbolKind::Weight || kind == model::SymbolKind::Time;
  });
  return found;
}

class TraceAdder {
 public:
  TraceAdder(Lowering& lowering, const RuleAt& at, const model::TraceDecl& trace)
      : lowering_(lowering),
        at_(at),
        trace_(trace),
        scope_(lowering.rule_of(instance()).scope),
        time_constant_(elaborate::decay_time_constant(trace.derivative, trace.symbol, scope_)) {}

  void add() {
    if (!is_lowered()) return lowering_.refuse(Unlowered::OtherTrace, scope_[trace_.symbol].span);
    const TracePlace found = find_place();
    const std::optional<Side> side = found.side;
    const RuleAt place{at_.projection, at_.rule, side};
    const plan::ColumnId base = column("", plan::kReal, plan::Role::TraceBase, found);
    lowering_.plan.columns[base].dimension = scope_[trace_.symbol].type.dimension;
    const plan::ColumnId stamp = column(" jump", plan::kI64, plan::Role::TraceStamp, found);
    std::optional<plan::LinkId> link;
    if (!side) link = lowering_.projections[at_.projection].link;
    set_initial(lowering_, base, trace_.initial, link,
                [&](Emitter& emit) { return rule_names(place, emit); });
    plan::KernelBuilder k = trace_kernel(lowering_, place, "trace begins");
    k.store(stamp,
            k.load_at(lowering_.plan.circuits[lowering_.projections[at_.projection].circuit].clock,
                      {}));
    lowering_.plan.columns[stamp].initial = plan::InitialKernel{k.finish()};
    parts().traces[trace_.symbol] = {base, stamp, side, *time_constant_};
  }

 private:
  RuleParts& parts() { return lowering_.projections[at_.projection].rules[at_.rule]; }
  [[nodiscard]] const elaborate::RuleInstance& instance() const {
    return lowering_.network.projections[at_.projection].rules[at_.rule];
  }

  [[nodiscard]] bool is_lowered() const {
    if (!time_constant_) return false;
    for (const auto& body : {trace_.on_pre, trace_.on_post})
      if (body && depends_on_weight_or_time(*body, scope_)) return false;
    return true;
  }

  // Where it is stored, and why.
  struct TracePlace {
    std::optional<Side> side;
    std::string reason;
  };

  [[nodiscard]] TracePlace find_place() {
    if (trace_.on_pre.has_value() == trace_.on_post.has_value())
      return {{}, trace_.on_pre ? "it jumps with the spikes of both neurons" : "it never jumps"};
    const Side side = trace_.on_pre ? Side::Pre : Side::Post;
    // A trace may read itself.
    parts().traces[trace_.symbol].side = side;
    const std::string obstacle = find_obstacle(side);
    parts().traces.erase(trace_.symbol);
    const std::string neuron =
        side == Side::Pre ? "the presynaptic neuron" : "the postsynaptic neuron";
    if (obstacle.empty()) return {side, "it depends on " + neuron + " alone"};
    return {{}, obstacle + " depends on more than " + neuron};
  }

  [[nodiscard]] std::string find_obstacle(Side side) const {
    if (!belongs_to(lowering_, at_, side, *(trace_.on_pre ? trace_.on_pre : trace_.on_post)))
      return "its jump";
    if (!belongs_to(lowering_, at_, side, *time_constant_)) return "its time constant";
    return belongs_to(lowering_, at_, side, trace_.initial) ? "" : "its first value";
  }

  plan::ColumnId column(const char* suffix, plan::Type type, plan::Role role,
                        const TracePlace& place) {
    const model::Symbol& declared = scope_[trace_.symbol];
    const std::string owner =
        lowering_.network.projections[at_.projection].name + "." + instance().name + ".";
    return add_column(lowering_, {owner + declared.name + suffix,
                                  type,
                                  trace_axes(lowering_, at_, place.side),
                                  role,
                                  parts().rule,
                                  {},
                                  declared.span,
                                  place.reason});
  }

  Lowering& lowering_;
  RuleAt at_;
  const model::TraceDecl& trace_;
  const model::Scope& scope_;
  std::optional<model::Expr> time_constant_;
};

plan::Origin origin_of(const Lowering& lowering, const RuleAt& at, const model::TraceDecl& trace,
                       Side by) {
  const elaborate::Projection& projection = lowering.network.projections[at.projection];
  const model::Symbol& symbol = lowering.rule_of(projection.rules[at.rule]).scope[trace.symbol];
  const model::HandlerBody& body = by == Side::Pre ? *trace.on_pre : *trace.on_post;
  return {
      fmt::format("trace {}, on {}", symbol.name, by == Side::Pre ? "pre" : "post"),
      body.empty() ? symbol.span : body.front().span,
      "closed form since its last jump: " + symbol.name + "*exp(-elapsed/tau) where it is read"};
}

plan::KernelId jump_kernel(Lowering& lowering, const RuleAt& at, const model::TraceDecl& trace,
                           Side by) {
  const model::HandlerBody& body = by == Side::Pre ? *trace.on_pre : *trace.on_post;
  const TraceParts& parts =
      lowering.projections[at.projection].rules[at.rule].traces.at(trace.symbol);
  plan::KernelBuilder k = trace_kernel(lowering, at, "trace");
  Emitter emit(lowering, k);
  k.origin(origin_of(lowering, at, trace, by));
  const std::map<model::SymbolId, plan::ColumnId> columns{{trace.symbol, parts.base}};
  HandlerLowerer handler(rule_names(at, emit), columns, emit);
  handler.lower(body);
  // The base is set anew even where the body leaves the value as it is.
  handler.set(trace.symbol, handler.value_of(trace.symbol, trace.derivative.span));
  handler.store();
  k.store(parts.stamp, k.step());
  return k.finish();
}

void add_jumps(Lowering& lowering, const RuleAt& at, const model::TraceDecl& trace,
               std::vector<plan::Item>& items) {
  const auto& traces = lowering.projections[at.projection].rules[at.rule].traces;
  const RuleAt place{at.projection, at.rule, traces.at(trace.symbol).side};
  if (trace.on_pre)
    items.push_back(
        at_spikes(lowering, place, Side::Pre, jump_kernel(lowering, place, trace, Side::Pre)));
  if (trace.on_post)
    items.push_back(
        at_spikes(lowering, place, Side::Post, jump_kernel(lowering, place, trace, Side::Post)));
}

}  // namespace

void add_trace(Lowering& lowering, const RuleAt& at, const model::TraceDecl& trace) {
  TraceAdder(lowering, at, trace).add();
}

Value read_trace(const RuleAt& at, const TraceParts& trace, Emitter& emit) {
  plan::KernelBuilder& k = emit.kernel();
  const plan::ValueId base = load_trace_column(at, trace.base, trace.side, emit);
  const plan::ValueId stamp = load_trace_column(at, trace.stamp, trace.side, emit);
  const plan::ValueId steps = k.op(OpCode::SubtractInt, k.step(), stamp);
  const Value tau = lower_number(trace.time_constant, rule_names(at, emit), emit);
  const Value value = emit.calculate(BinaryOp::Multiply, base, lower_decay(steps, tau, emit));
  // At its jump a trace is its base; exp(0) says so too unless 0/tau has no value.
  const auto* known = constant_of<double>(tau);
  if (known != nullptr && (*known > 0.0 || *known < 0.0)) return value;
  return k.select(k.op(OpCode::EqualInt, steps, k.whole(0)), base, emit.real(value));
}

std::vector<plan::Item> lower_trace_jumps(Lowering& lowering) {
  std::vector<plan::Item> items;
  for (const elaborate::ProjectionId id : lowering.projections.ids())
    for (std::size_t i = 0; i < lowering.projections[id].rules.size(); ++i) {
      const model::Rule& rule = lowering.rule_of(lowering.network.projections[id].rules[i]);
      for (const model::TraceDecl& trace : rule.traces)
        add_jumps(lowering, {id, i, {}}, trace, items);
      add_window_jumps(lowering, {id, i, {}}, items);
    }
  return items;
}

Value lower_decay(plan::ValueId steps, const Value& time_constant, Emitter& emit) {
  const Value elapsed = emit.to_time(steps, false);
  const Value exponent = emit.calculate(BinaryOp::Divide, emit.negate(elapsed), time_constant);
  return emit.call("exp", {exponent});
}

}  // namespace bouton::lower
