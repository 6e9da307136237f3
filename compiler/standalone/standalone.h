// The main program of a built executable: the phases from text to plan on the embedded sources, as
// in the tool, and then the embedded machine code.
#pragma once

#include "runtime/program/embedded.h"

namespace bouton::standalone {

// Returns the exit code.
[[nodiscard]] int run(const runtime::EmbeddedProgram& embedded, int argument_count,
                      const char* const* arguments);

}  // namespace bouton::standalone
