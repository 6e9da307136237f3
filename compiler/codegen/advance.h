// One schedule as a function: the loop over steps with all stages in it.
#pragma once

#include <string>

#include "compiler/codegen/emission.h"

namespace bouton::codegen {

// Names under which the functions are found in the compiled module.
[[nodiscard]] std::string advance_name(plan::ScheduleId schedule);
[[nodiscard]] std::string kernel_name(plan::KernelId kernel);

void emit_advance(Emission& e, plan::ScheduleId schedule);
// A kernel that runs outside of the step loop.
void emit_kernel_function(Emission& e, plan::KernelId kernel);

}  // namespace bouton::codegen
