// The state of n elements as one number.
#pragma once

#include <cstdint>

#include "compiler/codegen/kernel.h"

namespace bouton::codegen {

enum class FirstElement : std::uint8_t { MostSignificant, LeastSignificant };

// Of truth values along one axis of at most 63 elements (`what` without subscripts): an i64, or a
// vector of them, one for each lane.
[[nodiscard]] llvm::Value* state_number(Emission& e, const Subscripted& what, plan::AxisId axis,
                                        FirstElement first);

}  // namespace bouton::codegen
