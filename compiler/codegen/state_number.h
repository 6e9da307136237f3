// The state of n elements as one number, the first element its most significant bit.
#pragma once

#include "compiler/codegen/kernel.h"

namespace bouton::codegen {

// Of truth values along one axis of at most 63 elements (`what` without subscripts): an i64, or a
// vector of them, one for each lane.
[[nodiscard]] llvm::Value* state_number(Emission& e, const Subscripted& what, plan::AxisId axis);

}  // namespace bouton::codegen
