// The object file of an emitted module: looked up in the cache, else made and kept there.
#pragma once

#include <llvm/Target/TargetMachine.h>

#include "compiler/codegen/codegen.h"
#include "compiler/codegen/module.h"

namespace bouton::codegen {

// `cache` may be null; what it takes is added to `costs`.
[[nodiscard]] std::variant<std::string, Failure> object_of(Module module, const Options& options,
                                                           llvm::TargetMachine& machine,
                                                           cache::CodeCache* cache, Costs& costs);

}  // namespace bouton::codegen
