// Rows of a replayed tape (SEMANTICS 20): what stands in for a random number.
#pragma once

#include "compiler/interpret/state.h"

namespace bouton::interpret {

// Element `element` of row `row`. A tape with too few rows is a problem of that neuron.
[[nodiscard]] double tape_row(const RecordedTape& tape, std::int64_t row, std::size_t element,
                              const PopulationState& population, NetworkState& state);

// Tapes of numbers that every step takes must have a row for each step of a run.
[[nodiscard]] std::optional<Problem> find_short_tape(const NetworkState& state, std::int64_t steps);

}  // namespace bouton::interpret
