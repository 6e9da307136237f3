// How generated code reports what went wrong: it fills the arena's StatusSlot and leaves its
// function.
#pragma once

#include "compiler/codegen/access.h"

namespace bouton::codegen {

// Leaves the function where an active element of the position does not hold `condition`, with the
// first such element and its number.
void emit_require(Emission& e, const Position& position, const plan::Kernel& kernel,
                  const plan::Op& op, llvm::Value* condition, llvm::Value* number);

}  // namespace bouton::codegen
