// The part of a plan that the runtime executes itself, in the runtime's own form: statements,
// observers, phases, initial values. Machine code for what runs inside of `run` comes from
// codegen.h.
#pragma once

#include <string>

#include "compiler/plan/plan.h"
#include "runtime/program/program.h"

namespace bouton::image {

// `source_directory` is what the files that the program loads are relative to.
[[nodiscard]] runtime::Program build_program(const plan::Plan& plan, std::string source_directory);

}  // namespace bouton::image
