// Runs LLVM's passes over a module.
#pragma once

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

namespace bouton::codegen {

// Level 0 … 3: nothing but inlining of library functions, or the passes that these modules need
// (levels 1 to 3 differ in how instructions are chosen). Results never depend on the level.
void optimise(llvm::Module& module, llvm::TargetMachine& machine, int level);

}  // namespace bouton::codegen
