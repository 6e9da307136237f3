// The order in which stage 2 of a step evaluates: every value after those of the same step that it
// reads. Spikes reach an input in their own step where psp(0) is not 0 and there is no delay.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Fills Network::step_order; reports a cycle and prints it.
void order_step(Builder& builder);

}  // namespace bouton::elaborate
