// Pairs of spikes for replicas in lanes.
//
// Note [Passes over pairs]. With lanes, some neuron spikes in nearly every step, and what a pair
// does is computed for all lanes where it happens in one. So pairs are delivered in passes: all
// causal ones, row by row of the neurons that spike; then the coincident ones; then the anti-causal
// ones, column by column. Each synapse sees its pairs in the order of SEMANTICS, and since bodies
// keep to their own synapse, the order of synapses makes no difference. The interval of a pair
// depends on the partner alone, and so does all that a body computes from intervals (a window,
// which often divides or takes an exponential): that is computed once per partner and looked up by
// its synapses.
#pragma once

#include "compiler/codegen/emission.h"

namespace bouton::codegen {

// Whether the bodies of a handler can be run in passes: nothing of a synapse reaches another one,
// and none can fail.
[[nodiscard]] bool can_pass_over_pairs(Emission& e, const plan::Handler& handler);
void emit_pair_passes(Emission& e, const plan::Handler& handler);

}  // namespace bouton::codegen
