#include "compiler/elaborate/circuits.h"

#include <algorithm>
#include <numeric>

namespace bouton::elaborate {

namespace {

Environment empty_environment(const model::Circuit& circuit, const Builder& builder) {
  const Environment& outer = builder.environment;
  Environment inner;
  inner.program = outer.program;
  inner.scope = &circuit.scope;
  inner.timestep = outer.timestep;
  inner.seed = outer.seed;
  inner.source_directory = outer.source_directory;
  inner.values.resize(circuit.scope.all().size());
  inner.functions.resize(inner.values.size());
  inner.circuit_name = circuit.name;
  return inner;
}

// Evaluated in `from`: the instance's place for an argument, the circuit for a default.
void bind(model::SymbolId parameter, const model::Expr& expr, Environment& from, Environment& into,
          Builder& builder) {
  if (const auto function = function_named_by(expr, from)) {
    into.functions[parameter.value] = function;
    return;
  }
  auto value = evaluate(expr, from);
  if (!value) return builder.report(value.problem());
  into.values[parameter.value] = *std::move(value);
}

}  // namespace

Environment enter_circuit(const model::CircuitInstance& instance, Builder& builder) {
  const model::Circuit& circuit = builder.program.circuits[instance.circuit];
  Environment inner = empty_environment(circuit, builder);
  inner.instance_name = builder.qualified(builder.scope()[instance.symbol].name);
  for (const model::Parameter& parameter : circuit.parameters) {
    const auto given =
        std::ranges::find(instance.arguments, parameter.symbol, &model::Argument::parameter);
    if (given != instance.arguments.end())
      bind(parameter.symbol, given->value, builder.environment, inner, builder);
    else if (parameter.default_value)
      bind(parameter.symbol, *parameter.default_value, inner, inner, builder);
  }
  return inner;
}

void join_clocks(Builder& builder) {
  Network& network = builder.network;
  std::vector<std::uint32_t> leader(network.circuits.size());
  std::iota(leader.begin(), leader.end(), 0U);
  const auto join = [&](PopulationId one, PopulationId other) {
    const std::uint32_t a = leader[network.populations[one].circuit.value];
    const std::uint32_t b = leader[network.populations[other].circuit.value];
    std::ranges::replace(leader, std::max(a, b), std::min(a, b));
  };
  for (const Projection& projection : network.projections) {
    join(projection.pre.population, projection.post.population);
    if (projection.tie)
      join(projection.pre.population, network.projections[projection.tie->to].pre.population);
  }
  std::vector<ClockId> clocks(leader.size());
  for (const CircuitId id : network.circuits.ids()) {
    ClockId& clock = clocks[leader[id.value]];
    if (!clock.valid()) clock = ClockId{static_cast<std::uint32_t>(network.clocks++)};
    network.circuits[id].clock = clock;
  }
}

}  // namespace bouton::elaborate
