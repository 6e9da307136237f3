#include "compiler/lower/step_groups.h"

#include <algorithm>

#include "compiler/elaborate/expr_walk.h"
#include "compiler/lower/filter.h"
#include "compiler/model/filters.h"

namespace bouton::lower {

namespace {

using elaborate::PopulationId;
using What = elaborate::StepItem::What;

const model::Algebraic& algebraic_of(const model::Neuron& neuron, model::SymbolId symbol) {
  return *std::ranges::find(neuron.algebraics, symbol, &model::Algebraic::symbol);
}

// What an item computes in its kernel from the values of this step; nullptr for an input.
const model::Expr* formula_of(const model::Neuron& neuron, const elaborate::StepItem& item) {
  if (item.what == What::Input) return nullptr;
  if (item.what == What::SpikeTest) return &neuron.spike->value;
  const model::Expr& value = algebraic_of(neuron, item.symbol).value;
  const model::Call* filter = model::state_filter(value);
  if (item.what == What::FilterInput) return &filter->arguments.front();
  return filter == nullptr ? &value : nullptr;
}

bool is_average(const model::Neuron& neuron, const elaborate::StepItem& item) {
  return item.what == What::Algebraic && is_moving_average(algebraic_of(neuron, item.symbol));
}

// Whether an item reads one of `symbols` in the step in which they are computed.
bool reads_any(const model::Neuron& neuron, const elaborate::StepItem& item,
               const std::set<model::SymbolId>& symbols) {
  bool found = false;
  const auto look = [&](const model::Expr& expr) {
    elaborate::walk(expr, [&](const model::Expr& part) {
      const auto* ref = std::get_if<model::Ref>(&part.node);
      const auto* slope = std::get_if<model::Slope>(&part.node);
      found = found || (ref != nullptr && symbols.contains(ref->symbol)) || slope != nullptr;
    });
  };
  const model::Expr* formula = formula_of(neuron, item);
  if (!symbols.empty() && formula != nullptr) look(*formula);
  return found;
}

class StoredFinder {
 public:
  StoredFinder(const elaborate::Network& network, StoredValues& found)
      : network_(network), found_(found) {}

  void visit_group(const StepGroup& group) {
    const model::Neuron& neuron = neuron_of(group.population);
    std::set<model::SymbolId> here;
    // Every kernel computes it for itself.
    if (const auto symbol = predefined(neuron, model::SymbolKind::SinceSpike)) here.insert(*symbol);
    for (const elaborate::StepItem& item : group.items) {
      if (const model::Expr* formula = formula_of(neuron, item))
        read(*formula, group.population, here);
      if (is_average(neuron, item)) {
        store(group.population, item.symbol);
        continue;
      }
      if (item.what == What::SpikeTest) {
        if (neuron.refractory) read(neuron.refractory->duration, group.population, here);
        for (const auto kind : {model::SymbolKind::Spiked, model::SymbolKind::SpikeProbability})
          if (const auto symbol = predefined(neuron, kind)) here.insert(*symbol);
      } else if (item.what != What::FilterInput) {
        here.insert(item.symbol);
      }
    }
  }

  // Read in later stages: handlers and equations.
  void visit_dynamics(PopulationId id) {
    const model::Neuron& neuron = neuron_of(id);
    if (neuron.spike) read(neuron.spike->body, id);
    for (const model::HandlerBody& body : neuron.on_step) read(body, id);
    for (const model::State& state : neuron.states)
      if (state.derivative) read(*state.derivative, id, {});
  }

  // The variable that it sends, now or in the step before.
  void visit_sent(const elaborate::Projection& projection) {
    if (!projection.pre_variable) return;
    store(projection.pre.population, *projection.pre_variable);
    if (projection.delays.axonal > 0)
      keep_previous(projection.pre.population, *projection.pre_variable);
  }

  void visit_rules(const elaborate::Projection& projection) {
    visit_sent(projection);
    for (const elaborate::RuleInstance& instance : projection.rules)
      for (const elaborate::PartnerBinding& binding : instance.partners) {
        const bool pre = binding.side == model::Side::Pre;
        store(pre ? projection.pre.population : projection.post.population, binding.symbol);
      }
    for (const elaborate::RuleInstance& instance : projection.rules)
      visit_partner_forms(instance, projection);
  }

  void visit_mention(const Variable& variable) {
    const auto* id = std::get_if<PopulationId>(&variable.owner);
    if (id == nullptr) return;
    const auto symbol = neuron_of(*id).scope.find(variable.name);
    if (symbol) store(*id, *symbol);
  }

 private:
  [[nodiscard]] const model::Neuron& neuron_of(PopulationId id) const {
    return network_.neuron_of(network_.populations[id]);
  }

  void read(const model::Expr& expr, PopulationId id, const std::set<model::SymbolId>& here) {
    elaborate::walk(expr, [&](const model::Expr& part) { visit(part, id, here); });
  }
  void read(const model::HandlerBody& body, PopulationId id) {
    elaborate::walk(body, [&](const model::Expr& part) { visit(part, id, {}); });
  }

  void visit(const model::Expr& part, PopulationId id, const std::set<model::SymbolId>& here) {
    if (const auto* ref = std::get_if<model::Ref>(&part.node)) {
      if (!here.contains(ref->symbol)) store(id, ref->symbol);
    } else if (const auto* previous = std::get_if<model::Previous>(&part.node)) {
      keep_previous(id, previous->symbol);
    } else if (const auto* slope = std::get_if<model::Slope>(&part.node)) {
      visit_slope(slope->symbol, id, here);
    }
  }

  // x' of a state is its equation, y' of an algebraic variable a difference.
  void visit_slope(model::SymbolId symbol, PopulationId id, const std::set<model::SymbolId>& here) {
    const model::Neuron& neuron = neuron_of(id);
    const auto state = std::ranges::find(neuron.states, symbol, &model::State::symbol);
    if (state != neuron.states.end() && state->derivative)
      return read(*state->derivative, id, here);
    if (!here.contains(symbol)) store(id, symbol);
    keep_previous(id, symbol);
  }

  void visit_partner_forms(const elaborate::RuleInstance& instance,
                           const elaborate::Projection& projection) {
    const auto visit_part = [&](const model::Expr& part) {
      const auto* field = std::get_if<model::PartnerField>(&part.node);
      if (field == nullptr || field->form == model::PartnerField::Form::Value) return;
      for (const elaborate::PartnerBinding& binding : instance.partners)
        if (binding.side == field->side && binding.field == field->field)
          keep_previous(field->side == model::Side::Pre ? projection.pre.population
                                                        : projection.post.population,
                        binding.symbol);
    };
    for (const model::RuleItem& item : network_.program->rules[instance.rule].items) {
      if (const auto* pair = std::get_if<model::OnPair>(&item.node))
        elaborate::walk(pair->body, visit_part);
      else if (const auto* spike = std::get_if<model::OnSpikeOf>(&item.node))
        elaborate::walk(spike->body, visit_part);
      else if (const auto* step = std::get_if<model::OnStep>(&item.node))
        elaborate::walk(step->body, visit_part);
      else
        elaborate::walk(std::get<model::RuleEquation>(item.node).value, visit_part);
    }
    for (const model::TraceDecl& trace : network_.program->rules[instance.rule].traces) {
      elaborate::walk(trace.initial, visit_part);
      if (trace.on_pre) elaborate::walk(*trace.on_pre, visit_part);
      if (trace.on_post) elaborate::walk(*trace.on_post, visit_part);
    }
  }

  void store(PopulationId id, model::SymbolId symbol) { found_.stored[id].insert(symbol); }
  void keep_previous(PopulationId id, model::SymbolId symbol) {
    found_.previous[id].insert(symbol);
  }

  const elaborate::Network& network_;
  StoredValues& found_;
};

}  // namespace

std::vector<StepGroup> group_step(const elaborate::Network& network) {
  std::vector<StepGroup> groups;
  bool inputs_only = false;            // of the last group
  std::set<model::SymbolId> averages;  // of the last group: known behind its kernel
  for (const elaborate::StepItem& item : network.step_order) {
    const model::Neuron& neuron = network.neuron_of(network.populations[item.population]);
    const bool is_input = item.what == What::Input;
    const bool joins = !groups.empty() && groups.back().population == item.population &&
                       (!is_input || inputs_only) && !reads_any(neuron, item, averages);
    if (!joins) groups.push_back({item.population, {}});
    if (!joins) averages.clear();
    inputs_only = is_input && (!joins || inputs_only);
    groups.back().items.push_back(item);
    if (is_average(neuron, item)) averages.insert(item.symbol);
  }
  return groups;
}

StoredValues find_stored_values(const elaborate::Network& network,
                                const std::vector<StepGroup>& groups, const Mentions& mentions) {
  StoredValues found;
  StoredFinder finder(network, found);
  for (const StepGroup& group : groups) finder.visit_group(group);
  for (const PopulationId id : network.populations.ids()) finder.visit_dynamics(id);
  for (const elaborate::Projection& projection : network.projections)
    finder.visit_rules(projection);
  for (const Variable& variable : mentions.read) finder.visit_mention(variable);
  return found;
}

std::optional<model::SymbolId> predefined(const model::Neuron& neuron, model::SymbolKind kind) {
  for (const model::SymbolId symbol : neuron.scope.all().ids())
    if (neuron.scope[symbol].kind == kind) return symbol;
  return std::nullopt;
}

}  // namespace bouton::lower
