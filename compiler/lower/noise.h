// Stage Draw: what the noises of a neuron are worth in this step (SEMANTICS 20). Spikes draw where
// they are tested.
#pragma once

#include "compiler/lower/lowering.h"

namespace bouton::lower {

[[nodiscard]] std::vector<plan::Item> lower_draws(Lowering& lowering);

}  // namespace bouton::lower
