// Circuits: reusable networks without runs.
#pragma once

#include "compiler/ast/decl.h"
#include "compiler/check/network.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/model/program.h"

namespace bouton::check {

struct CheckedCircuit {
  model::Circuit circuit;
  CircuitInterface interface;  // its id is the caller's
};

[[nodiscard]] CheckedCircuit check_circuit(const ast::Circuit& syntax, const Interfaces& interfaces,
                                           diagnostics::Diagnostics& diagnostics,
                                           const model::Program& program);

}  // namespace bouton::check
