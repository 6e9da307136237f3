// Conditions that are always true or never, as far as that is plain from the text: comparisons of
// constants, and time windows without a point in them (`dt > 0 and dt < 0`).
#pragma once

#include "compiler/check/context.h"

namespace bouton::check {

void warn_of_constant(const model::Expr& condition, Context& context);

}  // namespace bouton::check
