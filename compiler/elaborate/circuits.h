// `circuit net: Chain(dims)`: the parameters of an instance, and the clocks of circuits.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// What the body of a circuit is read with, its parameters bound to the arguments of the instance,
// which stand in the builder's environment. Reports arguments without a value.
[[nodiscard]] Environment enter_circuit(const model::CircuitInstance& instance, Builder& builder);

// Circuits that projections or tied weights join run together: gives them one clock.
void join_clocks(Builder& builder);

}  // namespace bouton::elaborate
