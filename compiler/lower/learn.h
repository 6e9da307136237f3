// Plasticity: the handlers of rules in stage Learn, and `bound` and `sign` in stage Constrain.
#pragma once

#include "compiler/lower/lowering.h"

namespace bouton::lower {

// Per synapse: rules in order of their `learning` clauses, items in textual order. Rules of tied
// projections come before all others, since they read w(k) where others write. Each item names its
// rule, so that a run can leave out those that do not learn.
[[nodiscard]] std::vector<plan::Item> lower_learning(Lowering& lowering);

// As long as their rule learns.
[[nodiscard]] std::vector<plan::Item> lower_constraints(Lowering& lowering);

}  // namespace bouton::lower
