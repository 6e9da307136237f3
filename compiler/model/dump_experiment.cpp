#include "compiler/model/dump_parts.h"

namespace bouton::model {

namespace {

void dump_items(const Circuit& circuit, const Place& place, Outline& outline) {
  dump_documentation(circuit.documentation, outline);
  dump_predefined(circuit.timestep, place, outline);
  dump_parameters(circuit.parameters, place, outline);
  dump_body(circuit.body, place, outline);
}

void dump_items(const Experiment& experiment, const Place& place, Outline& outline) {
  dump_documentation(experiment.documentation, outline);
  if (experiment.timestep_value)
    outline.line("timestep " + dump_expr(*experiment.timestep_value, place));
  dump_predefined(experiment.timestep, place, outline);
  dump_predefined(experiment.elapsed, place, outline);
  dump_parameters(experiment.parameters, place, outline);
  dump_body(experiment.body, place, outline);
}

}  // namespace

void dump_circuit(const Circuit& circuit, const Program& program, Outline& outline) {
  outline.line("circuit " + circuit.name);
  outline.nested([&] { dump_items(circuit, {program, circuit.scope, &circuit.body}, outline); });
}

void dump_experiment(const Experiment& experiment, const Program& program, Outline& outline) {
  outline.line(experiment.is_verify ? "verify " + quoted(experiment.name)
                                    : "experiment " + experiment.name);
  outline.nested(
      [&] { dump_items(experiment, {program, experiment.scope, &experiment.body}, outline); });
}

void dump_sweep(const Sweep& sweep, const Program& program, Outline& outline) {
  const Experiment& experiment = program.experiments[sweep.experiment];
  const Place place{program, sweep.scope};
  outline.line("sweep " + sweep.name + " of " + experiment.name);
  outline.nested([&] {
    dump_documentation(sweep.documentation, outline);
    for (const SweepAxis& axis : sweep.axes)
      outline.line(experiment.scope[axis.parameter].name + " in " + dump_expr(axis.values, place));
    if (sweep.seeds) outline.line("seeds " + dump_expr(*sweep.seeds, place));
  });
}

}  // namespace bouton::model
