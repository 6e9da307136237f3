#include "compiler/lower/window_trace.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/lower/columns.h"
#include "compiler/lower/trace.h"
#include "compiler/lower/trace_place.h"

namespace bouton::lower {

namespace {

using elaborate::WindowTerm;
using elaborate::WindowUpdate;
using model::BinaryOp;
using model::Side;
using Updates = std::vector<WindowUpdate>;

bool all_constants_belong_to(const Lowering& lowering, const RuleAt& at, Side side,
                             const Updates& updates) {
  return std::ranges::all_of(updates, [&](const WindowUpdate& update) {
    return std::ranges::all_of(update.terms, [&](const WindowTerm& term) {
      return !term.time_constant || belongs_to(lowering, at, side, *term.time_constant);
    });
  });
}

class SideAdder {
 public:
  SideAdder(Lowering& lowering, const RuleAt& at, Side of, std::size_t item)
      : lowering_(lowering), at_(at), of_(of) {
    const elaborate::Projection& projection = lowering.network.projections[at.projection];
    const elaborate::RuleInstance& instance = projection.rules[at.rule];
    name_ = projection.name + "." + instance.name + ".pair " + std::to_string(item) +
            (of == Side::Pre ? " pre" : " post");
    span_ = lowering.rule_of(instance).items[item].span;
  }

  WindowSide add(const Updates& updates) {
    WindowSide added{updates, of_, {}, {}, {}};
    if (updates.empty()) return added;
    if (all_constants_belong_to(lowering_, at_, of_, updates)) added.side = of_;
    reason_ = added.side ? "its time constants are those of all synapses of a neuron"
                         : "its time constants differ between synapses";
    added.stamp = column(" jump", plan::kI64, plan::Role::TraceStamp, added.side);
    for (const WindowUpdate& update : updates)
      for (const WindowTerm& term : update.terms) {
        std::vector<plan::ColumnId> moments;
        for (int n = 0; n <= term.power; ++n)
          moments.push_back(
              column(" x" + std::to_string(added.moments.size()) + "_" + std::to_string(n),
                     plan::kReal, plan::Role::TraceBase, added.side));
        added.moments.push_back(std::move(moments));
      }
    return added;
  }

 private:
  plan::ColumnId column(const std::string& suffix, plan::Type type, plan::Role role,
                        std::optional<Side> side) {
    const plan::RuleId rule = lowering_.projections[at_.projection].rules[at_.rule].rule;
    return add_column(
        lowering_,
        {name_ + suffix, type, trace_axes(lowering_, at_, side), role, rule, {}, span_, reason_});
  }

  Lowering& lowering_;
  RuleAt at_;
  Side of_;
  std::string name_;
  std::string reason_;
  source::Span span_;
};

double binomial(std::size_t n, std::size_t m) {
  double result = 1.0;
  for (std::size_t i = 1; i <= m; ++i)
    result = result * static_cast<double>(n - m + i) / static_cast<double>(i);
  return result;
}

// The recurrence of pair_window.h, in a kernel at `at`.
class MomentReader {
 public:
  MomentReader(const RuleAt& at, const WindowSide& traces, const Names& names, Emitter& emit)
      : at_(at),
        traces_(traces),
        names_(names),
        emit_(emit),
        steps_(emit.kernel().op(plan::OpCode::SubtractInt, emit.kernel().step(),
                                load_trace_column(at, traces.stamp, traces.side, emit))),
        elapsed_(emit.to_time(steps_, false)) {}

  // x_n of a term at the step being executed.
  Value moment(std::size_t trace, std::size_t n, const WindowTerm& term) {
    Value sum = 0.0;
    for (std::size_t m = 0; m <= n; ++m) {
      const Value factor = multiply(binomial(n, m), power(n - m));
      const Value stored = load_trace_column(at_, traces_.moments[trace][m], traces_.side, emit_);
      sum = emit_.calculate(BinaryOp::Add, sum, multiply(factor, stored));
    }
    if (!term.time_constant) return sum;
    const Value tau = lower_number(*term.time_constant, names_, emit_);
    return multiply(lower_decay(steps_, tau, emit_), sum);
  }

 private:
  Value multiply(const Value& left, const Value& right) {
    return emit_.calculate(BinaryOp::Multiply, left, right);
  }
  Value power(std::size_t exponent) {
    Value result = 1.0;
    for (std::size_t i = 0; i < exponent; ++i) result = multiply(result, elapsed_);
    return result;
  }

  RuleAt at_;
  const WindowSide& traces_;
  const Names& names_;
  Emitter& emit_;
  plan::ValueId steps_;
  Value elapsed_;
};

plan::KernelId jump_kernel(Lowering& lowering, const RuleAt& at, const WindowSide& traces) {
  plan::KernelBuilder k = trace_kernel(lowering, at, "window");
  Emitter emit(lowering, k);
  const Names names = rule_names(at, emit);
  k.origin({traces.of == Side::Pre ? "traces of the pairs, on pre" : "traces of the pairs, on post",
            lowering.plan.columns[traces.stamp].span,
            fmt::format("closed form since the last spike: {} of age^n*exp(-age/tau)",
                        traces.moments.size())});
  MomentReader reader(at, traces, names, emit);
  std::vector<std::pair<plan::ColumnId, Value>> changed;
  std::size_t trace = 0;
  for (const WindowUpdate& update : traces.updates)
    for (const WindowTerm& term : update.terms) {
      const std::vector<plan::ColumnId>& columns = traces.moments[trace];
      for (std::size_t n = 0; n < columns.size(); ++n) {
        const Value moment = reader.moment(trace, n, term);
        changed.emplace_back(columns[n],
                             n == 0 ? emit.calculate(BinaryOp::Add, moment, 1.0) : moment);
      }
      ++trace;
    }
  for (const auto& [column, value] : changed) k.store(column, emit.real(value));
  k.store(traces.stamp, k.step());
  return k.finish();
}

}  // namespace

void add_windows(Lowering& lowering, const RuleAt& at) {
  const elaborate::RuleInstance& instance =
      lowering.network.projections[at.projection].rules[at.rule];
  const model::Rule& rule = lowering.rule_of(instance);
  for (std::size_t i = 0; i < rule.items.size(); ++i) {
    const auto* pair = std::get_if<model::OnPair>(&rule.items[i].node);
    if (pair == nullptr || pair->pairing.kind != model::Pairing::Kind::All) continue;
    const auto read = elaborate::decompose_window(rule, *pair, lowering.network.arithmetic());
    const auto* window = std::get_if<elaborate::PairWindow>(&read);
    if (window == nullptr) continue;
    WindowParts parts{SideAdder(lowering, at, Side::Pre, i).add(window->causal),
                      SideAdder(lowering, at, Side::Post, i).add(window->anticausal)};
    lowering.projections[at.projection].rules[at.rule].windows.emplace(i, std::move(parts));
  }
}

void deliver_window(const RuleAt& at, const WindowSide& traces, const Names& names,
                    HandlerLowerer& body, Emitter& emit) {
  if (traces.updates.empty()) return;
  MomentReader reader(at, traces, names, emit);
  std::size_t trace = 0;
  for (const WindowUpdate& update : traces.updates) {
    std::optional<Value> sum;
    for (const WindowTerm& term : update.terms) {
      const Value moment = reader.moment(trace++, static_cast<std::size_t>(term.power), term);
      const Value value =
          emit.calculate(BinaryOp::Multiply, lower_number(term.coefficient, names, emit), moment);
      sum = sum ? emit.calculate(BinaryOp::Add, *sum, value) : value;
    }
    const Value before = body.value_of(update.target, update.terms.front().coefficient.span);
    body.set(update.target, emit.calculate(BinaryOp::Add, before, *sum));
  }
}

void add_window_jumps(Lowering& lowering, const RuleAt& at, std::vector<plan::Item>& items) {
  const RuleParts& parts = lowering.projections[at.projection].rules[at.rule];
  for (const auto& [item, window] : parts.windows)
    for (const WindowSide* traces : {&window.of_pre, &window.of_post}) {
      if (traces->updates.empty()) continue;
      const RuleAt place{at.projection, at.rule, traces->side};
      items.push_back(
          at_spikes(lowering, place, traces->of, jump_kernel(lowering, place, *traces)));
    }
}

}  // namespace bouton::lower
