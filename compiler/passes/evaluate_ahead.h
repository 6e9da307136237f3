// Puts what follows from the state alone in front of what events and hazard clocks do.
#pragma once

#include <map>

#include "compiler/passes/kernel_halves.h"
#include "compiler/plan/plan.h"

namespace bouton::passes {

// Kernels are shared by the schedules of several phases, and so are their halves.
using KnownHalves = std::map<plan::KernelId, Halves>;

// For a schedule whose quiet steps can be found: splits the kernels of its first stage that advance
// hazard clocks, moves all that does not look at clocks or events before them, from later stages
// too (what is observed), and sets Schedule::ahead.
void evaluate_ahead(plan::Plan& plan, plan::ScheduleId schedule, KnownHalves& known);

}  // namespace bouton::passes
