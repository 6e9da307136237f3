// `lowpass(x, tau)` and `highpass(x, tau)` as the value of an algebraic variable: states, whose
// value in a step does not depend on the x of that step (SEMANTICS 19). So x may depend on them.
#pragma once

#include "compiler/model/expr.h"

namespace bouton::model {

// The call; nullptr for any other value, `moving_average` included.
[[nodiscard]] const Call* state_filter(const Expr& value);

}  // namespace bouton::model
