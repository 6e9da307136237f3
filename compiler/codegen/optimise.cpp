#include "compiler/codegen/optimise.h"

#include <llvm/Passes/PassBuilder.h>

namespace bouton::codegen {

namespace {

llvm::OptimizationLevel level_of(int level) {
  switch (level) {
    case 0:
      return llvm::OptimizationLevel::O0;
    case 1:
      return llvm::OptimizationLevel::O1;
    case 2:
      return llvm::OptimizationLevel::O2;
    default:
      return llvm::OptimizationLevel::O3;
  }
}

}  // namespace

void optimise(llvm::Module& module, llvm::TargetMachine& machine, int level) {
  llvm::PipelineTuningOptions tuning;
  tuning.LoopVectorization = false;  // vectors are emitted, see emission.h
  tuning.SLPVectorization = false;
  llvm::PassBuilder builder(&machine, tuning);
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  const llvm::OptimizationLevel wanted = level_of(level);
  auto passes = level == 0 ? builder.buildO0DefaultPipeline(wanted)
                           : builder.buildPerModuleDefaultPipeline(wanted);
  passes.run(module, modules);
}

}  // namespace bouton::codegen
