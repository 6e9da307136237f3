#include "compiler/codegen/skip.h"

#include <llvm/IR/Intrinsics.h>

#include <set>

#include "compiler/codegen/kernel.h"
#include "compiler/codegen/observers.h"
#include "compiler/plan/effects.h"

namespace bouton::codegen {

namespace {

// See Note [Patience].
constexpr std::int64_t kCostOfSearch = 6;  // in quiet steps
constexpr std::int64_t kMostSaved = 64;    // that one leap counts for, and the balance holds
constexpr std::int64_t kLongestWait = 64;  // until the next search while it is spent

llvm::Value* read(Emission& e, llvm::AllocaInst* cell) {
  return e.ir.CreateLoad(cell->getAllocatedType(), cell);
}

}  // namespace

Leap::Leap(Emission& e, const plan::Schedule& schedule)
    : e_(e),
      schedule_(schedule),
      balance_(e.local(e.ir.getInt64Ty(), e.whole(kMostSaved), "balance")),
      waiting_(e.local(e.ir.getInt64Ty(), e.whole(0), "waiting")) {}

llvm::Value* Leap::any_event() {
  std::set<plan::EventId> events;
  for (const plan::Stage& stage : schedule_.stages)
    for (const plan::Item& item : stage.items)
      for (const plan::EventId event : plan::effects_of(e_.plan, item).guards) events.insert(event);
  llvm::Value* any = e_.ir.getFalse();
  for (const plan::EventId event : events) any = e_.ir.CreateOr(any, any_fired(e_, event));
  return any;
}

llvm::Value* Leap::next_step(llvm::Value* until) {
  const auto smaller = [&](llvm::Value* a, llvm::Value* b) {
    return e_.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smin, a, b);
  };
  llvm::Value* next = until;
  for (const plan::KernelId id : schedule_.horizon) {
    const plan::Kernel& kernel = e_.plan.kernels[id];
    emit_kernel(e_, kernel, {});
    const plan::ColumnId least = kernel.writes[kernel.reductions.front().into];
    next = smaller(next, e_.element(load(e_, Position{}, {least, plan::Version::Current, {}}), 0));
  }
  return next;
}

void Leap::cross(llvm::Value* next) {
  llvm::Value* elapsed = e_.ir.CreateSub(e_.ir.CreateSub(next, e_.step), e_.whole(1));
  const Inputs inputs{{plan::Input::Elapsed, e_.splat(elapsed)}};
  for (const plan::KernelId id : schedule_.between)
    emit_kernel(e_, e_.plan.kernels[id], {}, inputs);
  for (const plan::Stage& stage : schedule_.stages)
    for (const plan::Item& item : stage.items)
      if (const auto* observer = std::get_if<plan::ObserverId>(&item.what))
        emit_passed_over(e_, *observer, next);
}

void Leap::settle(llvm::Value* saved) {
  const auto within = [&](llvm::Value* value, std::int64_t most) {
    return e_.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smin, value, e_.whole(most));
  };
  llvm::Value* gain = e_.ir.CreateSub(within(saved, kMostSaved), e_.whole(kCostOfSearch));
  llvm::Value* sum = within(e_.ir.CreateAdd(read(e_, balance_), gain), kMostSaved);
  llvm::Value* balance =
      e_.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smax, sum, e_.whole(-kMostSaved));
  e_.ir.CreateStore(balance, balance_);
  llvm::Value* spent = e_.ir.CreateICmpSLT(balance, e_.whole(0));
  e_.ir.CreateStore(e_.ir.CreateSelect(spent, e_.whole(kLongestWait), e_.whole(0)), waiting_);
}

llvm::Value* Leap::emit(llvm::Value* until) {
  llvm::Value* one = e_.whole(1);
  llvm::Value* following = e_.ir.CreateNSWAdd(e_.step, one);
  llvm::AllocaInst* next = e_.local(e_.ir.getInt64Ty(), following, "next");
  e_.if_true(e_.ir.CreateNot(any_event()), [&] {
    llvm::Value* waiting = read(e_, waiting_);
    llvm::Value* tired = e_.ir.CreateICmpSGT(waiting, e_.whole(0));
    e_.if_true(tired, [&] { e_.ir.CreateStore(e_.ir.CreateSub(waiting, one), waiting_); });
    e_.if_true(e_.ir.CreateNot(tired), [&] {
      llvm::Value* found = next_step(until);
      llvm::Value* leaps = e_.ir.CreateICmpSGT(found, following);
      settle(e_.ir.CreateSub(found, following));
      e_.if_true(leaps, [&] {
        e_.ir.CreateStore(found, next);
        cross(found);
      });
    });
  });
  return read(e_, next);
}

}  // namespace bouton::codegen
