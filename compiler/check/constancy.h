// Values that may not change while a network runs: defaults, refractory periods, bounds, the
// potential of a spike. They may read parameters, `timestep` and literals.
#pragma once

#include <string_view>

#include "compiler/check/context.h"

namespace bouton::check {

// Reports the first thing that changes: a state, an input, a partner's field, … `what` is the place
// in the message: "a default" in "a default must not change during a run".
void require_constant(const model::Expr& expr, std::string_view what, Context& context);

}  // namespace bouton::check
