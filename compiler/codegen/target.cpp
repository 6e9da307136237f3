#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/TargetParser/Host.h>

#include "compiler/codegen/module.h"
#include "runtime/program/cpu_features.h"

namespace bouton::codegen {

namespace {

std::string host_features() {
  std::string features;
  for (const auto& feature : llvm::sys::getHostCPUFeatures()) {
    if (!features.empty()) features += ',';
    features += (feature.second ? '+' : '-');
    features += feature.first().str();
  }
  return features;
}

llvm::CodeGenOptLevel code_level(int level) {
  switch (level) {
    case 0:
      return llvm::CodeGenOptLevel::None;
    case 1:
      return llvm::CodeGenOptLevel::Less;
    case 2:
      return llvm::CodeGenOptLevel::Default;
    default:
      return llvm::CodeGenOptLevel::Aggressive;
  }
}

bool is_host(const std::string& cpu) { return cpu.empty() || cpu == "native"; }

Failure no_code() { return {"LLVM has no code for this processor"}; }

std::variant<const llvm::Target*, Failure> find_target() {
  // By one thread: LLVM's registry has no lock.
  static const bool failed =
      llvm::InitializeNativeTarget() || llvm::InitializeNativeTargetAsmPrinter();
  if (failed) return no_code();
  std::string reason;
  const auto* target = llvm::TargetRegistry::lookupTarget(llvm::sys::getProcessTriple(), reason);
  if (target == nullptr) return Failure{reason};
  return target;
}

std::string enabled(const std::vector<std::string>& features) {
  std::string text;
  for (const std::string& feature : features) text += (text.empty() ? "+" : ",+") + feature;
  return text;
}

}  // namespace

std::string tuned_cpu(const Options& options) {
  return is_host(options.cpu) ? llvm::sys::getHostCPUName().str() : options.cpu;
}

std::variant<TargetMachine, Failure> create_target_machine(const Options& options) {
  const auto target = find_target();
  if (const auto* failure = std::get_if<Failure>(&target)) return *failure;
  llvm::TargetOptions target_options;
  target_options.AllowFPOpFusion = llvm::FPOpFusion::Strict;
  const std::string cpu = options.features ? "x86-64" : tuned_cpu(options);
  const std::string features = options.features       ? enabled(*options.features)
                               : is_host(options.cpu) ? host_features()
                                                      : "";
  TargetMachine machine(std::get<const llvm::Target*>(target)->createTargetMachine(
      llvm::sys::getProcessTriple(), cpu, features, target_options, llvm::Reloc::PIC_, std::nullopt,
      code_level(options.optimisation_level)));
  if (machine == nullptr) return no_code();
  return machine;
}

std::variant<std::vector<std::string>, Failure> features_of(const std::string& cpu) {
  if (is_host(cpu)) {
    std::vector<std::string> features;
    for (const std::string_view feature : runtime::known_cpu_features())
      if (runtime::cpu_has(feature)) features.emplace_back(feature);
    return features;
  }
  const auto found = find_target();
  if (const auto* failure = std::get_if<Failure>(&found)) return *failure;
  const auto* target = std::get<const llvm::Target*>(found);
  const std::string triple = llvm::sys::getProcessTriple();
  const std::unique_ptr<llvm::MCSubtargetInfo> baseline(
      target->createMCSubtargetInfo(triple, "x86-64", ""));
  if (!baseline->isCPUStringValid(cpu)) return Failure{"there is no processor `" + cpu + "`"};
  const std::unique_ptr<llvm::MCSubtargetInfo> processor(
      target->createMCSubtargetInfo(triple, cpu, ""));
  std::vector<std::string> features;
  for (const std::string_view feature : runtime::known_cpu_features())
    if (processor->checkFeatures("+" + std::string(feature))) features.emplace_back(feature);
  return features;
}

}  // namespace bouton::codegen
