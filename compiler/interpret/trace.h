// Declared traces of a synapse (`trace x { x' = -x/tau; on pre { x += 1 } }`). A pure decay is
// defined in closed form from its last jump; any other trace is integrated by Euler, and its base
// is its value at the current step.
#pragma once

#include "compiler/interpret/synapses.h"

namespace bouton::interpret {

// Writes the values of all traces at the current step into the synapse's slots.
void load_traces(const RuleState& rule, const SynapseView& view, Slot* slots);

// Stage 4: traces jump where spikes arrive. Pure decays stay as they are otherwise.
void jump_traces(RuleState& rule, const SynapseView& view);

// Stage 5 for traces that are no pure decay: one Euler step. `slots` holds x+(k).
void integrate_traces(RuleState& rule, const SynapseView& view);

[[nodiscard]] bool has_integrated_traces(const RuleState& rule);

}  // namespace bouton::interpret
