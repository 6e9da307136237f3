// x(k+1) from x+(k): of one state, and of all states of a rule.
#pragma once

#include "compiler/lower/rule.h"

namespace bouton::lower {

// `x' = f` of a neuron or rule.
struct Equation {
  const model::Expr& derivative;
  model::SymbolId state;
  const model::Scope& scope;
  model::Solver solver;
};

// Euler's method; a pure decay is exact unless `solve with` says otherwise.
[[nodiscard]] Value next_value(const Equation& equation, plan::ValueId now, const Names& names,
                               Emitter& emit);
[[nodiscard]] std::string method_of(const Equation& equation);

// All equations of a rule's states, at once, where the rule learns. Nothing if it has none.
[[nodiscard]] std::optional<plan::Item> integrate_rule(Lowering& lowering, const RuleAt& at);

}  // namespace bouton::lower
