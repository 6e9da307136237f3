#include "compiler/codegen/module.h"

#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Verifier.h>
#include <llvm/MC/MCSubtargetInfo.h>
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

void emit_unit(Emission& e, const Unit& unit) {
  if (unit.schedule) return emit_advance(e, *unit.schedule);
  for (const plan::KernelId kernel : image::kernels_outside_of_schedules(e.plan))
    emit_kernel_function(e, kernel);
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

std::vector<Unit> units_of(const plan::Plan& plan) {
  std::vector<Unit> units;
  for (const plan::ScheduleId schedule : plan.schedules.ids()) units.push_back({schedule});
  if (!image::kernels_outside_of_schedules(plan).empty()) units.push_back({std::nullopt});
  return units;
}

Module create_module(const std::string& name, llvm::LLVMContext& context,
                     const llvm::TargetMachine& machine) {
  auto module = std::make_unique<llvm::Module>(name, context);
  module->setDataLayout(machine.createDataLayout());
  module->setTargetTriple(machine.getTargetTriple().str());
  return module;
}

std::variant<Module, Failure> emit_module(const plan::Plan& plan, const Options& options,
                                          std::span<const Unit> units, llvm::LLVMContext& context,
                                          const llvm::TargetMachine& machine) {
  if (const auto reason = why_unsupported(plan)) return Failure{*reason};
  Module module = create_module("bouton", context, machine);
  Emission emission(plan, options, *module);
  emission.has_fma = machine.getMCSubtargetInfo()->checkFeatures("+fma");
  for (const Unit& unit : units) emit_unit(emission, unit);
  const std::string reason = verification_error(*module);
  if (!reason.empty()) return Failure{"invalid code: " + reason};
  return module;
}

std::optional<Failure> finish_module(llvm::Module& module, const Options& options,
                                     llvm::TargetMachine& machine) {
  std::string reason;
  if (!link_library(module, reason)) return Failure{reason};
  set_target_attributes(module, machine, options.features ? tuned_cpu(options) : "");
  optimise(module, machine, options.optimisation_level);
  return std::nullopt;
}

std::variant<Module, Failure> build_module(const plan::Plan& plan, const Options& options,
                                           llvm::LLVMContext& context,
                                           llvm::TargetMachine& machine) {
  auto emitted = emit_module(plan, options, units_of(plan), context, machine);
  if (auto* module = std::get_if<Module>(&emitted))
    if (auto failure = finish_module(**module, options, machine)) return *std::move(failure);
  return emitted;
}

}  // namespace bouton::codegen
