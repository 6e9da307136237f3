// The time constants of a declaration: parameters and numbers of dimension time by which an
// equation, a filter, a `psp(s)` or the body of an `on pair` divides, alone or as a factor of the
// divisor. Divisors that are sums (`tau_m - tau_s`) may have any sign, and are none.
#pragma once

#include <functional>
#include <set>

#include "compiler/model/dynamics.h"

namespace bouton::elaborate {

// A number or the name of a parameter; `negated`: it stands behind a minus.
using VisitDivisor = std::function<void(const model::Expr& divisor, bool negated)>;
void visit_time_divisors(const model::Neuron& neuron, const VisitDivisor& visit);
void visit_time_divisors(const model::Synapse& synapse, const VisitDivisor& visit);
void visit_time_divisors(const model::Rule& rule, const VisitDivisor& visit);

// The parameters among them, of which every value must be above 0.
[[nodiscard]] std::set<model::SymbolId> time_constants_of(const model::Neuron& neuron);
[[nodiscard]] std::set<model::SymbolId> time_constants_of(const model::Rule& rule);

}  // namespace bouton::elaborate
