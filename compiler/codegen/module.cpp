#include "compiler/codegen/module.h"

#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>

#include <set>

#include "compiler/base/match.h"
#include "compiler/codegen/advance.h"
#include "compiler/codegen/library.h"
#include "compiler/codegen/optimise.h"
#include "compiler/codegen/supported.h"
#include "compiler/plan/host_walk.h"

namespace bouton::codegen {

namespace {

void set_target_attributes(llvm::Module& module, const llvm::TargetMachine& machine) {
  for (llvm::Function& function : module) {
    if (function.isDeclaration()) continue;
    function.addFnAttr("target-cpu", machine.getTargetCPU());
    function.addFnAttr("target-features", machine.getTargetFeatureString());
    function.addFnAttr("prefer-vector-width", "512");
  }
}

std::string verification_error(const llvm::Module& module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  return llvm::verifyModule(module, &stream) ? text : "";
}

}  // namespace

std::vector<plan::KernelId> kernels_outside_of_schedules(const plan::Plan& plan) {
  std::set<plan::KernelId> kernels;
  for (const plan::Column& column : plan.columns)
    if (const auto* initial = std::get_if<plan::InitialKernel>(&column.initial))
      kernels.insert(initial->kernel);
  plan::for_each_stmt(plan.host.body, [&](const plan::HostStmt& stmt) {
    if (const auto* reset = std::get_if<plan::HostReset>(&stmt.node))
      kernels.insert(reset->kernels.begin(), reset->kernels.end());
  });
  return {kernels.begin(), kernels.end()};
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
  for (const plan::KernelId kernel : kernels_outside_of_schedules(plan))
    emit_kernel_function(emission, kernel);
  std::string reason = verification_error(*module);
  if (reason.empty() && !link_library(*module, reason)) return Failure{reason};
  if (!reason.empty()) return Failure{"invalid code: " + reason};
  set_target_attributes(*module, machine);
  optimise(*module, machine, options.optimisation_level);
  return EmittedModule{std::move(module), emission.layout};
}

}  // namespace bouton::codegen
