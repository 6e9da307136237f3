// Lets every schedule whose quiet steps can be leapt over do so: see Note [Quiet steps] in
// compiler/plan/quiet.h. Sorts their items (evaluate_ahead.h), adds the kernels of `horizon`,
// `reciprocals`, `crossings`, `due` and `between`, and the scratch columns in which kernels leave
// for them what is dear to compute (the gain of a hazard clock, and what a division by it takes).
// Which values the plan holds makes no difference to what it adds, so plans that differ in numbers
// only still do.
#pragma once

#include "compiler/plan/plan.h"

namespace bouton::passes {

void skip_quiet_steps(plan::Plan& plan);

}  // namespace bouton::passes
