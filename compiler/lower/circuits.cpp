#include "compiler/lower/circuits.h"

#include "compiler/plan/builder.h"

namespace bouton::lower {

namespace {

// The top level, or the instances that share the clock.
std::string name_of(const elaborate::Network& network, elaborate::ClockId clock) {
  std::string name;
  for (const elaborate::Circuit& circuit : network.circuits) {
    if (circuit.clock != clock) continue;
    if (!circuit.instance) return circuit.name;
    name += (name.empty() ? "" : "+") + circuit.name;
  }
  return name;
}

}  // namespace

void add_circuits(Lowering& lowering) {
  for (std::uint32_t clock = 0; clock < lowering.network.clocks; ++clock)
    plan::add_circuit(lowering.plan, name_of(lowering.network, elaborate::ClockId{clock}));
}

plan::CircuitId circuit_of(elaborate::ClockId clock) { return plan::CircuitId{clock.value}; }

std::vector<plan::CircuitId> circuits_of(const Lowering& lowering,
                                         std::optional<model::SymbolId> named) {
  if (named) return {circuit_of(elaborate::clock_of_instance(lowering.network, *named))};
  return lowering.plan.circuits.ids();
}

}  // namespace bouton::lower
