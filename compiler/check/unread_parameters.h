// Parameters of neurons that only others read: `neuron Pixel(rho = 0) { }` makes sense where a
// projection sends `rho` or a rule reads it, and is an error where nothing does.
#pragma once

#include "compiler/check/interfaces.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/model/program.h"

namespace bouton::check {

void report_unread_parameters(const Interfaces& interfaces, const model::Program& program,
                              diagnostics::Diagnostics& diagnostics);

}  // namespace bouton::check
