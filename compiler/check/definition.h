// Looking up the neuron, synapse, rule or circuit that an instantiation names.
#pragma once

#include <string>
#include <vector>

#include "compiler/check/context.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

// Reports an unknown one, with the closest name of the table as a hint.
template <typename Interface>
[[nodiscard]] const Interface* find_definition(const std::string& kind, const ast::Identifier& name,
                                               const ByName<Interface>& table, Context& context) {
  if (const Interface* found = find(table, name.text)) return found;
  std::vector<std::string> known;
  for (const auto& [candidate, ignored] : table) known.push_back(candidate);
  const std::string hint = diagnostics::suggest_hint(name.text, known);
  context.diagnostics.report(diagnostics::Kind::UnknownDefinition, name.span, {kind, name.text})
      .hint(hint.empty() ? "declare it, or import the file that does" : hint);
  return nullptr;
}

}  // namespace bouton::check
