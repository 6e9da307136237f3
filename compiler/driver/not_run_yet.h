// What a correct program asks for and cannot be done yet.
#pragma once

#include "compiler/driver/pipeline.h"

namespace bouton::driver {

// `bouton check`: as notes, so that it is known before the run. Experiments that need parameters
// from outside are left out.
void report_what_cannot_run(Session& session, const model::Program& program,
                            const std::string& file);

// Where something is not compiled yet, whether the interpreter does it.
void suggest_interpreter(Session& session, const elaborate::Network& network);

}  // namespace bouton::driver
