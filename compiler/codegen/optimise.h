// Runs LLVM's passes over a module.
#pragma once

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

namespace bouton::codegen {

// Level 0 … 3. Library functions are inlined at every level. Results never depend on the level.
void optimise(llvm::Module& module, llvm::TargetMachine& machine, int level);

}  // namespace bouton::codegen
