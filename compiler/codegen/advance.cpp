#include "compiler/codegen/advance.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/codegen/kernel.h"
#include "compiler/codegen/memo.h"
#include "compiler/codegen/moving_average.h"
#include "compiler/codegen/observers.h"
#include "compiler/codegen/pairs.h"
#include "compiler/codegen/skip.h"
#include "compiler/plan/unchanged.h"

namespace bouton::codegen {

namespace {

llvm::BasicBlock* block(Emission& e, const char* name) {
  return llvm::BasicBlock::Create(e.module.getContext(), name, e.function);
}

void copy_column(Emission& e, plan::ColumnId id, Cells to, Cells from) {
  const runtime::ColumnLayout& column = e.layout.columns[id.value];
  const std::int64_t bytes = (column.per_lane ? e.lanes() : 1) * bytes_of(column.type);
  const llvm::MaybeAlign align(64);
  e.ir.CreateMemCpy(e.arena_at(e.begin_of(id, to)), align, e.arena_at(e.begin_of(id, from)), align,
                    e.ir.CreateMul(e.length(e.plan.columns[id].axes), e.whole(bytes)));
}

void emit_handler(Emission& e, const plan::Handler& handler) {
  const plan::Kernel& body = e.plan.kernels[handler.body];
  if (handler.over == plan::Handler::Over::Pairs) return emit_pairs(e, handler);
  if (handler.over == plan::Handler::Over::Self)
    return emit_kernel(e, body, {guard_of(e.plan, body, *handler.on)});
  const auto& dense = std::get<plan::DenseStorage>(e.plan.links[*handler.link].storage);
  const bool outgoing = handler.over == plan::Handler::Over::Outgoing;
  emit_kernel(e, body, {Guard{*handler.on, outgoing ? dense.pre : dense.post}});
}

// ring[element, head mod depth] = k where the event fired, newest last.
void emit_push(Emission& e, const plan::History& history) {
  const plan::AxisId axis = e.plan.events[history.of].axis;
  const std::int64_t depth = image::length_of(e.plan, e.plan.columns[history.ring].axes.back());
  emit_space(e, {axis}, Position{}, [&](const Position& found) {
    Position position = found;
    position.active = fired_mask(e, position, {history.of, axis});
    e.if_true(e.any(e.both(position.inside, position.active)), [&] {
      const AxisIndex neuron = position.at(axis);
      const Subscripted head{history.head, plan::Version::Current, {neuron}};
      llvm::Value* count = load(e, position, head);
      std::variant<AxisIndex, llvm::Value*> slot = AxisIndex{e.whole(0), false};
      if (depth > 1) slot = e.ir.CreateURem(count, e.splat_whole(depth));
      store(e, position, {history.ring, plan::Version::Current, {neuron, slot}}, e.splat(e.step),
            nullptr);
      store(e, position, head, e.ir.CreateAdd(count, e.splat_whole(1)), nullptr);
    });
  });
}

// i1: whether one of the columns changed in this step.
llvm::Value* any_changed(Emission& e, const std::set<plan::ColumnId>& columns) {
  llvm::Value* changed = e.ir.getFalse();
  for (const plan::ColumnId column : columns)
    changed = e.ir.CreateOr(changed, e.ir.CreateLoad(e.ir.getInt1Ty(), e.watched.at(column)));
  return changed;
}

void emit_item(Emission& e, const plan::Item& item) {
  match(
      item.what,
      [&](plan::KernelId id) {
        const plan::Kernel& kernel = e.plan.kernels[id];
        std::vector<Guard> guards;
        for (const plan::EventId event : item.when)
          guards.push_back(guard_of(e.plan, kernel, event));
        emit_kernel(e, kernel, guards);
      },
      [](plan::DenseId) { BOUTON_UNREACHABLE("refused before code is generated (supported.h)"); },
      [&](plan::MovingAverageId id) { emit_moving_average(e, e.plan.moving_averages[id]); },
      [&](plan::HandlerId id) { emit_handler(e, e.plan.handlers[id]); },
      [&](plan::ObserverId id) { emit_observer(e, id); },
      [&](const plan::Push& push) { emit_push(e, e.plan.histories[push.history]); });
}

// Kernels one behind the other that rest while the same columns keep their cells.
struct Resting {
  std::vector<plan::KernelId> kernels;
  std::set<plan::ColumnId> watched;
  std::unique_ptr<Memo> memo;
};
// By the first of each group's kernels.
using RestingGroups = std::map<plan::KernelId, Resting>;

RestingGroups group_resting(const plan::Schedule& schedule,
                            const plan::SkippableKernels& skippable) {
  RestingGroups groups;
  for (const plan::Stage& stage : schedule.stages) {
    Resting* open = nullptr;
    for (const plan::Item& item : stage.items) {
      const auto* id = std::get_if<plan::KernelId>(&item.what);
      const auto found = id != nullptr ? skippable.find(*id) : skippable.end();
      if (found == skippable.end()) {
        open = nullptr;
        continue;
      }
      if (open == nullptr || open->watched != found->second) {
        open = &groups[*id];
        open->watched = found->second;
      }
      open->kernels.push_back(*id);
    }
  }
  return groups;
}

void emit_resting(Emission& e, const Resting& group) {
  const auto emit_kernels = [&] {
    for (const plan::KernelId id : group.kernels) emit_kernel(e, e.plan.kernels[id], {});
  };
  e.if_true(any_changed(e, group.watched),
            [&] { group.memo ? group.memo->emit(emit_kernels) : emit_kernels(); });
}

void emit_stage(Emission& e, const plan::Stage& stage, const plan::SkippableKernels& skippable,
                const RestingGroups& resting) {
  for (const plan::Item& item : stage.items) {
    const auto* id = std::get_if<plan::KernelId>(&item.what);
    if (id == nullptr || !skippable.contains(*id)) {
      emit_item(e, item);
    } else if (const auto group = resting.find(*id); group != resting.end()) {
      emit_resting(e, group->second);
    }
  }
  for (const plan::ColumnId id : stage.commits) {
    if (stage.kind == plan::Stage::Kind::Commit) {
      copy_column(e, id, Cells::Previous, Cells::Current);
    } else {
      copy_column(e, id, Cells::Current, Cells::Next);
    }
  }
}

void set_watched(Emission& e, bool changed) {
  for (const auto& [column, flag] : e.watched) e.ir.CreateStore(e.ir.getInt1(changed), flag);
}

// Sets the circuit's clock and returns the step.
void emit_return(Emission& e, const plan::Schedule& schedule, llvm::Value* step) {
  llvm::Value* clock = e.begin_of(e.plan.circuits[schedule.circuit].clock, Cells::Current);
  for (int lane = 0; lane < e.lanes(); ++lane)
    e.ir.CreateStore(step, e.arena_at(e.ir.CreateAdd(clock, e.whole(std::int64_t{8} * lane))));
  e.ir.CreateRet(step);
}

llvm::Function* begin_function(Emission& e, const std::string& name, llvm::Type* result,
                               int numbers) {
  std::vector<llvm::Type*> parameters = {e.ir.getPtrTy(), e.ir.getPtrTy()};
  for (int i = 0; i < numbers; ++i) parameters.push_back(e.ir.getInt64Ty());
  auto* type = llvm::FunctionType::get(result, parameters, false);
  e.function = llvm::Function::Create(type, llvm::Function::ExternalLinkage, name, e.module);
  e.function->addFnAttr(llvm::Attribute::NoUnwind);
  e.function->addParamAttr(0, llvm::Attribute::NoAlias);
  e.function->addParamAttr(
      0, llvm::Attribute::getWithAlignment(e.module.getContext(), llvm::Align(64)));
  e.function->addParamAttr(1, llvm::Attribute::NoAlias);
  e.function->addParamAttr(1, llvm::Attribute::ReadOnly);
  e.arena = e.function->getArg(0);
  e.table = e.function->getArg(1);
  return e.function;
}

void end_function(Emission& e) {
  e.function = nullptr;
  e.arena = e.table = e.step = e.run_begin = nullptr;
  e.fault_exit = nullptr;
  e.watched.clear();
  e.forget_table();
}

}  // namespace

std::string advance_name(plan::ScheduleId schedule) {
  return "advance_" + std::to_string(schedule.value);
}
std::string kernel_name(plan::KernelId kernel) { return "kernel_" + std::to_string(kernel.value); }

void emit_advance(Emission& e, plan::ScheduleId id) {
  const plan::Schedule& schedule = e.plan.schedules[id];
  begin_function(e, advance_name(id), e.ir.getInt64Ty(), 3);
  llvm::BasicBlock* entry = block(e, "entry");
  llvm::BasicBlock* head = block(e, "step");
  llvm::BasicBlock* stages = block(e, "stages");
  llvm::BasicBlock* leave = block(e, "leave");
  e.fault_exit = block(e, "failed");
  e.ir.SetInsertPoint(entry);
  e.run_begin = e.function->getArg(4);
  const plan::SkippableKernels skippable = find_skippable_kernels(e.plan, schedule);
  for (const auto& [kernel, columns] : skippable)
    for (const plan::ColumnId column : columns)
      if (!e.watched.contains(column))
        e.watched[column] = e.local(e.ir.getInt1Ty(), nullptr, "changed");
  set_watched(e, true);
  RestingGroups resting = group_resting(schedule, skippable);
  for (auto& [first, group] : resting) group.memo = Memo::make(e, group.kernels, group.watched);
  std::optional<Leap> leap;
  if (e.skips && schedule.advance == plan::Schedule::Advance::SkipToNextEvent)
    leap.emplace(e, schedule);
  e.ir.CreateBr(head);

  e.ir.SetInsertPoint(head);
  llvm::PHINode* step = e.ir.CreatePHI(e.ir.getInt64Ty(), 2, "k");
  step->addIncoming(e.function->getArg(2), entry);
  e.step = step;
  llvm::Value* more = e.ir.CreateICmpSLT(step, e.function->getArg(3));
  llvm::Value* goes_on = e.ir.CreateAnd(more, room_for_spikes(e, schedule));
  e.ir.CreateCondBr(goes_on, stages, leave);

  e.ir.SetInsertPoint(stages);
  for (const plan::Stage& stage : schedule.stages) emit_stage(e, stage, skippable, resting);
  set_watched(e, false);
  llvm::Value* next =
      leap ? leap->emit(e.function->getArg(3)) : e.ir.CreateNSWAdd(step, e.whole(1));
  step->addIncoming(next, e.ir.GetInsertBlock());
  e.ir.CreateBr(head);

  e.ir.SetInsertPoint(leave);
  emit_return(e, schedule, step);
  e.ir.SetInsertPoint(e.fault_exit);
  const auto failed_at = static_cast<std::int64_t>(offsetof(runtime::StatusSlot, step));
  emit_return(e, schedule,
              e.ir.CreateLoad(e.ir.getInt64Ty(), e.arena_at(e.layout.status_offset + failed_at)));
  end_function(e);
}

void emit_kernel_function(Emission& e, plan::KernelId id) {
  begin_function(e, kernel_name(id), e.ir.getVoidTy(), 1);
  llvm::BasicBlock* entry = block(e, "entry");
  e.fault_exit = block(e, "leave");
  e.ir.SetInsertPoint(entry);
  e.step = e.function->getArg(2);
  emit_kernel(e, e.plan.kernels[id], {});
  e.ir.CreateBr(e.fault_exit);
  e.ir.SetInsertPoint(e.fault_exit);
  e.ir.CreateRetVoid();
  end_function(e);
}

}  // namespace bouton::codegen
