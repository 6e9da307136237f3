// `phase train { learn W; z.bias = 1 }` -> who learns, what is silent, which values hold.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

void add_phase(const model::PhaseDecl& decl, source::Span span, Builder& builder);

}  // namespace bouton::elaborate
