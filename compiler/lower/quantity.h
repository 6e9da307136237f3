// Where the variables that the experiment names (`z.bias`, `W.w`, `W.hebb.c`) are stored.
#pragma once

#include "compiler/lower/lowering.h"

namespace bouton::lower {

// Nothing for what has no column: variables of synapses, members of circuits and families.
[[nodiscard]] std::optional<plan::ColumnId> find_column(const Lowering& lowering,
                                                        const model::Quantity& quantity);
// The spikes of the population that the quantity belongs to.
[[nodiscard]] std::optional<plan::EventId> find_spike(const Lowering& lowering,
                                                      const model::Quantity& quantity);
// The column that holds x(k-1) of an assigned state, where one is kept.
[[nodiscard]] std::optional<plan::ColumnId> find_state_before(const Lowering& lowering,
                                                              const model::Quantity& quantity);

}  // namespace bouton::lower
