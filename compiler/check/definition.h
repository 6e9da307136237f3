// Looking up the neuron, synapse, rule or circuit that an instantiation names.
#pragma once

#include <string>
#include <vector>

#include "compiler/check/context.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

// Empty if the standard library has none of that name.
[[nodiscard]] inline std::string hint_of_import(const std::string& kind, const std::string& name,
                                                const Context& context) {
  if (!context.interfaces.find_module) return "";
  const auto module = context.interfaces.find_module(kind, name);
  return module ? "import it: `import " + *module + "`" : "";
}

// Reports an unknown one, with the closest name of the table as a hint.
template <typename Interface>
[[nodiscard]] const Interface* find_definition(const std::string& kind, const ast::Identifier& name,
                                               const ByName<Interface>& table, Context& context) {
  if (const Interface* found = find(table, name.text)) return found;
  std::vector<std::string> known;
  for (const auto& [candidate, ignored] : table) known.push_back(candidate);
  std::string hint = hint_of_import(kind, name.text, context);
  if (hint.empty()) hint = diagnostics::suggest_hint(name.text, known);
  context.diagnostics.report(diagnostics::Kind::UnknownDefinition, name.span, {kind, name.text})
      .hint(hint.empty() ? "declare it, or import the file that does" : hint);
  return nullptr;
}

}  // namespace bouton::check
