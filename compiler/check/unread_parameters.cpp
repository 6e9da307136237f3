#include "compiler/check/unread_parameters.h"

#include <set>

#include "compiler/check/expr_walk.h"
#include "compiler/check/rule_facts.h"

namespace bouton::check {

namespace {

using ReadNames = std::set<std::string>;

void add_body(const model::Body& body, ReadNames& names) {
  for (const model::Stmt& statement : body) {
    if (const auto* projection = std::get_if<model::ProjectionDecl>(&statement.node))
      names.insert(projection->pre.variable);
    if (const auto* loop = std::get_if<model::For>(&statement.node)) add_body(loop->body, names);
    if (const auto* branch = std::get_if<model::If>(&statement.node)) {
      add_body(branch->when_true, names);
      add_body(branch->when_false, names);
    }
  }
}

void add_rule(const model::Rule& rule, ReadNames& names) {
  const auto look = [&](const model::Expr& part) {
    if (const auto* field = std::get_if<model::PartnerField>(&part.node))
      names.insert(field->field);
  };
  visit_rule(rule, {[&](const model::Expr& expr) { walk(expr, look); },
                    [](const model::HandlerAssign&) {}});
}

}  // namespace

void report_unread_parameters(const Interfaces& interfaces, const model::Program& program,
                              diagnostics::Diagnostics& diagnostics) {
  ReadNames names;
  for (const model::Rule& rule : program.rules) add_rule(rule, names);
  for (const model::Circuit& circuit : program.circuits) add_body(circuit.body, names);
  for (const model::Experiment& experiment : program.experiments) add_body(experiment.body, names);
  for (const auto& [ignored, neuron] : interfaces.neurons)
    for (const std::string& name : neuron.unread_parameters) {
      const Variable* parameter = find_variable(neuron.variables, name);
      if (parameter == nullptr || names.contains(name)) continue;
      diagnostics.report(diagnostics::Kind::UnusedParameter, parameter->span, {name})
          .other(neuron.span, "of this neuron");
    }
}

}  // namespace bouton::check
