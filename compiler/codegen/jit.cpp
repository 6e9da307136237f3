#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/Support/raw_ostream.h>

#include <utility>

#include "compiler/codegen/codegen.h"
#include "compiler/codegen/module.h"
#include "compiler/codegen/supported.h"
#include "compiler/codegen/units.h"
#include "compiler/image/kernels.h"
#include "compiler/image/layout.h"

namespace bouton::codegen {

namespace {

void call(const std::function<void()>& function) {
  if (function) function();
}

runtime::Result<runtime::AdvanceFunction> advance_of(Units& units, plan::ScheduleId schedule,
                                                     const Making& making) {
  const bool waits = !units.is_made(schedule.value);
  if (waits) call(making.wait_begins);
  const auto& failure = units.make(schedule.value);
  if (waits) call(making.wait_ends);
  if (failure) return runtime::Error{failure->message};
  return units.advance(schedule);
}

// Those that have to be there before anything runs: all, or the last one, of the kernels.
std::optional<Failure> make_first_units(Units& units, const plan::Plan& plan, bool all) {
  if (all) return units.make_all();
  const std::size_t kernels = plan.schedules.size();
  return kernels < units.count() ? units.make(kernels) : std::nullopt;
}

std::variant<std::string, Failure> print(const plan::Plan& plan, const Options& options,
                                         bool assembly) {
  const auto created = create_target_machine(options);
  if (const auto* failure = std::get_if<Failure>(&created)) return *failure;
  llvm::TargetMachine& machine = *std::get<TargetMachine>(created);
  llvm::LLVMContext context;
  auto built = build_module(plan, options, context, machine);
  if (auto* failure = std::get_if<Failure>(&built)) return *failure;
  llvm::Module& module = *std::get<Module>(built);
  if (assembly) return assemble(module, machine, llvm::CodeGenFileType::AssemblyFile);
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream, nullptr);
  return text;
}

}  // namespace

std::variant<NativeCode, Failure> compile(const plan::Plan& plan, const Options& options,
                                          const Making& making) {
  if (const auto unsupported = why_unsupported(plan)) return Failure{*unsupported};
  const auto machine = create_target_machine(options);
  if (const auto* failure = std::get_if<Failure>(&machine)) return *failure;
  auto jit = llvm::orc::LLJITBuilder().create();
  if (!jit) return Failure{llvm::toString(jit.takeError())};
  const auto units = std::make_shared<Units>(plan, options, making, std::move(*jit));
  units->make_in_background();
  if (auto failure = make_first_units(*units, plan, !making.on_first_use))
    return *std::move(failure);
  NativeCode code;
  code.layout = image::build_layout(plan, form_of(options));
  code.advance.resize(plan.schedules.size(), nullptr);
  if (!making.on_first_use)
    for (const plan::ScheduleId id : plan.schedules.ids())
      code.advance[id.value] = units->advance(id);
  code.kernels.resize(plan.kernels.size(), nullptr);
  for (const plan::KernelId id : image::kernels_outside_of_schedules(plan))
    code.kernels[id.value] = units->kernel(id);
  code.advance_of = [units, making](std::uint32_t schedule) {
    return advance_of(*units, plan::ScheduleId{schedule}, making);
  };
  code.costs = [units] { return units->costs(); };
  code.owner = units;
  return code;
}

std::variant<std::string, Failure> print_llvm(const plan::Plan& plan, const Options& options) {
  return print(plan, options, false);
}

std::variant<std::string, Failure> print_assembly(const plan::Plan& plan, const Options& options) {
  return print(plan, options, true);
}

}  // namespace bouton::codegen
