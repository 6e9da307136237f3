#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/TargetParser/Host.h>

#include "compiler/codegen/module.h"

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

}  // namespace

std::unique_ptr<llvm::TargetMachine> create_target_machine(const Options& options,
                                                           std::string& reason) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  const std::string triple = llvm::sys::getProcessTriple();
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple, reason);
  if (target == nullptr) return nullptr;
  llvm::TargetOptions target_options;
  target_options.AllowFPOpFusion = llvm::FPOpFusion::Strict;
  const bool host = options.cpu.empty() || options.cpu == "native";
  const std::string cpu = host ? llvm::sys::getHostCPUName().str() : options.cpu;
  return std::unique_ptr<llvm::TargetMachine>(target->createTargetMachine(
      triple, cpu, host ? host_features() : "", target_options, llvm::Reloc::PIC_, std::nullopt,
      code_level(options.optimisation_level)));
}

}  // namespace bouton::codegen
