// `projection W: z -> z.I, …` -> a projection between known populations, with its synapse, its
// rules and the delays in steps.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

void add_projection(const model::ProjectionDecl& decl, source::Span span, Builder& builder);

}  // namespace bouton::elaborate
