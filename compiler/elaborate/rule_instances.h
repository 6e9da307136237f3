// `learning hebb = Coactivation(tau_ref)` -> a rule with parameter values and its partner fields
// bound to the neurons that the projection joins.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Reports fields that the pre or post neuron does not have.
[[nodiscard]] RuleInstance build_rule_instance(const model::Learning& learning,
                                               const Projection& projection, Builder& builder);

}  // namespace bouton::elaborate
