// Statements that name members of families: which ones they mean, before the experiment runs.
//
// `for l in 1 .. L { net.up[l].w = … }` becomes one statement for each l with a number in its
// place; an `if` or a choice between members is decided, so that what is not there is not missed;
// `net.pyr[1 .. 3].bias = 0` becomes three assignments. Indices that depend on results, or on a
// loop that `break`s, counts with `every` or has many turns, stay as they are.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Network::statements. Reports members that are not there, variables that they do not have, and
// assignments to tied weights.
void resolve_statements(Builder& builder);

// The body of a phase in the builder's environment, without `for` and `if`: both must follow from
// the parameters.
[[nodiscard]] model::Body resolve_phase(const model::Body& body, Builder& builder);

}  // namespace bouton::elaborate
