#include "compiler/check/experiment.h"

#include "compiler/check/read_body.h"

namespace bouton::check {

model::Experiment check_experiment(const ExperimentSyntax& syntax, const Interfaces& interfaces,
                                   const ByName<CircuitInterface>& circuits,
                                   diagnostics::Diagnostics& diagnostics,
                                   const model::Program& program) {
  const BodyKind kind = syntax.is_verify ? BodyKind::Verify : BodyKind::Experiment;
  ReadBody read = read_body({syntax.name, syntax.parameters, *syntax.block, kind}, interfaces,
                            circuits, diagnostics, program);
  model::Experiment result;
  result.name = syntax.name.text;
  result.span = syntax.name.span;
  result.is_verify = syntax.is_verify;
  result.scope = std::move(read.scope);
  result.parameters = std::move(read.parameters);
  result.timestep_value = std::move(read.timestep_value);
  result.body = std::move(read.body);
  result.timestep = read.timestep;
  result.elapsed = read.elapsed;
  return result;
}

}  // namespace bouton::check
