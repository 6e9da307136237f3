#include <llvm/IR/Constants.h>
#include <llvm/IR/Module.h>

#include <span>
#include <utility>

#include "compiler/codegen/advance.h"
#include "compiler/codegen/codegen.h"
#include "compiler/codegen/kept_object.h"
#include "compiler/codegen/module.h"
#include "compiler/codegen/stopwatch.h"
#include "compiler/image/kernels.h"
#include "runtime/program/embedded.h"

namespace bouton::codegen {

namespace {

// Data of one object file, laid out as the structures of runtime/program/embedded.h.
class DataWriter {
 public:
  explicit DataWriter(llvm::Module& module) : module_(module) {}

  llvm::Constant* whole(std::int64_t value) {
    return llvm::ConstantInt::get(llvm::Type::getInt64Ty(context()),
                                  static_cast<std::uint64_t>(value));
  }
  llvm::Constant* null() { return llvm::ConstantPointerNull::get(pointer()); }
  llvm::Constant* text(const std::string& bytes) {
    return keep(llvm::ConstantDataArray::getString(context(), bytes, true), "");
  }
  llvm::Constant* pointers(std::span<llvm::Constant* const> to) {
    auto* type = llvm::ArrayType::get(pointer(), to.size());
    return keep(llvm::ConstantArray::get(type, {to.data(), to.size()}), "");
  }
  llvm::Constant* structure(std::span<llvm::Constant* const> fields, const std::string& symbol) {
    return keep(llvm::ConstantStruct::getAnon(context(), {fields.data(), fields.size()}), symbol);
  }
  llvm::Constant* elsewhere(const std::string& symbol) {
    return new llvm::GlobalVariable(module_, llvm::Type::getInt8Ty(context()), true,
                                    llvm::GlobalValue::ExternalLinkage, nullptr, symbol);
  }

 private:
  llvm::LLVMContext& context() { return module_.getContext(); }
  llvm::PointerType* pointer() { return llvm::PointerType::get(context(), 0); }

  // Without a symbol it is private to the file.
  llvm::Constant* keep(llvm::Constant* data, const std::string& symbol) {
    const auto linkage =
        symbol.empty() ? llvm::GlobalValue::PrivateLinkage : llvm::GlobalValue::ExternalLinkage;
    auto* variable =
        new llvm::GlobalVariable(module_, data->getType(), true, linkage, data, symbol);
    variable->setAlignment(llvm::Align(16));
    return variable;
  }

  llvm::Module& module_;
};

// The functions become private to the file; the table refers to them.
void list_functions(llvm::Module& module, const plan::Plan& plan, int lanes,
                    const std::string& symbol) {
  DataWriter data(module);
  const auto take = [&](const std::string& name) {
    llvm::Function* function = module.getFunction(name);
    function->setLinkage(llvm::GlobalValue::InternalLinkage);
    return function;
  };
  std::vector<llvm::Constant*> advance;
  for (const plan::ScheduleId id : plan.schedules.ids()) advance.push_back(take(advance_name(id)));
  std::vector<llvm::Constant*> kernels(plan.kernels.size(), data.null());
  for (const plan::KernelId id : image::kernels_outside_of_schedules(plan))
    kernels[id.value] = take(kernel_name(id));
  const auto count = [&](const auto& list) {
    return data.whole(static_cast<std::int64_t>(list.size()));
  };
  llvm::Constant* const fields[] = {data.whole(lanes), data.pointers(advance), count(advance),
                                    data.pointers(kernels), count(kernels)};
  data.structure(fields, symbol);
}

}  // namespace

std::variant<std::string, Failure> compile_object(const plan::Plan& plan, const Options& options,
                                                  const std::string& symbol,
                                                  cache::CodeCache* cache, Costs& costs) {
  const auto created = create_target_machine(options);
  if (const auto* failure = std::get_if<Failure>(&created)) return *failure;
  llvm::TargetMachine& machine = *std::get<TargetMachine>(created);
  llvm::LLVMContext context;
  std::variant<Module, Failure> emitted;
  {
    const Stopwatch measured(costs.emit);
    emitted = emit_module(plan, options, units_of(plan), context, machine);
  }
  if (auto* failure = std::get_if<Failure>(&emitted)) return *failure;
  list_functions(*std::get<Module>(emitted), plan, options.lanes, symbol);
  return object_of(std::get<Module>(std::move(emitted)), options, machine, cache, costs);
}

std::variant<std::string, Failure> compile_description(
    const std::string& description, const std::vector<std::string>& code_symbols) {
  const auto created = create_target_machine({});
  if (const auto* failure = std::get_if<Failure>(&created)) return *failure;
  llvm::TargetMachine& machine = *std::get<TargetMachine>(created);
  llvm::LLVMContext context;
  const Module module = create_module("description", context, machine);
  DataWriter data(*module);
  std::vector<llvm::Constant*> codes;
  for (const std::string& symbol : code_symbols) codes.push_back(data.elsewhere(symbol));
  llvm::Constant* const fields[] = {
      data.text(description), data.whole(static_cast<std::int64_t>(description.size())),
      data.pointers(codes), data.whole(static_cast<std::int64_t>(codes.size()))};
  data.structure(fields, runtime::kEmbeddedProgramName);
  return assemble(*module, machine, llvm::CodeGenFileType::ObjectFile);
}

}  // namespace bouton::codegen
