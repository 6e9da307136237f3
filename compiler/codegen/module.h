// A plan as one LLVM module, and the machine it is meant for.
#pragma once

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "compiler/codegen/codegen.h"

namespace bouton::codegen {

using TargetMachine = std::unique_ptr<llvm::TargetMachine>;
[[nodiscard]] std::variant<TargetMachine, Failure> create_target_machine(const Options& options);

// A file of the target's from a module that is not needed any more.
[[nodiscard]] std::variant<std::string, Failure> assemble(llvm::Module& module,
                                                          llvm::TargetMachine& machine,
                                                          llvm::CodeGenFileType type);

// The processor that code is tuned for, as LLVM names it.
[[nodiscard]] std::string tuned_cpu(const Options& options);

// What is compiled by itself: a schedule, or, without one, the kernels that run outside of all.
struct Unit {
  std::optional<plan::ScheduleId> schedule;
};
// The schedules in order, then the kernels if there are any.
[[nodiscard]] std::vector<Unit> units_of(const plan::Plan& plan);

using Module = std::unique_ptr<llvm::Module>;

// An empty one.
[[nodiscard]] Module create_module(const std::string& name, llvm::LLVMContext& context,
                                   const llvm::TargetMachine& machine);

// The units as the emitters write them, verified: calls of the library have no bodies yet.
[[nodiscard]] std::variant<Module, Failure> emit_module(const plan::Plan& plan,
                                                        const Options& options,
                                                        std::span<const Unit> units,
                                                        llvm::LLVMContext& context,
                                                        const llvm::TargetMachine& machine);
// Adds the library's bodies and optimises at the level asked for.
[[nodiscard]] std::optional<Failure> finish_module(llvm::Module& module, const Options& options,
                                                   llvm::TargetMachine& machine);
// Both of these, of all units.
[[nodiscard]] std::variant<Module, Failure> build_module(const plan::Plan& plan,
                                                         const Options& options,
                                                         llvm::LLVMContext& context,
                                                         llvm::TargetMachine& machine);

}  // namespace bouton::codegen
