// Moving averages as code (compiler/plan/moving_average.h): constant work per step, and the suffix
// sums of a whole block when it is full.
#pragma once

#include "compiler/codegen/emission.h"

namespace bouton::codegen {

void emit_moving_average(Emission& e, const plan::MovingAverage& average);

}  // namespace bouton::codegen
