// Circuits, experiments, verify blocks and sweeps of all files. Neurons, synapses, rules and
// functions have been checked before; `program` holds them.
#pragma once

#include <span>

#include "compiler/ast/decl.h"
#include "compiler/check/interfaces.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/model/program.h"

namespace bouton::check {

void check_networks(std::span<const ast::File> files, const Interfaces& interfaces,
                    diagnostics::Diagnostics& diagnostics, model::Program& program);

}  // namespace bouton::check
