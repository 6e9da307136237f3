#include "compiler/codegen/advance.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/codegen/calls_together.h"
#include "compiler/codegen/changed_sum.h"
#include "compiler/codegen/draws_ahead.h"
#include "compiler/codegen/frame_columns.h"
#include "compiler/codegen/kernel.h"
#include "compiler/codegen/moving_average.h"
#include "compiler/codegen/observers.h"
#include "compiler/codegen/pair_group.h"
#include "compiler/codegen/skip.h"
#include "compiler/codegen/tabulate.h"
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
  e.ir.CreateMemCpy(e.arena_at(e.arena_offset_of(id, to)), align,
                    e.arena_at(e.arena_offset_of(id, from)), align,
                    e.ir.CreateMul(e.length(e.plan.columns[id].axes), e.whole(bytes)));
}

void emit_handler(Emission& e, const plan::Handler& handler) {
  const plan::Kernel& body = e.plan.kernels[handler.body];
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
  const auto push = [&](const Position& found) {
    Position position = found;
    position.active = fired_mask(e, position, {history.of, axis});
    e.if_true(e.any(e.both(position.inside, position.active)), [&] {
      const AxisIndex neuron = position.at(axis);
      const Subscripted head{history.head, plan::Version::Current, {neuron}};
      llvm::Value* count = load(e, position, head);
      std::variant<AxisIndex, llvm::Value*> slot = AxisIndex{e.whole(0), false};
      if (depth > 1) slot = e.ir.CreateURem(count, e.splat_whole(depth));
      store(e, position, {history.ring, plan::Version::Current, {neuron, slot}}, e.steps, nullptr);
      store(e, position, head, e.ir.CreateAdd(count, e.splat_whole(1)), nullptr);
    });
  };
  if (e.along_lanes()) return for_each_spike(e, {history.of, axis}, push);
  emit_space(e, {axis}, Position{}, push);
}

// i1: whether one of the columns changed in this step.
llvm::Value* any_changed(Emission& e, const std::set<plan::ColumnId>& columns) {
  llvm::Value* changed = e.ir.getFalse();
  for (const plan::ColumnId column : columns)
    changed = e.ir.CreateOr(changed, e.ir.CreateLoad(e.ir.getInt1Ty(), e.watched.at(column)));
  return changed;
}

// What stands in for kernels of a schedule where that is cheaper.
struct Shortcuts {
  const plan::SkippableKernels skippable;
  std::vector<Tabulation> tables;
  std::map<plan::KernelId, DrawsAhead> draws;
  std::map<plan::KernelId, ChangedSum> sums;
  std::optional<CallsTogether> calls;
};

// Runs the code only if something changed on which it depends.
void emit_if_changed(Emission& e, plan::KernelId kernel, const Shortcuts& shortcuts,
                     const std::function<void()>& code) {
  e.if_true(any_changed(e, shortcuts.skippable.at(kernel)), code);
}

void emit_kernel_item(Emission& e, plan::KernelId id, const plan::Item& item,
                      Shortcuts& shortcuts) {
  const plan::Kernel& kernel = e.plan.kernels[id];
  std::vector<Guard> guards;
  for (const plan::EventId event : item.when) guards.push_back(guard_of(e.plan, kernel, event));
  if (const auto draws = shortcuts.draws.find(id); draws != shortcuts.draws.end())
    return emit_kernel_by(e, kernel, guards,
                          [&](const Position& position) { return draws->second.emit(position); });
  if (shortcuts.calls && shortcuts.calls->makes_calls_of(id))
    return emit_kernel_by(e, kernel, guards, [&](const Position& position) {
      return shortcuts.calls->emit_body_of(id, position);
    });
  if (!shortcuts.skippable.contains(id)) return emit_kernel(e, kernel, guards);
  const auto sum = shortcuts.sums.find(id);
  emit_if_changed(e, id, shortcuts, [&] {
    sum == shortcuts.sums.end() ? emit_kernel(e, kernel, guards) : sum->second.emit();
  });
}

void emit_item(Emission& e, const plan::Item& item, Shortcuts& shortcuts) {
  match(
      item.what, [&](plan::KernelId id) { emit_kernel_item(e, id, item, shortcuts); },
      [](plan::DenseId) { BOUTON_UNREACHABLE("refused before code is generated (supported.h)"); },
      [&](plan::MovingAverageId id) { emit_moving_average(e, e.plan.moving_averages[id]); },
      [&](plan::HandlerId id) { emit_handler(e, e.plan.handlers[id]); },
      [&](plan::ObserverId id) { emit_observer(e, id); },
      [&](const plan::Push& push) { emit_push(e, e.plan.histories[push.history]); });
}

// A kernel that belongs to a table: the table stands for all of them, where the first one stands.
bool emit_tabulated(Emission& e, const plan::Item& item, Shortcuts& shortcuts) {
  const auto* kernel = std::get_if<plan::KernelId>(&item.what);
  if (kernel == nullptr) return false;
  for (Tabulation& table : shortcuts.tables) {
    const auto& kernels = table.group().kernels;
    const auto place = std::ranges::find(kernels, *kernel);
    if (place == kernels.end()) continue;
    if (place == kernels.begin()) emit_if_changed(e, *kernel, shortcuts, [&] { table.emit(); });
    return true;
  }
  return false;
}

// Those items of a stage from `first` on, `count` at most.
void emit_items(Emission& e, const plan::Stage& stage, std::size_t first, std::size_t count,
                Shortcuts& shortcuts) {
  const std::size_t end = std::min(stage.items.size(), first + count);
  for (std::size_t i = first; i < end; ++i) {
    if (const auto group = find_pair_group(e, stage, i); !group.empty()) {
      emit_pair_group(e, group);
      i += group.size() - 1;
    } else if (!emit_tabulated(e, stage.items[i], shortcuts)) {
      emit_item(e, stage.items[i], shortcuts);
    }
  }
}

void emit_commits(Emission& e, const plan::Stage& stage) {
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
  emit_frame_copies(e);
  llvm::Value* clock = e.arena_offset_of(e.plan.circuits[schedule.circuit].clock, Cells::Current);
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
  e.arena = e.table = e.step = e.steps = e.running = e.run_begin = nullptr;
  e.fault_exit = nullptr;
  e.watched.clear();
  e.frame.reset();
  e.due.clear();
  e.end_function();
}

// The body of one `advance`.
class StepLoop {
 public:
  StepLoop(Emission& e, const plan::Schedule& schedule)
      : e_(e),
        schedule_(schedule),
        pace_(pace_of(e, schedule)),
        shortcuts_{find_skippable_kernels(e.plan, schedule), {}, {}, {}, {}},
        until_(e.function->getArg(3)) {}

  void emit() {
    llvm::BasicBlock* entry = block(e_, "entry");
    llvm::BasicBlock* head = block(e_, "step");
    leave_ = block(e_, "leave");
    e_.fault_exit = block(e_, "failed");
    e_.ir.SetInsertPoint(entry);
    begin_frame(e_);
    llvm::Value* first = begin();
    llvm::AllocaInst* clock = e_.local(first->getType(), first, "k");
    e_.ir.CreateBr(head);

    e_.ir.SetInsertPoint(head);
    llvm::Value* next = emit_step(clock);
    e_.ir.CreateStore(next, clock);
    e_.ir.CreateBr(head);

    e_.ir.SetInsertPoint(leave_);
    end(e_.ir.CreateLoad(first->getType(), clock));
    e_.ir.SetInsertPoint(e_.fault_exit);
    const auto failed_at = static_cast<std::int64_t>(offsetof(runtime::StatusSlot, step));
    emit_return(
        e_, schedule_,
        e_.ir.CreateLoad(e_.ir.getInt64Ty(), e_.arena_at(e_.layout.status_offset + failed_at)));
  }

 private:
  [[nodiscard]] bool by_lane() const { return pace_ == Pace::LeapsByLane; }

  // What stands before the loop; the clock's first value.
  llvm::Value* begin() {
    e_.run_begin = e_.function->getArg(4);
    for (const auto& [kernel, columns] : shortcuts_.skippable)
      for (const plan::ColumnId column : columns)
        if (!e_.watched.contains(column))
          e_.watched[column] = e_.local(e_.ir.getInt1Ty(), nullptr, "changed");
    set_watched(e_, true);
    if (pace_ != Pace::EveryStep) leap_.emplace(e_, schedule_, until_);
    llvm::Value* first = e_.function->getArg(2);
    llvm::Value* steps = e_.ir.CreateSub(until_, first);
    for (const auto& group : find_tabulated_kernels(e_.plan, schedule_, shortcuts_.skippable))
      if (can_tabulate(e_, group)) shortcuts_.tables.emplace_back(e_, group, steps);
    find_draws();
    find_sums();
    if (pace_ == Pace::EveryStep && !e_.along_lanes())
      shortcuts_.calls.emplace(e_, schedule_, shortcuts_.skippable);
    if (!by_lane()) return first;
    for (const plan::ObserverId observer : observers()) begin_by_lane(e_, observer);
    return e_.splat(first);
  }

  void find_draws() {
    for (const plan::Stage& stage : schedule_.stages)
      for (const plan::Item& item : stage.items) {
        const auto* kernel = std::get_if<plan::KernelId>(&item.what);
        if (kernel == nullptr || item.when.empty()) continue;
        if (auto draws = DrawsAhead::of(e_, e_.plan.kernels[*kernel]))
          shortcuts_.draws.emplace(*kernel, *std::move(draws));
      }
  }

  [[nodiscard]] bool is_tabulated(plan::KernelId kernel) const {
    return std::ranges::any_of(shortcuts_.tables, [&](const Tabulation& table) {
      const auto& kernels = table.group().kernels;
      return std::ranges::find(kernels, kernel) != kernels.end();
    });
  }

  void find_sums() {
    for (const auto& [id, columns] : shortcuts_.skippable) {
      if (is_tabulated(id)) continue;
      const auto found = find_changed_sum(e_.plan, schedule_, shortcuts_.skippable, id);
      if (!found) continue;
      if (auto sum = ChangedSum::of(e_, e_.plan.kernels[id], *found))
        shortcuts_.sums.emplace(id, *std::move(sum));
    }
  }

  // i1: whether the run goes on.
  llvm::Value* set_clock(llvm::Value* clock) {
    if (by_lane()) {
      e_.set_steps_by_lane(clock, until_);
      return e_.any(e_.running);
    }
    e_.set_step(clock);
    return e_.ir.CreateICmpSLT(clock, until_);
  }

  void leave_unless(llvm::Value* goes_on) {
    llvm::BasicBlock* on = block(e_, "on");
    e_.ir.CreateCondBr(goes_on, on, leave_);
    e_.ir.SetInsertPoint(on);
  }

  // The clock of the next iteration.
  llvm::Value* emit_step(llvm::AllocaInst* clock) {
    const auto read_clock = [&] { return e_.ir.CreateLoad(clock->getAllocatedType(), clock); };
    leave_unless(e_.ir.CreateAnd(set_clock(read_clock()), room_for_spikes(e_, schedule_)));
    if (leap_) {
      if (schedule_.ahead > 0)
        emit_items(e_, schedule_.stages.front(), 0, schedule_.ahead, shortcuts_);
      e_.ir.CreateStore(leap_->emit(), clock);
      leave_unless(set_clock(read_clock()));
    }
    if (shortcuts_.calls) shortcuts_.calls->emit();
    std::size_t first = leap_ ? schedule_.ahead : 0;
    for (const plan::Stage& stage : schedule_.stages) {
      emit_items(e_, stage, std::exchange(first, 0), stage.items.size(), shortcuts_);
      emit_commits(e_, stage);
    }
    set_watched(e_, false);
    if (!by_lane()) return e_.ir.CreateNSWAdd(e_.step, e_.whole(1));
    return e_.ir.CreateAdd(e_.steps, e_.ir.CreateZExt(e_.running, e_.steps->getType()));
  }

  void end(llvm::Value* clock) {
    if (!by_lane()) return emit_return(e_, schedule_, clock);
    for (const plan::ObserverId observer : observers()) end_by_lane(e_, observer);
    emit_return(e_, schedule_, until_);
  }

  std::vector<plan::ObserverId> observers() const {
    std::vector<plan::ObserverId> found;
    for (const plan::Stage& stage : schedule_.stages)
      for (const plan::Item& item : stage.items)
        if (const auto* observer = std::get_if<plan::ObserverId>(&item.what))
          found.push_back(*observer);
    return found;
  }

  Emission& e_;
  const plan::Schedule& schedule_;
  Pace pace_;
  Shortcuts shortcuts_;
  llvm::Value* until_;
  llvm::BasicBlock* leave_ = nullptr;
  std::optional<Leap> leap_;
};

}  // namespace

std::string advance_name(plan::ScheduleId schedule) {
  return "advance_" + std::to_string(schedule.value);
}
std::string kernel_name(plan::KernelId kernel) { return "kernel_" + std::to_string(kernel.value); }

void emit_advance(Emission& e, plan::ScheduleId id) {
  begin_function(e, advance_name(id), e.ir.getInt64Ty(), 3);
  StepLoop(e, e.plan.schedules[id]).emit();
  end_function(e);
}

void emit_kernel_function(Emission& e, plan::KernelId id) {
  begin_function(e, kernel_name(id), e.ir.getVoidTy(), 1);
  llvm::BasicBlock* entry = block(e, "entry");
  e.fault_exit = block(e, "leave");
  e.ir.SetInsertPoint(entry);
  e.set_step(e.function->getArg(2));
  emit_kernel(e, e.plan.kernels[id], {});
  e.ir.CreateBr(e.fault_exit);
  e.ir.SetInsertPoint(e.fault_exit);
  e.ir.CreateRetVoid();
  end_function(e);
}

}  // namespace bouton::codegen
