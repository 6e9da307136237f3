// The two ends of a projection: populations or parts of them, the input, and the variable that is
// sent. Which member of a family an index means is known only here, so what its neuron lacks is
// reported here too.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Sets pre, post, input and pre_variable; false after an error.
[[nodiscard]] bool set_ends(const model::ProjectionDecl& decl, Projection& projection,
                            Builder& builder);

// What is sent across an axonal delay needs a value before the first step.
void check_sent_variable(const model::ProjectionDecl& decl, const Projection& projection,
                         Builder& builder);

}  // namespace bouton::elaborate
