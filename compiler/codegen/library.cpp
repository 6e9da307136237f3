#include "compiler/codegen/library.h"

#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/Linker/Linker.h>
#include <llvm/Support/MemoryBuffer.h>

#include <memory>
#include <string>
#include <vector>

#include "compiler/base/check.h"
#include "runtime/bitcode/bitcode.h"

namespace bouton::codegen {

namespace {

// A function that calls another, in which the other's body is inlined: for code that hardly ever
// runs. It saves the registers that it uses, so that whoever calls it needs no other ones for that.
llvm::FunctionCallee far(Emission& e, llvm::FunctionCallee callee) {
  const std::string name = ("far_" + callee.getCallee()->getName()).str();
  if (llvm::Function* known = e.module.getFunction(name)) return known;
  auto* function = llvm::Function::Create(callee.getFunctionType(), llvm::Function::InternalLinkage,
                                          name, e.module);
  function->addFnAttr(llvm::Attribute::NoInline);
  function->addFnAttr(llvm::Attribute::Cold);
  function->addFnAttr(llvm::Attribute::NoUnwind);
  function->setCallingConv(llvm::CallingConv::PreserveAll);
  llvm::IRBuilder<> ir(llvm::BasicBlock::Create(e.module.getContext(), "", function));
  std::vector<llvm::Value*> arguments;
  for (llvm::Argument& argument : function->args()) arguments.push_back(&argument);
  ir.CreateCall(callee, arguments);
  ir.CreateRetVoid();
  return function;
}

// Bodies that came with the library are private to the module and inlined away.
void make_internal(llvm::Function& function) {
  function.setLinkage(llvm::GlobalValue::InternalLinkage);
  function.removeFnAttr(llvm::Attribute::NoInline);
  function.removeFnAttr(llvm::Attribute::OptimizeNone);
  for (const char* baseline :
       {"target-cpu", "target-features", "tune-cpu", "min-legal-vector-width"})
    function.removeFnAttr(baseline);
  function.addFnAttr(llvm::Attribute::AlwaysInline);
}

}  // namespace

llvm::Value* call_library(Emission& e, std::string_view name,
                          std::span<llvm::Value* const> operands, llvm::Type* result) {
  BOUTON_CHECK(!operands.empty(), "library functions take operands");
  llvm::Type* type = result == nullptr ? operands.front()->getType() : e.vector_of(result);
  const std::string symbol = "bouton_" + std::string(name) + "x" + std::to_string(e.width());
  std::vector<llvm::Type*> parameters(operands.size() + 1, e.ir.getPtrTy());
  const auto callee = e.module.getOrInsertFunction(
      symbol, llvm::FunctionType::get(e.ir.getVoidTy(), parameters, false));
  std::vector<llvm::Value*> arguments;
  for (llvm::Value* operand : operands)
    arguments.push_back(e.local(operand->getType(), operand, "in"));
  llvm::AllocaInst* out = e.local(type, nullptr, "out");
  arguments.push_back(out);
  if (e.is_far)
    e.ir.CreateCall(far(e, callee), arguments)->setCallingConv(llvm::CallingConv::PreserveAll);
  else
    e.ir.CreateCall(callee, arguments);
  return e.ir.CreateLoad(type, out);
}

bool link_library(llvm::Module& module, std::string& reason) {
  const auto bytes = runtime::bitcode::function_bitcode();
  const llvm::StringRef text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  // Bodies are read when they are taken: few of them are.
  auto parsed = llvm::getLazyBitcodeModule(llvm::MemoryBufferRef(text, "runtime functions"),
                                           module.getContext());
  if (!parsed) {
    reason = llvm::toString(parsed.takeError());
    return false;
  }
  std::unique_ptr<llvm::Module> library = std::move(*parsed);
  library->setDataLayout(module.getDataLayout());
  library->setTargetTriple(module.getTargetTriple());
  std::vector<std::string> taken;
  for (const llvm::Function& function : *library)
    if (!function.isDeclaration()) taken.push_back(function.getName().str());
  if (llvm::Linker::linkModules(module, std::move(library), llvm::Linker::LinkOnlyNeeded)) {
    reason = "the runtime's bitcode does not link";
    return false;
  }
  for (const std::string& name : taken)
    if (llvm::Function* function = module.getFunction(name);
        function != nullptr && !function->isDeclaration())
      make_internal(*function);
  for (const llvm::Function& function : module)
    if (function.isDeclaration() && !function.isIntrinsic()) {
      reason = "the runtime's bitcode has no " + function.getName().str();
      return false;
    }
  return true;
}

}  // namespace bouton::codegen
