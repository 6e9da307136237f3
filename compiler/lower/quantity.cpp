#include "compiler/lower/quantity.h"

#include <algorithm>

#include "compiler/lower/columns.h"

namespace bouton::lower {

namespace {

using elaborate::PopulationId;
using elaborate::ProjectionId;

using Columns = std::map<model::SymbolId, plan::ColumnId>;

std::optional<plan::Operand> find_in(const Columns& columns, const model::Scope& scope,
                                     const std::string& name) {
  const auto symbol = scope.find(name);
  if (!symbol) return std::nullopt;
  const auto column = columns.find(*symbol);
  return column == columns.end() ? std::nullopt : std::optional<plan::Operand>(column->second);
}

std::optional<plan::Operand> find_in_population(const Lowering& lowering, PopulationId id,
                                                const std::string& name) {
  const PopulationParts& parts = lowering.populations[id];
  if (name == "spiked" && parts.spike) return parts.spiked;
  return find_in(parts.columns, lowering.neuron_of(id).scope, name);
}

std::optional<plan::Operand> find_in_projection(const Lowering& lowering, ProjectionId id,
                                                const Variable& variable) {
  const ProjectionParts& parts = lowering.projections[id];
  const elaborate::Projection& projection = lowering.network.projections[id];
  if (!variable.rule) return variable.name == "w" ? std::optional(parts.weight) : std::nullopt;
  const auto rule =
      std::ranges::find(projection.rules, *variable.rule, &elaborate::RuleInstance::name);
  if (rule == projection.rules.end()) return std::nullopt;
  const auto index = static_cast<std::size_t>(rule - projection.rules.begin());
  const model::Scope& scope = lowering.rule_of(*rule).scope;
  if (const auto signal = find_in(parts.rules[index].broadcasts, scope, variable.name))
    return signal;
  return find_in(parts.rules[index].columns, scope, variable.name);
}

}  // namespace

std::optional<plan::Operand> find_operand(const Lowering& lowering,
                                          const model::Quantity& quantity) {
  const auto variable = variable_of(lowering.network, quantity);
  if (!variable) return std::nullopt;
  if (const auto* id = std::get_if<PopulationId>(&variable->owner))
    return find_in_population(lowering, *id, variable->name);
  return find_in_projection(lowering, std::get<ProjectionId>(variable->owner), *variable);
}

std::optional<plan::ColumnId> find_column(const Lowering& lowering,
                                          const model::Quantity& quantity) {
  const auto operand = find_operand(lowering, quantity);
  const auto* column = operand ? std::get_if<plan::ColumnId>(&*operand) : nullptr;
  return column == nullptr ? std::nullopt : std::optional(*column);
}

plan::CircuitId circuit_of(const Lowering& lowering, const model::Quantity& quantity) {
  const elaborate::Owner* owner = elaborate::find_owner(lowering.network, quantity);
  BOUTON_CHECK(owner != nullptr, "a quantity of nothing");
  if (const auto* id = std::get_if<PopulationId>(owner)) return lowering.populations[*id].circuit;
  return lowering.projections[std::get<ProjectionId>(*owner)].circuit;
}

std::optional<plan::HostExpr> find_constant(const Lowering& lowering,
                                            const model::Quantity& quantity) {
  const elaborate::Owner* owner = elaborate::find_owner(lowering.network, quantity);
  const auto* id = owner == nullptr ? nullptr : std::get_if<ProjectionId>(owner);
  if (id == nullptr || quantity.rule) return std::nullopt;
  const elaborate::Projection& projection = lowering.network.projections[*id];
  if (quantity.variable == "synapses")
    return plan::HostExpr{plan::HostReal{static_cast<double>(elaborate::synapse_count(projection))},
                          {}};
  const auto& synapse = projection.synapse;
  if (!synapse) return std::nullopt;
  const model::Scope& scope = lowering.network.program->synapses[synapse->synapse].scope;
  for (const elaborate::ParameterValue& parameter : synapse->parameters)
    if (const auto* tensor = std::get_if<runtime::Tensor>(&parameter.value);
        tensor != nullptr && scope[parameter.symbol].name == quantity.variable)
      return literal(*tensor);
  return std::nullopt;
}

std::optional<plan::EventId> find_spike(const Lowering& lowering, const model::Quantity& quantity) {
  const auto variable = variable_of(lowering.network, quantity);
  if (!variable) return std::nullopt;
  const auto* id = std::get_if<PopulationId>(&variable->owner);
  return id == nullptr ? std::nullopt : lowering.populations[*id].spike;
}

std::optional<plan::ColumnId> find_state_before(const Lowering& lowering,
                                                const model::Quantity& quantity) {
  const auto variable = variable_of(lowering.network, quantity);
  const auto* id = variable ? std::get_if<PopulationId>(&variable->owner) : nullptr;
  if (id == nullptr) return std::nullopt;
  const model::Scope& scope = lowering.neuron_of(*id).scope;
  const auto symbol = scope.find(variable->name);
  if (!symbol || scope[*symbol].kind != model::SymbolKind::State) return std::nullopt;
  const auto& previous = lowering.populations[*id].previous;
  const auto column = previous.find(*symbol);
  return column == previous.end() ? std::nullopt : std::optional(column->second);
}

}  // namespace bouton::lower
