// Takes out of a kernel what nothing depends on: ops whose values reach no store, reduction or
// check, and reads that no op makes.
#pragma once

#include "compiler/plan/plan.h"

namespace bouton::passes {

void remove_dead_ops(plan::Kernel& kernel);

}  // namespace bouton::passes
