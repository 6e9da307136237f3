#include "compiler/model/dump.h"

#include <utility>

#include "compiler/model/dump_parts.h"

namespace bouton::model {

namespace {

// The declarations of one kind, a blank line between any two.
template <typename Declarations, typename Dump>
void dump_all(const Declarations& declarations, Dump dump_one, const Program& program,
              Outline& outline) {
  for (const auto& declaration : declarations) {
    if (!outline.empty()) outline.blank_line();
    dump_one(declaration, program, outline);
  }
}

}  // namespace

std::string dump(const Program& program) {
  Outline outline;
  dump_all(program.functions, dump_function, program, outline);
  dump_all(program.neurons, dump_neuron, program, outline);
  dump_all(program.synapses, dump_synapse, program, outline);
  dump_all(program.rules, dump_rule, program, outline);
  dump_all(program.circuits, dump_circuit, program, outline);
  dump_all(program.experiments, dump_experiment, program, outline);
  dump_all(program.sweeps, dump_sweep, program, outline);
  return std::move(outline).take();
}

std::string dump(const Program& program, const Experiment& experiment, const Expr& expr) {
  return dump_expr(expr, {program, experiment.scope, &experiment.body});
}

std::string dump(const Program& program, const Experiment& experiment, const Body& body,
                 std::size_t depth) {
  Outline outline(depth);
  dump_body(body, {program, experiment.scope, &experiment.body}, outline);
  return std::move(outline).take();
}

}  // namespace bouton::model
