#include "compiler/check/networks.h"

#include <map>

#include "compiler/check/circuit.h"
#include "compiler/check/experiment.h"
#include "compiler/check/sweep.h"
#include "compiler/check/unread_parameters.h"

namespace bouton::check {

namespace {

struct Networks {
  const Interfaces& interfaces;
  diagnostics::Diagnostics& diagnostics;
  model::Program& program;
  ByName<CircuitInterface> circuits;
  std::map<std::string, source::Span> declared;
};

// Circuits, experiments and sweeps have one namespace, so that a command line is never ambiguous.
bool declare_once(const ast::Identifier& name, Networks& networks) {
  const auto [first, fresh] = networks.declared.emplace(name.text, name.span);
  if (!fresh)
    networks.diagnostics.report(diagnostics::Kind::DuplicateName, name.span, {name.text})
        .other(first->second, "declared here before");
  return fresh;
}

template <typename Node, typename Visit>
void for_each(std::span<const ast::File> files, const Visit& visit) {
  for (const ast::File& file : files)
    for (const ast::Declaration& declaration : file.declarations)
      if (const auto* node = std::get_if<Node>(&declaration.node))
        visit(*node, ast::documentation(declaration.trivia));
}

void add_circuit(const ast::Circuit& circuit, std::string documentation, Networks& networks) {
  if (!declare_once(circuit.name, networks)) return;
  CheckedCircuit checked =
      check_circuit(circuit, networks.interfaces, networks.diagnostics, networks.program);
  checked.circuit.documentation = std::move(documentation);
  checked.interface.id = networks.program.circuits.add(std::move(checked.circuit));
  networks.circuits.emplace(circuit.name.text, std::move(checked.interface));
}

void add_experiment(const ExperimentSyntax& syntax, std::string documentation, Networks& networks) {
  model::Experiment experiment = check_experiment(syntax, networks.interfaces, networks.circuits,
                                                  networks.diagnostics, networks.program);
  experiment.documentation = std::move(documentation);
  networks.program.experiments.add(std::move(experiment));
}

}  // namespace

void check_networks(std::span<const ast::File> files, const Interfaces& interfaces,
                    diagnostics::Diagnostics& diagnostics, model::Program& program) {
  Networks networks{interfaces, diagnostics, program, {}, {}};
  for_each<ast::Circuit>(files, [&](const ast::Circuit& circuit, std::string documentation) {
    add_circuit(circuit, std::move(documentation), networks);
  });
  for_each<ast::Experiment>(files, [&](const ast::Experiment& node, std::string documentation) {
    if (declare_once(node.name, networks))
      add_experiment({node.name, &node.parameters, &node.body, false}, std::move(documentation),
                     networks);
  });
  for_each<ast::Verify>(files, [&](const ast::Verify& node, std::string documentation) {
    add_experiment({{node.title, node.title_span}, nullptr, &node.body, true},
                   std::move(documentation), networks);
  });
  for_each<ast::Sweep>(files, [&](const ast::Sweep& sweep, std::string documentation) {
    if (!declare_once(sweep.name, networks)) return;
    auto checked = check_sweep(sweep, interfaces, diagnostics, program);
    if (!checked) return;
    checked->documentation = std::move(documentation);
    program.sweeps.push_back(std::move(*checked));
  });
  // What could not be read is a consequence where there are errors.
  if (!diagnostics.has_errors()) report_unread_parameters(interfaces, program, diagnostics);
}

}  // namespace bouton::check
