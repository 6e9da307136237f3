// A plan as one LLVM module, and the machine it is meant for.
#pragma once

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include <memory>
#include <string>
#include <variant>

#include "compiler/codegen/codegen.h"

namespace bouton::codegen {

[[nodiscard]] std::unique_ptr<llvm::TargetMachine> create_target_machine(const Options& options,
                                                                         std::string& reason);

// A file of the target's from a module that is not needed any more.
[[nodiscard]] std::variant<std::string, Failure> assemble(llvm::Module& module,
                                                          llvm::TargetMachine& machine,
                                                          llvm::CodeGenFileType type);

// The processor that code is tuned for, as LLVM names it.
[[nodiscard]] std::string tuned_cpu(const Options& options);

struct EmittedModule {
  std::unique_ptr<llvm::Module> module;
  runtime::ArenaLayout layout;
};
// All schedules of the plan, and the kernels that run outside of them, optimised at the level asked
// for.
[[nodiscard]] std::variant<EmittedModule, Failure> emit_module(const plan::Plan& plan,
                                                               const Options& options,
                                                               llvm::LLVMContext& context,
                                                               llvm::TargetMachine& machine);

}  // namespace bouton::codegen
