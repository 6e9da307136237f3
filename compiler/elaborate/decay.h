// Pure decays x' = -x/tau: the equations that are solved in closed form, x(k) = x(k0) * factor(k -
// k0).
//
// A right-hand side is one if it is a product of x, negated, with factors and divisors that depend
// on nothing but parameters: -x/tau, -k*x, -0.05/ms * x, -a*x/(b*c). Then tau = (product of the
// divisors) / (product of the other factors), each in the order of the text.
#pragma once

#include <optional>

#include "compiler/elaborate/arithmetic.h"
#include "compiler/model/dynamics.h"

namespace bouton::elaborate {

// tau of such an equation; nothing for any other.
[[nodiscard]] std::optional<model::Expr> decay_time_constant(const model::Expr& derivative,
                                                             model::SymbolId variable,
                                                             const model::Scope& scope);

// exp(-(steps * timestep)/time_constant), in exactly this order of operations.
[[nodiscard]] double decay_factor(std::int64_t steps, double timestep, double time_constant,
                                  RealArithmetic arithmetic);

}  // namespace bouton::elaborate
