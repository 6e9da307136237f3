// Projections: their axes, weights and rules' columns. Only dense ones are compiled.
#pragma once

#include "compiler/lower/expression.h"

namespace bouton::lower {

void add_projections(Lowering& lowering);

}  // namespace bouton::lower
