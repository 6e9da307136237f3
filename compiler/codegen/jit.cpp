#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/Support/raw_ostream.h>

#include <chrono>
#include <utility>

#include "compiler/codegen/advance.h"
#include "compiler/codegen/codegen.h"
#include "compiler/codegen/module.h"
#include "compiler/image/kernels.h"

namespace bouton::codegen {

namespace {

using Clock = std::chrono::steady_clock;

struct Compiled {
  std::unique_ptr<llvm::orc::LLJIT> jit;
};

template <typename Function>
Function find(llvm::orc::LLJIT& jit, const std::string& name, std::string& reason) {
  auto symbol = jit.lookup(name);
  if (symbol) return symbol->toPtr<Function>();
  reason = llvm::toString(symbol.takeError());
  return nullptr;
}

std::variant<NativeCode, Failure> load(const plan::Plan& plan, EmittedModule emitted,
                                       std::unique_ptr<llvm::MemoryBuffer> object) {
  auto created = llvm::orc::LLJITBuilder().create();
  if (!created) return Failure{llvm::toString(created.takeError())};
  auto owner = std::make_shared<Compiled>(Compiled{std::move(*created)});
  if (auto error = owner->jit->addObjectFile(std::move(object)))
    return Failure{llvm::toString(std::move(error))};
  NativeCode code;
  std::string reason;
  for (const plan::ScheduleId id : plan.schedules.ids())
    code.advance.push_back(find<runtime::AdvanceFunction>(*owner->jit, advance_name(id), reason));
  code.kernels.resize(plan.kernels.size(), nullptr);
  for (const plan::KernelId id : image::kernels_outside_of_schedules(plan))
    code.kernels[id.value] = find<runtime::KernelFunction>(*owner->jit, kernel_name(id), reason);
  if (!reason.empty()) return Failure{reason};
  code.layout = std::move(emitted.layout);
  code.owner = owner;
  return code;
}

std::variant<std::string, Failure> print(const plan::Plan& plan, const Options& options,
                                         bool assembly) {
  std::string reason;
  const auto machine = create_target_machine(options, reason);
  if (machine == nullptr) return Failure{reason};
  llvm::LLVMContext context;
  auto emitted = emit_module(plan, options, context, *machine);
  if (auto* failure = std::get_if<Failure>(&emitted)) return *failure;
  llvm::Module& module = *std::get<EmittedModule>(emitted).module;
  if (assembly) return assemble(module, *machine, llvm::CodeGenFileType::AssemblyFile);
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream, nullptr);
  return text;
}

}  // namespace

std::variant<NativeCode, Failure> compile(const plan::Plan& plan, const Options& options) {
  const auto begin = Clock::now();
  std::string reason;
  const auto machine = create_target_machine(options, reason);
  if (machine == nullptr) return Failure{reason};
  llvm::LLVMContext context;
  auto emitted = emit_module(plan, options, context, *machine);
  if (auto* failure = std::get_if<Failure>(&emitted)) return *failure;
  auto& module = std::get<EmittedModule>(emitted);
  auto object = assemble(*module.module, *machine, llvm::CodeGenFileType::ObjectFile);
  if (auto* failure = std::get_if<Failure>(&object)) return *failure;
  auto code = load(plan, std::move(module),
                   llvm::MemoryBuffer::getMemBufferCopy(std::get<std::string>(object)));
  if (auto* native = std::get_if<NativeCode>(&code))
    native->compile_seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return code;
}

std::variant<std::string, Failure> print_llvm(const plan::Plan& plan, const Options& options) {
  return print(plan, options, false);
}

std::variant<std::string, Failure> print_assembly(const plan::Plan& plan, const Options& options) {
  return print(plan, options, true);
}

}  // namespace bouton::codegen
