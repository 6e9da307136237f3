// Pure decays x' = -x/tau: the equations that are solved in closed form, x(k) = x(k0) * factor(k -
// k0).
#pragma once

#include <optional>

#include "compiler/elaborate/arithmetic.h"
#include "compiler/model/dynamics.h"

namespace bouton::elaborate {

// tau of -x/tau or -rate*x (then 1/rate), in any of their spellings; nothing for any other
// equation. tau depends on nothing but parameters.
[[nodiscard]] std::optional<model::Expr> decay_time_constant(const model::Expr& derivative,
                                                             model::SymbolId variable,
                                                             const model::Scope& scope);

// exp(-(steps * timestep)/time_constant), in exactly this order of operations.
[[nodiscard]] double decay_factor(std::int64_t steps, double timestep, double time_constant,
                                  RealArithmetic arithmetic);

}  // namespace bouton::elaborate
