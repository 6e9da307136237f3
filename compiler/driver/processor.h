// The processor that code is made for, as `--cpu` names it. Results do not depend on it.
#pragma once

#include <string>

#include "compiler/codegen/codegen.h"

namespace bouton::driver {

// Why code for that processor cannot run on this one; empty if it can.
[[nodiscard]] std::string find_processor_problem(const std::string& cpu);

// For one that can. `native`: all that this processor has.
void aim_at(const std::string& cpu, codegen::Options& options);

}  // namespace bouton::driver
