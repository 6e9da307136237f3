// Declaring a name: reports one that is taken, and types written as words.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "compiler/ast/component.h"
#include "compiler/check/context.h"

namespace bouton::check {

// Reports a name that is visible already: no name hides another, so the first one keeps its
// meaning.
model::SymbolId declare_name(const ast::Identifier& name, model::SymbolKind kind, Type type,
                             Context& context);

// Stands for a name that was reported to be unknown, so that it is reported once. Its type is
// unknown: whoever meets it says nothing more.
void declare_placeholder(const ast::Identifier& name, Context& context);

// `voltage`, `function`, …; reports an unknown word and gives an unknown type for it.
[[nodiscard]] Type named_type(const ast::Identifier& word, Context& context);

// Parameters of neurons, synapses, rules, functions, circuits and experiments. Defaults are read in
// the order of the text and may use the parameters before them. `rank` is what an untyped parameter
// has: 0 in dynamics, nothing in circuits and experiments.
struct DeclaredParameters {
  std::vector<model::Parameter> model;
  std::vector<ParameterInterface> interface;
};
[[nodiscard]] DeclaredParameters declare_parameters(const std::vector<ast::Parameter>& parameters,
                                                    std::optional<int> rank, Context& context);

// Warns of every name of these kinds that nothing in the declaration reads.
void warn_of_unused(std::span<const model::SymbolKind> kinds, Context& context);

}  // namespace bouton::check
