// Takes the declarations out of an experiment's statements. `if` and `for` around declarations are
// expanded while compiling: their conditions and sequences must follow from the parameters. A
// circuit is declared again for each of its instances.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Adds populations, projections and phases to the network in textual order and everything else to
// Network::statements. A loop variable of an expanded `for` becomes a `let` in front of each copy;
// statements of a circuit are transcribed.
void expand_declarations(const model::Body& body, Builder& builder);

}  // namespace bouton::elaborate
