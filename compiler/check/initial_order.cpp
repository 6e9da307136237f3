#include "compiler/check/initial_order.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "compiler/check/needs.h"
#include "compiler/model/children.h"

namespace bouton::check {

namespace {

using model::SymbolId;

struct InitialValue {
  SymbolId symbol;
  const model::Expr* value;
};
using InitialValues = std::vector<InitialValue>;

InitialValues of_states(const std::vector<model::State>& states) {
  InitialValues values;
  for (const model::State& state : states) values.push_back({state.symbol, &state.initial});
  return values;
}

// What one initial value reads.
class Reader {
 public:
  Reader(const InitialValues& values, const std::vector<model::State>& states)
      : values_(values), states_(states) {}

  [[nodiscard]] std::set<std::size_t> read_by(const model::Expr& expr) {
    collect(expr);
    return std::move(read_);
  }

 private:
  void collect(const model::Expr& expr) {
    if (const auto* ref = std::get_if<model::Ref>(&expr.node)) add(ref->symbol);
    if (const auto* before = std::get_if<model::Previous>(&expr.node)) add(before->symbol);
    if (const auto* slope = std::get_if<model::Slope>(&expr.node)) collect_slope(slope->symbol);
    model::for_each_child(expr, [&](const model::Expr& child) { collect(child); });
  }
  // Of a state: what its right-hand side reads.
  void collect_slope(SymbolId symbol) {
    const auto state = std::ranges::find(states_, symbol, &model::State::symbol);
    if (state == states_.end() || !state->derivative) return add(symbol);
    if (slopes_.insert(symbol.value).second) collect(*state->derivative);
  }
  void add(SymbolId symbol) {
    const auto value = std::ranges::find(values_, symbol, &InitialValue::symbol);
    if (value != values_.end()) read_.insert(static_cast<std::size_t>(value - values_.begin()));
  }

  const InitialValues& values_;
  const std::vector<model::State>& states_;
  std::set<std::size_t> read_;
  std::set<std::uint32_t> slopes_;
};

void report_cycle(const InitialValues& values, const Needs& needs, Context& context) {
  const std::vector<std::size_t> cycle = find_cycle(needs);
  const auto name = [&](std::size_t i) { return context.names[values[i].symbol].name; };
  std::string chain = "`" + name(cycle.front()) + "`";
  for (auto value = cycle.rbegin(); value != cycle.rend(); ++value)
    chain += " -> `" + name(*value) + "`";
  const InitialValue& first = values[cycle.front()];
  context.diagnostics
      .report(diagnostics::Kind::CycleInInitialValues, first.value->span,
              {name(cycle.front()), chain})
      .hint("let one of them begin with a number");
}

void sort(std::vector<model::State>& states, const InitialValues& values, Context& context) {
  Needs needs;
  for (const InitialValue& value : values)
    needs.push_back(Reader(values, states).read_by(*value.value));
  const std::vector<std::size_t> order = sort_by_needs(needs);
  if (order.size() < values.size()) return report_cycle(values, needs, context);
  std::vector<model::State> sorted;
  for (const std::size_t value : order)
    if (value < states.size()) sorted.push_back(std::move(states[value]));
  states = std::move(sorted);
}

}  // namespace

void sort_states(model::Neuron& neuron, Context& context) {
  InitialValues values = of_states(neuron.states);
  for (const model::Algebraic& variable : neuron.algebraics)
    if (variable.initially) values.push_back({variable.symbol, &*variable.initially});
  sort(neuron.states, values, context);
}

void sort_states(model::Rule& rule, Context& context) {
  InitialValues values = of_states(rule.states);
  for (const model::TraceDecl& trace : rule.traces)
    values.push_back({trace.symbol, &trace.initial});
  sort(rule.states, values, context);
}

}  // namespace bouton::check
