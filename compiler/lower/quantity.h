// Where the variables that the experiment names (`z.bias`, `W.w`, `W.hebb.c`) are stored.
#pragma once

#include "compiler/lower/lowering.h"

namespace bouton::lower {

// Nothing for what is not stored: parameters of synapses.
[[nodiscard]] std::optional<plan::Operand> find_operand(const Lowering& lowering,
                                                        const model::Quantity& quantity);
// Nothing for tied weights either.
[[nodiscard]] std::optional<plan::ColumnId> find_column(const Lowering& lowering,
                                                        const model::Quantity& quantity);
// The circuit whose runs advance the population or projection that a quantity belongs to.
[[nodiscard]] plan::CircuitId circuit_of(const Lowering& lowering, const model::Quantity& quantity);
// What nothing changes: the value of a synapse's parameter, the number of synapses.
[[nodiscard]] std::optional<plan::HostExpr> find_constant(const Lowering& lowering,
                                                          const model::Quantity& quantity);
// The spikes of the population that the quantity belongs to.
[[nodiscard]] std::optional<plan::EventId> find_spike(const Lowering& lowering,
                                                      const model::Quantity& quantity);
// The column that holds x(k-1) of an assigned state, where one is kept.
[[nodiscard]] std::optional<plan::ColumnId> find_state_before(const Lowering& lowering,
                                                              const model::Quantity& quantity);

}  // namespace bouton::lower
