// What runs observe (SEMANTICS 17): spikes of a population, or values that are sampled.
#pragma once

#include "compiler/lower/lowering.h"

namespace bouton::lower {

struct LoweredObservation {
  std::optional<plan::ObserverId> observer;  // nothing where it was refused
  std::vector<plan::Item> compute;           // what is sampled, where it is not stored
};

// `every` and `after` are host expressions in steps.
[[nodiscard]] LoweredObservation lower_observation(Lowering& lowering,
                                                   const model::Observation& observation,
                                                   plan::HostExpr every, plan::HostExpr after);

}  // namespace bouton::lower
