#include "compiler/codegen/calls_together.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "compiler/codegen/operations.h"
#include "compiler/codegen/partial_body.h"
#include "compiler/plan/effects.h"
#include "compiler/plan/query.h"

namespace bouton::codegen {

namespace {

using plan::OpCode;

constexpr std::size_t kMostTogether = 8;

// Functions that are worth a vector, by name; empty: no such call.
std::string function_of(const plan::Op& op) {
  if (op.code == OpCode::Word) return "word";
  if (op.code != OpCode::Math) return {};
  return std::get<plan::FunctionAttribute>(op.attribute).name;
}

// Whether a load at the beginning of the step finds what it finds in its kernel, before which
// `written` is.
bool is_there_before(const Emission& e, const plan::Kernel& kernel, const plan::Op& load,
                     const std::set<plan::ColumnId>& written) {
  const auto& access = std::get<plan::AccessAttribute>(load.attribute);
  const auto is_computed = [](const plan::Subscript& at) {
    return std::holds_alternative<plan::ValueId>(at);
  };
  if (std::ranges::any_of(access.at, is_computed)) return false;
  const plan::Read& read = kernel.reads[access.slot];
  if (read.version == plan::Version::PreviousStep) return true;
  const plan::ColumnId column = plan::column_behind(e.plan, read.what);
  return read.version == plan::Version::Current && !written.contains(column) &&
         std::ranges::find(kernel.writes, column) == kernel.writes.end() &&
         e.layout.columns[column.value].next_offset == runtime::kNoOffset;
}

// Which ops of a body can be computed before the step, but for those that ask a function.
OpSet find_early_ops(const Emission& e, const plan::Kernel& kernel,
                     const std::set<plan::ColumnId>& written) {
  OpSet early;
  const auto can_be = [&](const plan::Op& op) {
    if (op.code == OpCode::Load) return is_there_before(e, kernel, op, written);
    if (op.code == OpCode::Step || op.code == OpCode::AxisIndex || op.code == OpCode::Constant)
      return true;
    return is_operation(op.code) && function_of(op).empty();
  };
  for (const plan::Op& op : kernel.body)
    early.push_back(can_be(op) && std::ranges::all_of(op.in, [&](plan::ValueId operand) {
                      return early[operand.value];
                    }));
  return early;
}

// One element, computed in the plan's precision.
bool is_of_one(Emission& e, const plan::Kernel& kernel) {
  if (kernel.link || (kernel.wide && e.plan.precision == plan::Precision::Single)) return false;
  return e.known_length(kernel.space) == 1;
}

Position only_position(Emission& e, const plan::Kernel& kernel) {
  Position position;
  for (const plan::AxisId axis : kernel.space)
    position.axes.emplace_back(axis, AxisIndex{e.whole(0), false});
  return position;
}

}  // namespace

CallsTogether::CallsTogether(Emission& e, const plan::Schedule& schedule,
                             const plan::SkippableKernels& skippable,
                             const std::function<bool(plan::KernelId)>& asks_itself)
    : e_(e) {
  std::set<plan::ColumnId> written;
  for (const plan::Stage& stage : schedule.stages)
    for (const plan::Item& item : stage.items) {
      const auto* kernel = std::get_if<plan::KernelId>(&item.what);
      if (kernel != nullptr && item.when.empty() && !skippable.contains(*kernel) &&
          !asks_itself(*kernel) && is_of_one(e, e.plan.kernels[*kernel]))
        find_calls(*kernel, written);
      for (const plan::WriteEffect& write : plan::effects_of(e.plan, item).writes)
        written.insert(write.column);
    }
  std::erase_if(calls_, [](const auto& calls) { return calls.second.size() < 2; });
  for (const auto& [function, calls] : calls_)
    for (const Call& call : calls) {
      const plan::Kernel& kernel = e.plan.kernels[call.kernel];
      const std::size_t ops = kernel.body.size();
      known_[call.kernel].resize(ops, nullptr);
      OpSet& sources = sources_[call.kernel];
      sources.resize(ops, false);
      for (const plan::ValueId operand : kernel.body[call.op].in)
        add_sources(kernel, operand, sources);
    }
}

void CallsTogether::find_calls(plan::KernelId id, const std::set<plan::ColumnId>& written) {
  const plan::Kernel& kernel = e_.plan.kernels[id];
  const OpSet early = find_early_ops(e_, kernel, written);
  for (std::size_t i = 0; i < kernel.body.size(); ++i) {
    const plan::Op& op = kernel.body[i];
    const std::string function = function_of(op);
    if (!function.empty() &&
        std::ranges::all_of(op.in, [&](plan::ValueId operand) { return early[operand.value]; }))
      calls_[function].push_back({id, i, {}});
  }
}

void CallsTogether::emit() {
  if (calls_.empty()) return;
  e_.with_width(1, [&] { emit_operands(); });
  for (const auto& [function, calls] : calls_)
    for (std::size_t first = 0; first < calls.size(); first += kMostTogether)
      emit_together(std::span(calls).subspan(first, std::min(kMostTogether, calls.size() - first)));
}

void CallsTogether::emit_operands() {
  std::map<plan::KernelId, std::vector<llvm::Value*>> values;
  for (const auto& [id, sources] : sources_) {
    const plan::Kernel& kernel = e_.plan.kernels[id];
    values[id] = emit_ops(e_, kernel, only_position(e_, kernel), {}, sources,
                          std::vector<llvm::Value*>(kernel.body.size(), nullptr));
  }
  for (auto& [function, calls] : calls_)
    for (Call& call : calls) {
      call.operands.clear();
      for (const plan::ValueId operand : e_.plan.kernels[call.kernel].body[call.op].in)
        call.operands.push_back(values[call.kernel][operand.value]);
    }
}

// Elements behind the last call are those of the last call once more.
void CallsTogether::emit_together(std::span<const Call> calls) {
  const auto width = static_cast<int>(std::bit_ceil(calls.size()));
  const auto call_at = [&](int element) -> const Call& {
    return calls[std::min(static_cast<std::size_t>(element), calls.size() - 1)];
  };
  const auto op_of = [&](const Call& call) -> const plan::Op& {
    return e_.plan.kernels[call.kernel].body[call.op];
  };
  llvm::Value* results = nullptr;
  e_.with_width(width, [&] {
    std::vector<llvm::Value*> operands;
    for (std::size_t i = 0; i < calls.front().operands.size(); ++i) {
      llvm::Value* packed =
          llvm::PoisonValue::get(e_.vector_of(calls.front().operands[i]->getType()));
      for (int at = 0; at < width; ++at)
        packed = e_.with_element(packed, call_at(at).operands[i], at);
      operands.push_back(packed);
    }
    std::vector<const plan::Op*> ops;
    for (int at = 0; at < width; ++at) ops.push_back(&op_of(call_at(at)));
    results = emit_operations_together(e_, ops, operands);
    for (std::size_t i = 0; i < calls.size(); ++i)
      known_[calls[i].kernel][calls[i].op] = e_.element(results, static_cast<int>(i));
  });
}

std::vector<llvm::Value*> CallsTogether::emit_body_of(plan::KernelId id, const Position& position) {
  const plan::Kernel& kernel = e_.plan.kernels[id];
  std::vector<llvm::Value*> known = known_.at(id);
  for (llvm::Value*& value : known)
    if (value != nullptr) value = e_.splat(value);
  const OpSet all(known.size(), true);
  return emit_ops(e_, kernel, position, {}, all, std::move(known));
}

}  // namespace bouton::codegen
