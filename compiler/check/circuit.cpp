#include "compiler/check/circuit.h"

#include "compiler/check/read_body.h"

namespace bouton::check {

CheckedCircuit check_circuit(const ast::Circuit& syntax, const Interfaces& interfaces,
                             diagnostics::Diagnostics& diagnostics, const model::Program& program) {
  const ByName<CircuitInterface> no_circuits;
  ReadBody read = read_body({syntax.name, &syntax.parameters, syntax.body, BodyKind::Circuit},
                            interfaces, no_circuits, diagnostics, program);
  CheckedCircuit result;
  result.circuit.name = syntax.name.text;
  result.circuit.span = syntax.name.span;
  result.circuit.scope = std::move(read.scope);
  result.circuit.parameters = std::move(read.parameters);
  result.circuit.body = std::move(read.body);
  result.circuit.timestep = read.timestep;
  result.interface.name = syntax.name.text;
  result.interface.span = syntax.name.span;
  result.interface.parameters = std::move(read.interface);
  result.interface.network = std::move(read.network);
  return result;
}

}  // namespace bouton::check
