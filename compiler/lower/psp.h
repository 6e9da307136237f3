// Sums over the spikes that arrive through a psp(s): SEMANTICS 9, 10.
#pragma once

#include <vector>

#include "compiler/lower/lowering.h"

namespace bouton::lower {

// What stage 2 computes for a projection whose synapse has a psp; none where psp(s) is 0.
void lower_psp_sum(Lowering& lowering, elaborate::ProjectionId projection,
                   std::vector<plan::Item>& items);

}  // namespace bouton::lower
