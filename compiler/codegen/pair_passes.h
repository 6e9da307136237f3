// Pairs of spikes for replicas in lanes.
//
// Note [Passes over pairs]. With lanes, some neuron spikes in nearly every step, and what a pair
// does is computed for all lanes where it happens in one. So pairs are delivered in passes: all
// causal ones, row by row of the neurons that spike; then the coincident ones; then the anti-causal
// ones, column by column. Each synapse sees its pairs in the order of SEMANTICS, and since bodies
// keep to their own synapse, the order of synapses makes no difference. The interval of a pair
// depends on the partner alone, and so does all that a body computes from intervals (a window,
// which often divides or takes an exponential): that is computed once per partner and looked up by
// its synapses. Rules of one projection that see the same pairs and do not read each other's
// columns go through the passes together.
#pragma once

#include <vector>

#include "compiler/codegen/emission.h"

namespace bouton::codegen {

// Whether a group of handlers (pair_group.h) can go through passes. If so, its room in the
// function's frame is taken.
[[nodiscard]] bool can_pass_over(Emission& e, const std::vector<plan::HandlerId>& group);
void emit_pair_passes(Emission& e, const std::vector<plan::HandlerId>& group);

}  // namespace bouton::codegen
