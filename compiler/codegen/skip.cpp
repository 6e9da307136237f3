#include "compiler/codegen/skip.h"

#include <llvm/IR/Intrinsics.h>

#include <set>

#include "compiler/codegen/kernel.h"
#include "compiler/codegen/observers.h"
#include "compiler/plan/effects.h"
#include "compiler/plan/quiet.h"

namespace bouton::codegen {

namespace {

// See Note [Patience].
constexpr std::int64_t kCostOfSearch = 6;  // in quiet steps
constexpr std::int64_t kCostOfSearchInLanes = 1;
constexpr std::int64_t kMostSaved = 64;    // that one leap counts for, and the balance holds
constexpr std::int64_t kLongestWait = 64;  // until the next search while it is spent

llvm::Value* read(Emission& e, llvm::AllocaInst* cell) {
  return e.ir.CreateLoad(cell->getAllocatedType(), cell);
}

}  // namespace

Pace pace_of(const Emission& e, const plan::Schedule& schedule) {
  if (!e.skips || schedule.advance != plan::Schedule::Advance::SkipToNextEvent)
    return Pace::EveryStep;
  if (!e.along_lanes()) return Pace::Leaps;
  return plan::find_observer_in_order(e.plan, schedule) == nullptr ? Pace::LeapsByLane
                                                                   : Pace::EveryStep;
}

Leap::Leap(Emission& e, const plan::Schedule& schedule, llvm::Value* until)
    : e_(e),
      schedule_(schedule),
      until_(until),
      balance_(e.local(e.ir.getInt64Ty(), e.whole(kMostSaved), "balance")),
      waiting_(e.local(e.ir.getInt64Ty(), e.whole(0), "waiting")) {}

llvm::Value* Leap::of_clock(std::int64_t number) {
  return by_lane() ? e_.splat_whole(number) : e_.whole(number);
}

llvm::Value* Leap::any(llvm::Value* of_clocks) { return by_lane() ? e_.any(of_clocks) : of_clocks; }

// Whether an event happened in this step, to any element.
llvm::Value* Leap::happened() {
  std::set<plan::EventId> events;
  for (const plan::Stage& stage : schedule_.stages)
    for (const plan::Item& item : stage.items)
      for (const plan::EventId event : plan::effects_of(e_.plan, item).guards) events.insert(event);
  llvm::Value* found = by_lane() ? e_.splat(e_.ir.getFalse()) : e_.ir.getFalse();
  for (const plan::EventId event : events)
    found = e_.ir.CreateOr(found, by_lane() ? fired_by_lane(e_, event) : any_fired(e_, event));
  return found;
}

llvm::Value* Leap::next_step() {
  const auto smaller = [&](llvm::Value* a, llvm::Value* b) {
    return e_.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smin, a, b);
  };
  llvm::Value* next = by_lane() ? e_.splat(until_) : until_;
  for (const plan::KernelId id : schedule_.horizon) {
    const plan::Kernel& kernel = e_.plan.kernels[id];
    emit_kernel(e_, kernel, {});
    const plan::ColumnId column = kernel.writes[kernel.reductions.front().into];
    llvm::Value* least = load(e_, Position{}, {column, plan::Version::Current, {}});
    next = smaller(next, by_lane() ? least : e_.element(least, 0));
  }
  return next;
}

void Leap::cross(llvm::Value* next) {
  llvm::Value* now = by_lane() ? e_.steps : e_.step;
  llvm::Value* elapsed = e_.ir.CreateSub(e_.ir.CreateSub(next, now), of_clock(1));
  const Inputs inputs{{plan::Input::Elapsed, by_lane() ? elapsed : e_.splat(elapsed)}};
  for (const plan::KernelId id : schedule_.between)
    emit_kernel(e_, e_.plan.kernels[id], {}, inputs);
  for (const plan::Stage& stage : schedule_.stages)
    for (const plan::Item& item : stage.items)
      if (const auto* observer = std::get_if<plan::ObserverId>(&item.what))
        emit_passed_over(e_, *observer, next);
}

void Leap::settle(llvm::Value* saved) {
  const auto at_most = [&](llvm::Value* value, llvm::Value* most) {
    return e_.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smin, value, most);
  };
  saved = at_most(saved, of_clock(kMostSaved));
  if (by_lane()) saved = e_.ir.CreateSDiv(e_.ir.CreateAddReduce(saved), e_.whole(e_.lanes()));
  llvm::Value* gain =
      e_.ir.CreateSub(saved, e_.whole(by_lane() ? kCostOfSearchInLanes : kCostOfSearch));
  llvm::Value* sum = at_most(e_.ir.CreateAdd(read(e_, balance_), gain), e_.whole(kMostSaved));
  llvm::Value* balance =
      e_.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smax, sum, e_.whole(-kMostSaved));
  e_.ir.CreateStore(balance, balance_);
  if (!e_.patient) return;
  llvm::Value* spent = e_.ir.CreateICmpSLT(balance, e_.whole(0));
  e_.ir.CreateStore(e_.ir.CreateSelect(spent, e_.whole(kLongestWait), e_.whole(0)), waiting_);
}

void Leap::search(llvm::Value* quiet, llvm::Value* following, llvm::AllocaInst* next) {
  llvm::Value* found = e_.ir.CreateSelect(quiet, next_step(), following);
  settle(e_.ir.CreateSub(found, following));
  e_.if_true(any(e_.ir.CreateICmpSGT(found, following)), [&] {
    e_.ir.CreateStore(found, next);
    cross(found);
  });
}

llvm::Value* Leap::emit() {
  llvm::Value* now = by_lane() ? e_.steps : e_.step;
  llvm::Value* following = e_.ir.CreateNSWAdd(now, of_clock(1));
  llvm::Value* quiet = e_.ir.CreateNot(happened());
  if (by_lane()) {
    following = e_.ir.CreateSelect(e_.running, following, now);
    quiet = e_.ir.CreateAnd(quiet, e_.running);
  }
  llvm::AllocaInst* next = e_.local(now->getType(), following, "next");
  e_.if_true(any(quiet), [&] {
    llvm::Value* waiting = read(e_, waiting_);
    llvm::Value* tired = e_.ir.CreateICmpSGT(waiting, e_.whole(0));
    e_.if_true(tired, [&] { e_.ir.CreateStore(e_.ir.CreateSub(waiting, e_.whole(1)), waiting_); });
    e_.if_true(e_.ir.CreateNot(tired), [&] { search(quiet, following, next); });
  });
  return read(e_, next);
}

}  // namespace bouton::codegen
