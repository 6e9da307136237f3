#include "compiler/check/step_order.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/model/children.h"

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
  std::set<std::size_t> needs;
};

std::vector<Node> collect_nodes(const model::Neuron& neuron) {
  std::vector<Node> nodes;
  for (const model::Algebraic& variable : neuron.algebraics)
    nodes.push_back({{Quantity::Form::Algebraic, variable.symbol}, &variable.value, {}});
  for (const model::State& state : neuron.states)
    if (state.derivative)
      nodes.push_back({{Quantity::Form::Slope, state.symbol}, &*state.derivative, {}});
  if (neuron.spike) nodes.push_back({{Quantity::Form::Spike, {}}, &neuron.spike->value, {}});
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

// Each node after those it needs, the earliest in the text first; those on or behind a cycle are
// missing.
std::vector<std::size_t> sort_nodes(const std::vector<Node>& nodes) {
  std::vector<std::vector<std::size_t>> needed_by(nodes.size());
  std::vector<std::size_t> open(nodes.size());
  std::set<std::size_t> ready;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    open[i] = nodes[i].needs.size();
    if (open[i] == 0) ready.insert(i);
    for (const std::size_t need : nodes[i].needs) needed_by[need].push_back(i);
  }
  std::vector<std::size_t> order;
  while (!ready.empty()) {
    const std::size_t next = *ready.begin();
    ready.erase(ready.begin());
    order.push_back(next);
    for (const std::size_t user : needed_by[next])
      if (--open[user] == 0) ready.insert(user);
  }
  return order;
}

std::string name_of(const Node& node, const Context& context) {
  if (node.quantity.form == Quantity::Form::Spike) return "spike";
  const std::string& name = context.names[node.quantity.symbol].name;
  return node.quantity.form == Quantity::Form::Slope ? name + "'" : name;
}

std::string quoted_name(const Node& node, const Context& context) {
  return "`" + name_of(node, context) + "`";
}

// Walks along unsorted needs until a node comes again.
void report_cycle(const std::vector<Node>& nodes, const std::set<std::size_t>& unsorted,
                  Context& context) {
  std::vector<std::size_t> path;
  std::size_t at = *unsorted.begin();
  while (std::ranges::find(path, at) == path.end()) {
    path.push_back(at);
    for (const std::size_t need : nodes[at].needs)
      if (unsorted.contains(need)) {
        at = need;
        break;
      }
  }
  path.erase(path.begin(), std::ranges::find(path, at));
  std::string chain = quoted_name(nodes[at], context);
  for (auto node = path.rbegin(); node != path.rend(); ++node)
    chain += " -> " + quoted_name(nodes[*node], context);
  context.diagnostics
      .report(diagnostics::Kind::CycleInStep, nodes[at].value->span,
              {name_of(nodes[at], context), chain})
      .hint("read one of them from the step before, with `prev`");
}

}  // namespace

void sort_algebraics(model::Neuron& neuron, Context& context) {
  std::vector<Node> nodes = collect_nodes(neuron);
  const Dependencies dependencies(nodes, context);
  for (Node& node : nodes) dependencies.collect(*node.value, node.needs);
  const std::vector<std::size_t> order = sort_nodes(nodes);
  if (order.size() < nodes.size()) {
    std::set<std::size_t> unsorted;
    for (std::size_t i = 0; i < nodes.size(); ++i) unsorted.insert(i);
    for (const std::size_t sorted : order) unsorted.erase(sorted);
    return report_cycle(nodes, unsorted, context);
  }
  std::vector<model::Algebraic> sorted;
  for (const std::size_t node : order)
    if (node < neuron.algebraics.size()) sorted.push_back(std::move(neuron.algebraics[node]));
  neuron.algebraics = std::move(sorted);
}

}  // namespace bouton::check
