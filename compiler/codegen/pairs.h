// Delivery of spike pairs to a rule's body: SEMANTICS 12 for histories that hold the last spikes of
// both sides.
#pragma once

#include "compiler/codegen/kernel.h"

namespace bouton::codegen {

// Per synapse in the order dt > 0, dt = 0, dt < 0, oldest partner first. Nothing is executed in
// steps without spikes. The handlers are of one projection and see the same pairs (pair_group.h).
void emit_pairs(Emission& e, const std::vector<plan::HandlerId>& group);

}  // namespace bouton::codegen
