// `bouton check`: what a correct program asks for and `bouton run` cannot do yet, as notes, so that
// it is known before the run. Experiments that need parameters from outside are left out.
#pragma once

#include "compiler/driver/pipeline.h"

namespace bouton::driver {

void report_what_cannot_run(Session& session, const model::Program& program,
                            const std::string& file);

}  // namespace bouton::driver
