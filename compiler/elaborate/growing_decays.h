// Decays that grow: `x' = -k*x` whose k is below 0 with the values that the network starts with.
// The form is that of a decay, so that a sign is probably wrong; but the text says what is
// computed, and growth may be meant. So these are warnings.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// One warning per equation, which points at the arguments; none where an error is reported already.
void warn_of_growth(const Population& population, Builder& builder);
void warn_of_growth(const SynapseInstance& synapse, Builder& builder);
void warn_of_growth(const RuleInstance& rule, Builder& builder);

}  // namespace bouton::elaborate
