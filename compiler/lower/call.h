// Calls inside neurons, synapses and rules: functions of the math header, and functions of the
// program, whose bodies take the place of the call (arguments are computed once).
#pragma once

#include "compiler/lower/expression.h"

namespace bouton::lower {

[[nodiscard]] Value lower_call(const model::Call& call, const model::Expr& expr, const Names& names,
                               Emitter& emit);

}  // namespace bouton::lower
