#include "compiler/lower/evaluate.h"

#include <algorithm>

#include "compiler/lower/filter.h"
#include "compiler/lower/input.h"
#include "compiler/lower/integrate.h"
#include "compiler/lower/neuron.h"
#include "compiler/lower/population.h"
#include "compiler/lower/spike.h"

namespace bouton::lower {

namespace {

using elaborate::PopulationId;
using elaborate::ProjectionId;
using model::SymbolKind;
using What = elaborate::StepItem::What;

// One kernel: values computed in it are read as such, others from their columns.
class GroupLowerer {
 public:
  GroupLowerer(Lowering& lowering, const StepGroup& group, const Silent& silent)
      : lowering_(lowering),
        group_(group),
        silent_(silent),
        neuron_(lowering.neuron_of(group.population)),
        parts_(lowering.populations[group.population]),
        kernel_(lowering.plan, "evaluate", parts_.circuit, {parts_.axis}),
        emit_(lowering, kernel_),
        names_(neuron_names(group.population, emit_)) {
    stored_ = names_.value;
    if (const auto symbol = predefined(neuron_, SymbolKind::SinceSpike)) since_spike_ = *symbol;
    names_.value = [this](model::SymbolId symbol, source::Span span) {
      if (symbol == since_spike_ && !values_.contains(symbol))
        values_[symbol] = since_spike({group_.population, parts_.axis}, emit_);
      const auto here = values_.find(symbol);
      return here == values_.end() ? stored_(symbol, span) : here->second;
    };
  }

  // The kernel, then the moving averages that it feeds.
  std::vector<plan::Item> lower() {
    for (const elaborate::StepItem& item : group_.items) lower(item);
    store_since_spike();
    std::vector<plan::Item> items{plan::item(kernel_.finish())};
    items.insert(items.end(), averages_.begin(), averages_.end());
    return items;
  }

 private:
  void lower(const elaborate::StepItem& item) {
    switch (item.what) {
      case What::Input:
        kernel_.origin({neuron_.scope[item.symbol].name, neuron_.scope[item.symbol].span});
        return define(item.symbol, lower_input(group_.population, item.symbol, silent_, emit_));
      case What::Algebraic:
        return lower_algebraic(item.symbol);
      case What::FilterInput:
        return lower_filter_input(group_.population, algebraic_of(item.symbol), names_, emit_);
      case What::SpikeTest:
        return lower_test();
    }
  }

  [[nodiscard]] const model::Algebraic& algebraic_of(model::SymbolId symbol) const {
    return *std::ranges::find(neuron_.algebraics, symbol, &model::Algebraic::symbol);
  }

  void lower_algebraic(model::SymbolId symbol) {
    const model::Algebraic& variable = algebraic_of(symbol);
    if (filter_of(variable)) return lower_filtered(variable);
    kernel_.origin({neuron_.scope[symbol].name, variable.value.span,
                    parts_.columns.contains(symbol) ? "" : "not stored: nothing else reads it"});
    define(symbol, lower_expression(variable.value, names_, emit_));
  }

  void lower_filtered(const model::Algebraic& variable) {
    if (!is_moving_average(variable))
      return define(variable.symbol, filter_value(group_.population, variable, emit_));
    lower_filter_input(group_.population, variable, names_, emit_);
    averages_.push_back(average_item(lowering_, group_.population, variable));
  }

  void lower_test() {
    const auto probability = predefined(neuron_, SymbolKind::SpikeProbability);
    const SpikeTestValues values =
        lower_spike_test(group_.population, names_, wants(probability), emit_);
    if (const auto spiked = predefined(neuron_, SymbolKind::Spiked))
      values_[*spiked] = values.spiked;
    if (probability && values.probability) define(*probability, *values.probability);
  }

  // Whether the probability is stored or read by a value of this group.
  [[nodiscard]] bool wants(std::optional<model::SymbolId> probability) const {
    return probability &&
           (parts_.columns.contains(*probability) || neuron_.spike_probability.valid());
  }

  // Where it is read after the step's spikes are noted, it is stored before.
  void store_since_spike() {
    const bool has_test = std::ranges::any_of(
        group_.items, [](const auto& item) { return item.what == What::SpikeTest; });
    if (!has_test || !parts_.columns.contains(since_spike_)) return;
    store(since_spike_, names_.value(since_spike_, {}));
  }

  void define(model::SymbolId symbol, const Value& value) {
    values_[symbol] = value;
    store(symbol, value);
  }

  void store(model::SymbolId symbol, const Value& value) {
    const auto column = parts_.columns.find(symbol);
    if (column == parts_.columns.end()) return;
    const model::Kind kind = neuron_.scope[symbol].type.kind;
    if (kind == model::Kind::Boolean)
      kernel_.store(column->second, emit_.truth(value));
    else if (kind == model::Kind::Steps)
      kernel_.store(column->second, emit_.steps(value));
    else
      kernel_.store(column->second, emit_.real(value));
  }

  Lowering& lowering_;
  const StepGroup& group_;
  const Silent& silent_;
  const model::Neuron& neuron_;
  const PopulationParts& parts_;
  plan::KernelBuilder kernel_;
  Emitter emit_;
  Names names_;
  std::function<Value(model::SymbolId, source::Span)> stored_;
  std::map<model::SymbolId, Value> values_;
  std::vector<plan::Item> averages_;
  model::SymbolId since_spike_;  // refers to nothing where the text does not use it
};

// Whether `holding` keeps a state fixed: while k + 1 - k_last < T/timestep.
Value lower_held(PopulationId id, const Names& names, Emitter& emit) {
  const model::Neuron& neuron = emit.lowering().neuron_of(id);
  const Value period = lower_duration(neuron.refractory->duration, names, emit);
  plan::KernelBuilder& k = emit.kernel();
  const plan::ValueId next = k.op(plan::OpCode::AddInt, k.step(), k.whole(1));
  const plan::ValueId elapsed =
      k.op(plan::OpCode::SubtractInt, next, k.load(emit.lowering().populations[id].last_spike));
  return k.op(plan::OpCode::LessInt, elapsed, emit.steps(period));
}

plan::Origin origin_of(const model::Neuron& neuron, const model::State& state, bool held) {
  std::string method = method_of({*state.derivative, state.symbol, neuron.scope, neuron.solver});
  if (held) method += "; held while refractory";
  return {neuron.scope[state.symbol].name + "'", state.derivative->span, method};
}

std::optional<plan::Item> integrate(Lowering& lowering, PopulationId id) {
  const model::Neuron& neuron = lowering.neuron_of(id);
  const PopulationParts& parts = lowering.populations[id];
  plan::KernelBuilder k(lowering.plan, "integrate", parts.circuit, {parts.axis});
  Emitter emit(lowering, k);
  const Names names = neuron_names(id, emit);
  std::vector<std::pair<plan::ColumnId, Value>> next;
  for (const model::State& state : neuron.states) {
    if (!state.derivative) continue;
    const plan::ColumnId column = parts.columns.at(state.symbol);
    const plan::ValueId now = k.load(column);
    Value value = next_value({*state.derivative, state.symbol, neuron.scope, neuron.solver}, now,
                             names, emit);
    const bool held =
        neuron.refractory && std::ranges::find(neuron.refractory->holding, state.symbol) !=
                                 neuron.refractory->holding.end();
    k.origin(origin_of(neuron, state, held));
    if (held) value = emit.choose(lower_held(id, names, emit), now, value, model::Kind::Real);
    next.emplace_back(column, value);
  }
  const bool has_filters = std::ranges::any_of(
      parts.filters, [](const auto& filter) { return filter.second.state.has_value(); });
  if (next.empty() && !has_filters) return std::nullopt;
  for (const auto& [column, value] : next) k.store(column, emit.real(value));
  if (has_filters) integrate_filters(id, names, emit);
  return plan::item(k.finish());
}

}  // namespace

Evaluation::Evaluation(Lowering& lowering, const std::vector<StepGroup>& groups)
    : lowering_(lowering), kept_(keep_states(lowering)) {
  for (const StepGroup& source : groups) {
    Group group{source, {}, {}};
    for (const elaborate::StepItem& item : source.items) {
      if (item.what != What::Input) continue;
      for (const ProjectionId id : projections_to(lowering, source.population, item.symbol))
        group.projections.insert(id);
    }
    groups_.push_back(std::move(group));
  }
}

// The sum of a variable that this step computes and the next one receives.
bool Evaluation::is_sent_late(ProjectionId id) const {
  const elaborate::Projection& projection = lowering_.network.projections[id];
  if (!receives_sum_late(projection)) return false;
  const auto& variables = lowering_.neuron_of(projection.pre.population).algebraics;
  return std::ranges::find(variables, *projection.pre_variable, &model::Algebraic::symbol) !=
         variables.end();
}

std::vector<plan::Item> Evaluation::items(const Silent& silent) {
  std::vector<plan::Item> items = kept_;
  std::vector<plan::Item> late;
  for (Group& group : groups_) {
    Silent here;
    for (const ProjectionId id : group.projections) {
      // What arrives later is on its way in the meantime.
      const bool delayed = receives_sum_late(lowering_.network.projections[id]);
      if (silent.contains(id)) here.insert(id);
      if (silent.contains(id) && !delayed) continue;
      const std::vector<plan::Item>& sums = sums_of(id);
      std::vector<plan::Item>& into = is_sent_late(id) ? late : items;
      into.insert(into.end(), sums.begin(), sums.end());
    }
    const std::vector<plan::Item>& values = items_of(group, here);
    items.insert(items.end(), values.begin(), values.end());
  }
  items.insert(items.end(), late.begin(), late.end());
  return items;
}

const std::vector<plan::Item>& Evaluation::sums_of(ProjectionId id) {
  const auto known = sums_.find(id);
  if (known != sums_.end()) return known->second;
  return sums_[id] = lower_input_sum(lowering_, id);
}

const std::vector<plan::Item>& Evaluation::items_of(Group& group, const Silent& silent) {
  const auto known = group.items.find(silent);
  if (known != group.items.end()) return known->second;
  return group.items[silent] = GroupLowerer(lowering_, group.source, silent).lower();
}

std::vector<plan::Item> lower_integration(Lowering& lowering) {
  std::vector<plan::Item> items;
  for (const PopulationId id : lowering.populations.ids())
    if (auto item = integrate(lowering, id)) items.push_back(*std::move(item));
  for (const ProjectionId id : lowering.projections.ids())
    for (std::size_t rule = 0; rule < lowering.projections[id].rules.size(); ++rule)
      if (auto item = integrate_rule(lowering, {id, rule, {}})) items.push_back(*std::move(item));
  return items;
}

}  // namespace bouton::lower
