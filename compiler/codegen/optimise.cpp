#include "compiler/codegen/optimise.h"

#include <llvm/Passes/PassBuilder.h>

#include "compiler/base/check.h"

namespace bouton::codegen {

namespace {

// See Note [The passes].
constexpr const char* kPasses =
    "always-inline,"
    "function("
    "sroa<modify-cfg>,early-cse<memssa>,simplifycfg,instcombine<no-verify-fixpoint>,"
    "loop-mssa(loop-rotate,licm),"
    "loop(indvars,loop-deletion,loop-unroll-full),"
    "sroa<modify-cfg>,gvn,dse,simplifycfg,vector-combine,instcombine<no-verify-fixpoint>)";

// Note [The passes]
//
// Modules are not like those of a C++ compiler: one function, nothing to inline but bodies that are
// optimised already, vectors and loops as they are meant to be. LLVM's own pipelines run the passes
// below several times, and many others that find nothing here; code runs no faster for it
// (bench/README.md has the figures). What is needed: the library's bodies take operands through
// memory (always-inline, sroa), emitters repeat addresses and conditions (early-cse, gvn), loops
// over one axis have all of their addresses inside (licm), loops of few turns go
// (loop-unroll-full), and stores that a later one of the same step hides (dse). Without
// vector-combine, lanes that are taken out of vectors and put back cost 4 % of a sweep.

llvm::ModulePassManager passes_of(llvm::PassBuilder& builder, int level) {
  if (level == 0) return builder.buildO0DefaultPipeline(llvm::OptimizationLevel::O0);
  llvm::ModulePassManager passes;
  const bool known = !builder.parsePassPipeline(passes, kPasses);
  BOUTON_CHECK(known, "LLVM knows the passes");
  return passes;
}

}  // namespace

void optimise(llvm::Module& module, llvm::TargetMachine& machine, int level) {
  llvm::PassBuilder builder(&machine);
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  passes_of(builder, level).run(module, modules);
}

}  // namespace bouton::codegen
