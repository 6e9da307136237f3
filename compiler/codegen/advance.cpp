#include "compiler/codegen/advance.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/codegen/frame_columns.h"
#include "compiler/codegen/kernel.h"
#include "compiler/codegen/moving_average.h"
#include "compiler/codegen/observers.h"
#include "compiler/codegen/pair_group.h"
#include "compiler/codegen/shortcuts.h"
#include "compiler/codegen/skip.h"
#include "compiler/plan/query.h"

namespace bouton::codegen {

namespace {

// Of one column, or of all columns that lie beside it: so many cells (i64).
void copy_cells(Emission& e, plan::ColumnId id, Cells to, Cells from, llvm::Value* count) {
  const runtime::ColumnLayout& column = e.layout.columns[id.value];
  const std::int64_t bytes = (column.per_lane ? e.lanes() : 1) * bytes_of(column.type);
  const PackedColumn* packed = e.packed(id);
  const bool begins = packed == nullptr || packed->first == id;
  const std::int64_t alignment = begins ? image::kAlignment : bytes_of(column.type);
  const llvm::MaybeAlign align(static_cast<std::uint64_t>(alignment));
  e.ir.CreateMemCpy(e.arena_at(e.arena_offset_of(id, to)), align,
                    e.arena_at(e.arena_offset_of(id, from)), align,
                    e.ir.CreateMul(count, e.whole(bytes)));
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

void emit_item(Emission& e, const plan::Item& item, Shortcuts& shortcuts) {
  match(
      item.what, [&](plan::KernelId id) { shortcuts.emit(id, item); },
      [](plan::DenseId) { BOUTON_UNREACHABLE("refused before code is generated (supported.h)"); },
      [&](plan::MovingAverageId id) { emit_moving_average(e, e.plan.moving_averages[id]); },
      [&](plan::HandlerId id) { emit_handler(e, e.plan.handlers[id]); },
      [&](plan::ObserverId id) {
        e.no_wider_than(plan::axes_of(e.plan, e.plan.observers[id]), [&] { emit_observer(e, id); });
      },
      [&](const plan::Push& push) {
        const plan::History& history = e.plan.histories[push.history];
        e.no_wider_than({e.plan.events[history.of].axis}, [&] { emit_push(e, history); });
      });
}

// Those items of a stage from `first` on, `count` at most.
void emit_items(Emission& e, const plan::Stage& stage, std::size_t first, std::size_t count,
                Shortcuts& shortcuts) {
  const std::size_t end = std::min(stage.items.size(), first + count);
  for (std::size_t i = first; i < end; ++i) {
    if (const auto group = find_pair_group(e, stage, i); !group.empty()) {
      emit_pair_group(e, group);
      i += group.size() - 1;
    } else {
      emit_item(e, stage.items[i], shortcuts);
    }
  }
}

// Rows of packed columns whole, where all of them are due: vectors that are read in the next step
// could not be put together from cells that were written one by one.
void emit_commits(Emission& e, const plan::Stage& stage) {
  const bool is_commit = stage.kind == plan::Stage::Kind::Commit;
  const Cells to = is_commit ? Cells::Previous : Cells::Current;
  const Cells from = is_commit ? Cells::Current : Cells::Next;
  std::map<plan::ColumnId, std::vector<plan::ColumnId>> rows;  // by their first columns
  for (const plan::ColumnId id : stage.commits) {
    const PackedColumn* packed = e.packed(id);
    rows[packed != nullptr ? packed->first : id].push_back(id);
  }
  for (const auto& [first, columns] : rows) {
    const PackedColumn* packed = e.packed(first);
    if (packed != nullptr && columns.size() == packed->columns) {
      copy_cells(e, first, to, from, e.whole(packed->cells));
    } else {
      for (const plan::ColumnId id : columns)
        copy_cells(e, id, to, from, e.length(e.plan.columns[id].axes));
    }
  }
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
        shortcuts_(e, schedule),
        until_(e.function->getArg(3)) {}

  void emit() {
    llvm::BasicBlock* entry = e_.block("entry");
    llvm::BasicBlock* head = e_.block("step");
    leave_ = e_.block("leave");
    e_.fault_exit = e_.block("failed");
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
    shortcuts_.begin_watching();
    if (pace_ != Pace::EveryStep)
      leap_.emplace(e_, schedule_, until_, [&] { shortcuts_.emit_reciprocals(); });
    llvm::Value* first = e_.function->getArg(2);
    shortcuts_.find(pace_, first, until_);
    if (!by_lane()) return first;
    for (const plan::ObserverId observer : observers()) begin_by_lane(e_, observer);
    return e_.splat(first);
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
    llvm::BasicBlock* on = e_.block("on");
    e_.ir.CreateCondBr(goes_on, on, leave_);
    e_.ir.SetInsertPoint(on);
  }

  // The clock of the next iteration.
  llvm::Value* emit_step(llvm::AllocaInst* clock) {
    const auto read_clock = [&] { return e_.ir.CreateLoad(clock->getAllocatedType(), clock); };
    leave_unless(e_.ir.CreateAnd(set_clock(read_clock()), room_for_spikes(e_, schedule_)));
    shortcuts_.begin_items();
    if (leap_) {
      if (schedule_.ahead > 0)
        emit_items(e_, schedule_.stages.front(), 0, schedule_.ahead, shortcuts_);
      e_.ir.CreateStore(leap_->emit(), clock);
      leave_unless(set_clock(read_clock()));
    }
    shortcuts_.begin_step();
    std::size_t first = leap_ ? schedule_.ahead : 0;
    for (const plan::Stage& stage : schedule_.stages) {
      emit_items(e_, stage, std::exchange(first, 0), stage.items.size(), shortcuts_);
      emit_commits(e_, stage);
    }
    shortcuts_.end_step();
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
  llvm::BasicBlock* entry = e.block("entry");
  e.fault_exit = e.block("leave");
  e.ir.SetInsertPoint(entry);
  e.set_step(e.function->getArg(2));
  emit_kernel(e, e.plan.kernels[id], {});
  e.ir.CreateBr(e.fault_exit);
  e.ir.SetInsertPoint(e.fault_exit);
  e.ir.CreateRetVoid();
  end_function(e);
}

}  // namespace bouton::codegen
