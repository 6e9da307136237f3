#include "compiler/check/step_order.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/check/needs.h"
#include "compiler/model/children.h"
#include "compiler/model/filters.h"

namespace bouton::check {

namespace {

using model::SymbolId;

// What is computed in a step: an algebraic variable, a state's slope, or the spike test.
struct Quantity {
  enum class Form { Algebraic, Slope, Spike } form = Form::Algebraic;
  SymbolId symbol;

  friend auto operator<=>(const Quantity&, const Quantity&) = default;
};

struct Node {
  Quantity quantity;
  const model::Expr* value;
};

std::vector<Node> collect_nodes(const model::Neuron& neuron) {
  std::vector<Node> nodes;
  for (const model::Algebraic& variable : neuron.algebraics)
    nodes.push_back({{Quantity::Form::Algebraic, variable.symbol}, &variable.value});
  for (const model::State& state : neuron.states)
    if (state.derivative)
      nodes.push_back({{Quantity::Form::Slope, state.symbol}, &*state.derivative});
  if (neuron.spike) nodes.push_back({{Quantity::Form::Spike, {}}, &neuron.spike->value});
  return nodes;
}

class Dependencies {
 public:
  Dependencies(const std::vector<Node>& nodes, const Context& context) : context_(context) {
    for (std::size_t i = 0; i < nodes.size(); ++i) index_.emplace(nodes[i].quantity, i);
  }

  void collect(const model::Expr& expr, std::set<std::size_t>& needs) const {
    if (const auto* ref = std::get_if<model::Ref>(&expr.node)) add(meaning_of(ref->symbol), needs);
    if (const auto* slope = std::get_if<model::Slope>(&expr.node)) {
      add({Quantity::Form::Slope, slope->symbol}, needs);
      add({Quantity::Form::Algebraic, slope->symbol}, needs);
    }
    model::for_each_child(expr, [&](const model::Expr& child) { collect(child, needs); });
  }

 private:
  [[nodiscard]] Quantity meaning_of(SymbolId symbol) const {
    const auto kind = context_.names[symbol].kind;
    const bool spike =
        kind == model::SymbolKind::Spiked || kind == model::SymbolKind::SpikeProbability;
    if (spike) return {Quantity::Form::Spike, {}};
    return {Quantity::Form::Algebraic, symbol};
  }
  void add(Quantity quantity, std::set<std::size_t>& needs) const {
    const auto place = index_.find(quantity);
    if (place != index_.end()) needs.insert(place->second);
  }

  const Context& context_;
  std::map<Quantity, std::size_t> index_;
};

std::string name_of(const Node& node, const Context& context) {
  if (node.quantity.form == Quantity::Form::Spike) return "spike";
  const std::string& name = context.names[node.quantity.symbol].name;
  return node.quantity.form == Quantity::Form::Slope ? name + "'" : name;
}

std::string quoted_name(const Node& node, const Context& context) {
  return "`" + name_of(node, context) + "`";
}

void report_cycle(const std::vector<Node>& nodes, const Needs& needs, Context& context) {
  const std::vector<std::size_t> cycle = find_cycle(needs);
  std::string chain = quoted_name(nodes[cycle.front()], context);
  for (auto node = cycle.rbegin(); node != cycle.rend(); ++node)
    chain += " -> " + quoted_name(nodes[*node], context);
  const Node& first = nodes[cycle.front()];
  context.diagnostics
      .report(diagnostics::Kind::CycleInStep, first.value->span, {name_of(first, context), chain})
      .hint("read one of them from the step before, with `prev`");
}

}  // namespace

void sort_algebraics(model::Neuron& neuron, Context& context) {
  const std::vector<Node> nodes = collect_nodes(neuron);
  const Dependencies dependencies(nodes, context);
  Needs needs(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (model::state_filter(*nodes[i].value) == nullptr)
      dependencies.collect(*nodes[i].value, needs[i]);
  const std::vector<std::size_t> order = sort_by_needs(needs);
  if (order.size() < nodes.size()) return report_cycle(nodes, needs, context);
  std::vector<model::Algebraic> sorted;
  for (const std::size_t node : order)
    if (node < neuron.algebraics.size()) sorted.push_back(std::move(neuron.algebraics[node]));
  neuron.algebraics = std::move(sorted);
}

}  // namespace bouton::check
