// `learning hebb = Coactivation(tau_ref)` -> a rule with parameter values and its partner fields
// bound to the neurons that the projection joins.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Reports fields and spikes that the pre or post neuron does not have; nothing then.
[[nodiscard]] std::optional<RuleInstance> build_rule_instance(const model::Learning& learning,
                                                              const Projection& projection,
                                                              Builder& builder);

}  // namespace bouton::elaborate
