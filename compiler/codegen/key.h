// The name under which the code of a module is kept.
#pragma once

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include <optional>
#include <string>

#include "compiler/codegen/codegen.h"

namespace bouton::codegen {

// A hash of everything that the object file of an emitted module (module.h) depends on: the module
// itself, the processor and the features that code is made for, the level of optimisation, and this
// very program with its libraries, which has the passes and the library's bodies in it. Nothing if
// this program does not know itself.
[[nodiscard]] std::optional<std::string> key_of(const llvm::Module& module, const Options& options,
                                                const llvm::TargetMachine& machine);

}  // namespace bouton::codegen
