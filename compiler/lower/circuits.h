// The circuits of the plan are the clocks of the network: what projections or ties join advances
// together.
#pragma once

#include "compiler/lower/lowering.h"

namespace bouton::lower {

// Of the plan, numbered as the network's clocks are.
void add_circuits(Lowering& lowering);

[[nodiscard]] plan::CircuitId circuit_of(elaborate::ClockId clock);
// The circuits that a run advances: that of the named instance, or all.
[[nodiscard]] std::vector<plan::CircuitId> circuits_of(const Lowering& lowering,
                                                       std::optional<model::SymbolId> named);

}  // namespace bouton::lower
