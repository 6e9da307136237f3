#include "compiler/check/components.h"

#include <vector>

#include "compiler/check/function.h"
#include "compiler/check/neuron.h"
#include "compiler/check/rule.h"
#include "compiler/check/synapse.h"
#include "compiler/check/two_passes.h"
#include "compiler/model/builtins.h"

namespace bouton::check {

using diagnostics::Diagnostics;
using diagnostics::Kind;

namespace {

// Gives the checked declaration its id and its name; a second one of that name is reported.
template <typename Checked, typename Table, typename Interface>
void add(Checked checked, Table& table, ByName<Interface>& names, Diagnostics& diagnostics) {
  const std::string name = checked.interface.name;
  if (const Interface* before = find(names, name)) {
    diagnostics.report(Kind::DuplicateName, checked.interface.span, {name})
        .other(before->span, "declared here before");
    return;
  }
  checked.interface.id = table.add(std::move(checked.model));
  names.emplace(name, std::move(checked.interface));
}

// What is wrong inside may have given names a type that nobody meant: uses are not held to it.
void forget_types(auto& interface) {
  for (ParameterInterface& parameter : interface.parameters) parameter.type = unknown_type();
  for (Variable& variable : interface.variables) variable.type = unknown_type();
  if constexpr (requires { interface.weight; }) interface.weight = unknown_type();
  if constexpr (requires { interface.output; }) interface.output = unknown_type();
  if constexpr (requires { interface.fields; })
    for (FieldInterface& field : interface.fields) field.type = unknown_type();
}

template <typename Node>
std::vector<std::pair<const Node*, const ast::Declaration*>> collect(
    std::span<const ast::File> files) {
  std::vector<std::pair<const Node*, const ast::Declaration*>> found;
  for (const ast::File& file : files)
    for (const ast::Declaration& declaration : file.declarations)
      if (const auto* node = std::get_if<Node>(&declaration.node))
        found.emplace_back(node, &declaration);
  return found;
}

void report_shadowed_builtin(const ast::Function& function, Diagnostics& diagnostics) {
  if (!model::find_builtin(function.name.text) && function.name.text != "prev") return;
  diagnostics.report(Kind::DuplicateName, function.name.span, {function.name.text})
      .hint("it is a function of the language");
}

// Stands for a function that could not be read, so that its calls give no further messages.
FunctionInterface placeholder(const ast::Function& function) {
  FunctionInterface seen;
  seen.name = function.name.text;
  seen.span = function.name.span;
  for (const ast::Parameter& parameter : function.parameters)
    seen.parameters.push_back(
        {parameter.name.text, parameter.name.span, {}, unknown_type(), false});
  return seen;
}

void check_functions(std::span<const ast::File> files, model::Program& program,
                     Interfaces& interfaces, Diagnostics& diagnostics) {
  std::vector<const ast::Function*> functions;
  for (const auto& [function, declaration] : collect<ast::Function>(files)) {
    report_shadowed_builtin(*function, diagnostics);
    functions.push_back(function);
  }
  for (const ast::Function* function : sort_functions(functions, diagnostics))
    add(read_twice(interfaces, diagnostics, Place::Function,
                   [&](Context& context) { return check_function(*function, context); }),
        program.functions, interfaces.functions, diagnostics);
  for (const ast::Function* function : functions)
    interfaces.functions.try_emplace(function->name.text, placeholder(*function));
}

void check_component(const ast::Component& component, std::string documentation,
                     model::Program& program, Interfaces& interfaces, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  const auto finish = [&](auto checked, auto& table, auto& names) {
    checked.model.documentation = documentation;
    if (diagnostics.error_count() > errors_before) forget_types(checked.interface);
    add(std::move(checked), table, names, diagnostics);
  };
  switch (component.kind) {
    case ast::ComponentKind::Neuron:
      return finish(read_twice(interfaces, diagnostics, Place::Neuron,
                               [&](Context& context) { return check_neuron(component, context); }),
                    program.neurons, interfaces.neurons);
    case ast::ComponentKind::Synapse:
      return finish(read_twice(interfaces, diagnostics, Place::Synapse,
                               [&](Context& context) { return check_synapse(component, context); }),
                    program.synapses, interfaces.synapses);
    case ast::ComponentKind::Rule:
      return finish(read_twice(interfaces, diagnostics, Place::Rule,
                               [&](Context& context) { return check_rule(component, context); }),
                    program.rules, interfaces.rules);
  }
}

}  // namespace

Interfaces check_components(std::span<const ast::File> files, model::Program& program,
                            Diagnostics& diagnostics) {
  Interfaces interfaces;
  check_functions(files, program, interfaces, diagnostics);
  for (const auto& [component, declaration] : collect<ast::Component>(files))
    check_component(*component, ast::documentation(declaration->trivia), program, interfaces,
                    diagnostics);
  return interfaces;
}

}  // namespace bouton::check
