// A sweep by an executable: all points whose code it contains.
#pragma once

#include "compiler/launch/description.h"
#include "compiler/launch/run_sweep.h"
#include "runtime/program/embedded.h"

namespace bouton::standalone {

// Returns the exit code. A sweep with a point that needs other code is refused before it begins.
[[nodiscard]] int run_sweep(launch::Session& session, const model::Program& program,
                            const runtime::EmbeddedProgram& embedded,
                            const launch::Description& description,
                            const launch::SweepOptions& options);

}  // namespace bouton::standalone
