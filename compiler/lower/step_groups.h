// Stage 2 of a step in pieces: consecutive values of one population make one kernel; inputs stand
// before the kernel that first needs them. Says also which values have to be stored because
// something outside of their piece reads them.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "compiler/elaborate/network.h"
#include "compiler/lower/mentions.h"

namespace bouton::lower {

// In the order of Network::step_order; the inputs come first.
struct StepGroup {
  elaborate::PopulationId population;
  std::vector<elaborate::StepItem> items;
};
[[nodiscard]] std::vector<StepGroup> group_step(const elaborate::Network& network);

using PopulationSymbols = std::map<elaborate::PopulationId, std::set<model::SymbolId>>;
struct StoredValues {
  PopulationSymbols stored;    // inputs, algebraic variables and the predefined ones
  PopulationSymbols previous;  // whose value of the step before is read
};
[[nodiscard]] StoredValues find_stored_values(const elaborate::Network& network,
                                              const std::vector<StepGroup>& groups,
                                              const Mentions& mentions);

// The predefined symbol (`spiked`, `since_spike`, …) if the text of the neuron has it.
[[nodiscard]] std::optional<model::SymbolId> predefined(const model::Neuron& neuron,
                                                        model::SymbolKind kind);

}  // namespace bouton::lower
