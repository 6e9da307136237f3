// How generated code reports what went wrong: it fills the arena's StatusSlot and leaves its
// function.
#pragma once

#include "compiler/codegen/access.h"

namespace bouton::codegen {

// Leaves the function where an active element of the position does not hold `condition`.
void emit_require(Emission& e, const Position& position, const plan::Op& op,
                  llvm::Value* condition);

}  // namespace bouton::codegen
