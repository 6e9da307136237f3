#include "compiler/codegen/module.h"

#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>

#include "compiler/codegen/advance.h"
#include "compiler/codegen/library.h"
#include "compiler/codegen/optimise.h"
#include "compiler/codegen/supported.h"
#include "compiler/image/kernels.h"

namespace bouton::codegen {

namespace {

void set_target_attributes(llvm::Module& module, const llvm::TargetMachine& machine,
                           const std::string& tuned_for) {
  for (llvm::Function& function : module) {
    if (function.isDeclaration()) continue;
    function.addFnAttr("target-cpu", machine.getTargetCPU());
    function.addFnAttr("target-features", machine.getTargetFeatureString());
    function.addFnAttr("prefer-vector-width", "512");
    if (!tuned_for.empty()) function.addFnAttr("tune-cpu", tuned_for);
  }
}

std::string verification_error(const llvm::Module& module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  return llvm::verifyModule(module, &stream) ? text : "";
}

}  // namespace

std::variant<std::string, Failure> assemble(llvm::Module& module, llvm::TargetMachine& machine,
                                            llvm::CodeGenFileType type) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager passes;
  if (machine.addPassesToEmitFile(passes, stream, nullptr, type))
    return Failure{"no code for this machine"};
  passes.run(module);
  return std::string(bytes.data(), bytes.size());
}

std::variant<EmittedModule, Failure> emit_module(const plan::Plan& plan, const Options& options,
                                                 llvm::LLVMContext& context,
                                                 llvm::TargetMachine& machine) {
  if (const auto reason = why_unsupported(plan)) return Failure{*reason};
  auto module = std::make_unique<llvm::Module>("bouton", context);
  module->setDataLayout(machine.createDataLayout());
  module->setTargetTriple(machine.getTargetTriple().str());
  Emission emission(plan, options, *module);
  for (const plan::ScheduleId schedule : plan.schedules.ids()) emit_advance(emission, schedule);
  for (const plan::KernelId kernel : image::kernels_outside_of_schedules(plan))
    emit_kernel_function(emission, kernel);
  std::string reason = verification_error(*module);
  if (reason.empty() && !link_library(*module, reason)) return Failure{reason};
  if (!reason.empty()) return Failure{"invalid code: " + reason};
  set_target_attributes(*module, machine, options.features ? tuned_cpu(options) : "");
  optimise(*module, machine, options.optimisation_level);
  return EmittedModule{std::move(module), emission.layout};
}

}  // namespace bouton::codegen
