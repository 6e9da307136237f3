// Rows of a replayed tape (SEMANTICS 20): what stands in for a random number.
#pragma once

#include "compiler/interpret/state.h"

namespace bouton::interpret {

// Element `element` of row `row`. Without a `noise` symbol it is the tape of the spikes. A tape
// with too few rows is a problem at the population.
[[nodiscard]] double tape_row(const Tape& tape, std::int64_t row, std::size_t element,
                              model::SymbolId noise, const PopulationState& population,
                              NetworkState& state);

}  // namespace bouton::interpret
