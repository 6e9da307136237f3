// Time constants (compiler/elaborate/time_divisors.h) that are not positive, before anything runs.
// Values are those that the network starts with.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Each reports, once per parameter and place, and points at the arguments.
void check_time_constants(const Population& population, Builder& builder);
void check_time_constants(const SynapseInstance& synapse, Builder& builder);
void check_time_constants(const RuleInstance& rule, const Projection& projection, Builder& builder);

}  // namespace bouton::elaborate
