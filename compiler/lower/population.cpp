#include "compiler/lower/population.h"

#include <algorithm>

#include "compiler/elaborate/decay.h"
#include "compiler/elaborate/parameter_values.h"
#include "compiler/elaborate/time_divisors.h"
#include "compiler/lower/circuits.h"
#include "compiler/lower/columns.h"
#include "compiler/lower/filter.h"
#include "compiler/lower/neuron.h"
#include "compiler/lower/spike.h"

namespace bouton::lower {

namespace {

using elaborate::PopulationId;
using model::SymbolKind;

class PopulationLowerer {
 public:
  PopulationLowerer(Lowering& lowering, PopulationId id)
      : lowering_(lowering),
        id_(id),
        source_(lowering.network.populations[id]),
        neuron_(lowering.neuron_of(id)),
        parts_(lowering.populations[id]) {}

  void add(const std::set<model::SymbolId>& stored, const std::set<model::SymbolId>& previous) {
    parts_.axis = plan::add_neuron_axis(lowering_.plan, source_.name, source_.size);
    parts_.circuit = circuit_of(lowering_.network.clock_of(id_));
    parts_.population = lowering_.plan.populations.add({source_.name, parts_.axis, parts_.circuit});
    parts_.functions = elaborate::functions_of(source_.parameters, neuron_.scope.all().size());
    refuse_unlowered();
    for (const elaborate::ParameterValue& parameter : source_.parameters) add_parameter(parameter);
    for (const model::State& state : neuron_.states) add_state(state);
    if (neuron_.spike) {
      add_spiking(lowering_, id_, keeps_spiked(previous));
      if (lowering_.mentions.between_runs.contains({id_, std::nullopt, "spiked"}))
        lowering_.shown.insert(parts_.spiked);
    }
    for (const model::Noise& noise : neuron_.noises) add_noise(noise.symbol);
    for (const model::SymbolId symbol : stored) add_stored(symbol, previous.contains(symbol));
    for (const model::SymbolId symbol : previous) add_previous(symbol);
    add_filters(lowering_, id_);
  }

 private:
  void refuse_unlowered() {
    for (const model::State& state : neuron_.states)
      if (state.derivative && neuron_.solver != model::Solver::Euler &&
          !elaborate::decay_time_constant(*state.derivative, state.symbol, neuron_.scope))
        lowering_.refuse(Unlowered::ExactEquation, state.derivative->span);
  }

  [[nodiscard]] bool is_read_between_runs(model::SymbolId symbol) const {
    return lowering_.mentions.between_runs.contains(
        {id_, std::nullopt, neuron_.scope[symbol].name});
  }

  [[nodiscard]] bool keeps_spiked(const std::set<model::SymbolId>& previous) const {
    return std::ranges::any_of(previous, [&](model::SymbolId symbol) {
      return neuron_.scope[symbol].kind == SymbolKind::Spiked;
    });
  }

  plan::ColumnId column(model::SymbolId symbol, plan::Role role) {
    const model::Symbol& declared = neuron_.scope[symbol];
    const plan::ColumnId id = add_column(lowering_, {source_.name + "." + declared.name,
                                                     column_type(declared.type),
                                                     {parts_.axis},
                                                     role,
                                                     parts_.population,
                                                     {},
                                                     declared.span});
    lowering_.plan.columns[id].dimension = declared.type.dimension;
    return id;
  }

  void add_parameter(const elaborate::ParameterValue& parameter) {
    const auto* tensor = std::get_if<runtime::Tensor>(&parameter.value);
    if (tensor == nullptr) return;
    const model::Symbol& symbol = neuron_.scope[parameter.symbol];
    const bool mentioned = lowering_.mentions.contains({id_, std::nullopt, symbol.name});
    if (tensor->is_scalar() && !mentioned) {
      parts_.constants[parameter.symbol] = constant(*tensor, symbol.type);
      return;
    }
    const plan::ColumnId id = column(parameter.symbol, plan::Role::Parameter);
    lowering_.plan.columns[id].initial = literal(*tensor);
    lowering_.plan.columns[id].positive =
        elaborate::time_constants_of(neuron_).contains(parameter.symbol);
    lowering_.plan.columns[id].reason =
        mentioned ? "the experiment names it" : "it differs between neurons";
    parts_.columns[parameter.symbol] = id;
  }

  void set_first_value(plan::ColumnId id, const model::Expr& initial) {
    set_initial(lowering_, id, initial, {}, [&](Emitter& emit) { return neuron_names(id_, emit); });
  }

  void add_state(const model::State& state) {
    const plan::ColumnId id = column(state.symbol, plan::Role::State);
    set_first_value(id, state.initial);
    parts_.columns[state.symbol] = id;
    if (lowering_.plan.columns[id].type == plan::kReal)
      lowering_.plan.populations[parts_.population].states.push_back(id);
  }

  // The kernel that draws it is not the one that reads it.
  void add_noise(model::SymbolId symbol) {
    const bool lasts = is_read_between_runs(symbol);
    parts_.columns[symbol] = column(symbol, lasts ? plan::Role::State : plan::Role::Scratch);
    lowering_.plan.columns[parts_.columns.at(symbol)].reason = "it is drawn once per step";
  }

  // Inputs, algebraic variables and predefined values that are read outside of their kernel.
  void add_stored(model::SymbolId symbol, bool with_previous) {
    const SymbolKind kind = neuron_.scope[symbol].kind;
    if (kind != SymbolKind::Input && kind != SymbolKind::Algebraic &&
        kind != SymbolKind::SpikeProbability && kind != SymbolKind::SinceSpike)
      return;
    const plan::ColumnId id =
        column(symbol, with_previous ? plan::Role::State : plan::Role::Scratch);
    parts_.columns[symbol] = id;
    lowering_.plan.columns[id].reason = "it is read outside of the kernel that computes it";
    if (!is_read_between_runs(symbol)) return;
    // It may be read before the first run and after `reset`.
    lowering_.shown.insert(id);
    if (!with_previous) set_value_before_first_step(symbol);
  }

  void set_value_before_first_step(model::SymbolId symbol) {
    const auto variable = std::ranges::find(neuron_.algebraics, symbol, &model::Algebraic::symbol);
    if (variable == neuron_.algebraics.end() || !variable->initially) return;
    set_first_value(parts_.columns.at(symbol), *variable->initially);
  }

  void add_previous(model::SymbolId symbol) {
    switch (neuron_.scope[symbol].kind) {
      case SymbolKind::Input:
      case SymbolKind::Algebraic:
      case SymbolKind::SpikeProbability:
      case SymbolKind::SinceSpike:
      case SymbolKind::Noise:
        return add_previous_value(symbol);
      case SymbolKind::State:
        return add_previous_state(symbol);
      case SymbolKind::Spiked:
        parts_.previous[symbol] = parts_.spiked;
        return;
      default:
        return;
    }
  }

  void add_previous_value(model::SymbolId symbol) {
    if (!parts_.columns.contains(symbol))
      parts_.columns[symbol] = column(symbol, plan::Role::State);
    const plan::ColumnId id = parts_.columns.at(symbol);
    lowering_.plan.columns[id].buffers.previous = true;
    lowering_.plan.columns[id].role = plan::Role::State;
    parts_.previous[symbol] = id;
    set_value_before_first_step(symbol);
  }

  void add_previous_state(model::SymbolId symbol) {
    const plan::ColumnId state = parts_.columns.at(symbol);
    const plan::ColumnId id = column(symbol, plan::Role::State);
    lowering_.plan.columns[id].name += " before";
    lowering_.plan.columns[id].reason = "prev of it is read";
    lowering_.plan.columns[id].buffers.previous = true;
    parts_.previous[symbol] = id;
    lowering_.plan.columns[id].initial = lowering_.plan.columns[state].initial;
    if (!std::holds_alternative<plan::InitialKernel>(lowering_.plan.columns[id].initial)) return;
    plan::KernelBuilder kernel(lowering_.plan, lowering_.plan.columns[id].name + " at first",
                               parts_.circuit, {parts_.axis});
    kernel.store(id, kernel.load(state));
    lowering_.plan.columns[id].initial = plan::InitialKernel{kernel.finish()};
  }

  Lowering& lowering_;
  PopulationId id_;
  const elaborate::Population& source_;
  const model::Neuron& neuron_;
  PopulationParts& parts_;
};

}  // namespace

void add_populations(Lowering& lowering, const StoredValues& stored) {
  const auto symbols = [](const PopulationSymbols& of, PopulationId id) {
    const auto found = of.find(id);
    return found == of.end() ? std::set<model::SymbolId>() : found->second;
  };
  for (const PopulationId id : lowering.network.populations.ids()) {
    lowering.populations.add({});
    PopulationLowerer(lowering, id).add(symbols(stored.stored, id), symbols(stored.previous, id));
  }
}

std::vector<plan::Item> keep_states(Lowering& lowering) {
  std::vector<plan::Item> items;
  for (const PopulationId id : lowering.populations.ids()) {
    const PopulationParts& parts = lowering.populations[id];
    const model::Neuron& neuron = lowering.neuron_of(id);
    plan::KernelBuilder kernel(lowering.plan, "states before", parts.circuit, {parts.axis});
    bool any = false;
    for (const auto& [symbol, column] : parts.previous) {
      if (neuron.scope[symbol].kind != SymbolKind::State) continue;
      kernel.origin({neuron.scope[symbol].name,
                     neuron.scope[symbol].span,
                     "",
                     {},
                     "kept for the next step, which reads prev of it"});
      kernel.store(column, kernel.load(parts.columns.at(symbol)));
      any = true;
    }
    if (any) items.push_back(plan::item(kernel.finish()));
  }
  return items;
}

}  // namespace bouton::lower
