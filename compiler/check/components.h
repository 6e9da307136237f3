// Functions, neurons, synapses and rules of all files: the part of a program that needs no network.
#pragma once

#include <span>

#include "compiler/ast/decl.h"
#include "compiler/check/interfaces.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/model/program.h"

namespace bouton::check {

// Adds them to the program. Of two with one name the first is kept, after a message.
[[nodiscard]] Interfaces check_components(std::span<const ast::File> files, model::Program& program,
                                          diagnostics::Diagnostics& diagnostics);

}  // namespace bouton::check
