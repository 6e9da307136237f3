// Time constants that are not positive, before anything runs.
//
// A time constant is a parameter or number of dimension time by which an equation, a filter, a
// `psp(s)` or the body of an `on pair` divides, alone or as a factor of the divisor. Divisors that
// are sums (`tau_m - tau_s`) may have any sign. Values are those that the network starts with.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Each reports, once per parameter and place, and points at the arguments.
void check_time_constants(const Population& population, Builder& builder);
void check_time_constants(const SynapseInstance& synapse, Builder& builder);
void check_time_constants(const RuleInstance& rule, const Projection& projection, Builder& builder);

}  // namespace bouton::elaborate
