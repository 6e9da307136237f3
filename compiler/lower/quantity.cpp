#include "compiler/lower/quantity.h"

#include <algorithm>

namespace bouton::lower {

namespace {

using elaborate::PopulationId;
using elaborate::ProjectionId;

using Columns = std::map<model::SymbolId, plan::ColumnId>;

std::optional<plan::ColumnId> find_in(const Columns& columns, const model::Scope& scope,
                                      const std::string& name) {
  const auto symbol = scope.find(name);
  if (!symbol) return std::nullopt;
  const auto column = columns.find(*symbol);
  return column == columns.end() ? std::nullopt : std::optional(column->second);
}

std::optional<plan::ColumnId> find_in_population(const Lowering& lowering, PopulationId id,
                                                 const std::string& name) {
  const PopulationParts& parts = lowering.populations[id];
  if (name == "spiked" && parts.spike) return parts.spiked;
  return find_in(parts.columns, lowering.neuron_of(id).scope, name);
}

std::optional<plan::ColumnId> find_in_projection(const Lowering& lowering, ProjectionId id,
                                                 const Variable& variable) {
  const ProjectionParts& parts = lowering.projections[id];
  const elaborate::Projection& projection = lowering.network.projections[id];
  if (!variable.rule) return variable.name == "w" ? std::optional(parts.weight) : std::nullopt;
  const auto rule =
      std::ranges::find(projection.rules, *variable.rule, &elaborate::RuleInstance::name);
  if (rule == projection.rules.end()) return std::nullopt;
  const auto index = static_cast<std::size_t>(rule - projection.rules.begin());
  return find_in(parts.rules[index].columns, lowering.rule_of(*rule).scope, variable.name);
}

}  // namespace

std::optional<plan::ColumnId> find_column(const Lowering& lowering,
                                          const model::Quantity& quantity) {
  const auto variable = variable_of(lowering.network, quantity);
  if (!variable) return std::nullopt;
  if (const auto* id = std::get_if<PopulationId>(&variable->owner))
    return find_in_population(lowering, *id, variable->name);
  return find_in_projection(lowering, std::get<ProjectionId>(variable->owner), *variable);
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
  return find_in(lowering.populations[*id].previous, scope, variable->name);
}

}  // namespace bouton::lower
