// Initial values and `reset` (SEMANTICS 16). What `reset` starts anew gets its initial values when
// the next run begins, after the assignments made by then.
#pragma once

#include "compiler/interpret/state.h"

namespace bouton::interpret {

// Gives every population and rule that waits for them, and that the current run advances, its
// initial values.
void initialise(NetworkState& state);

// And what it has sent and is still under way.
void reset_population(PopulationState& population, NetworkState& state);
// Its rules and the spikes it remembers; never its weights.
void reset_projection(ProjectionState& projection, const NetworkState& state);
void reset_rule(RuleState& rule, const ProjectionState& projection, const NetworkState& state);
void reset_everything(NetworkState& state);

}  // namespace bouton::interpret
