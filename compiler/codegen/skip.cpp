#include "compiler/codegen/skip.h"

#include <llvm/IR/Intrinsics.h>

#include <limits>
#include <map>
#include <utility>

#include "compiler/base/check.h"
#include "compiler/codegen/kernel.h"
#include "compiler/codegen/observers.h"
#include "compiler/plan/effects.h"
#include "compiler/plan/quiet.h"

namespace bouton::codegen {

namespace {

constexpr std::int64_t kSmallSteps = 16;  // see Note [Small steps]
// See Note [Patience].
constexpr std::int64_t kCostOfSearch = 2;  // in quiet steps
constexpr std::int64_t kCostOfSearchInLanes = 1;
constexpr std::int64_t kMostSaved = 64;    // the balance holds, and a leap of one lane counts for
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

Leap::Leap(Emission& e, const plan::Schedule& schedule, llvm::Value* until,
           std::function<void()> emit_reciprocals)
    : e_(e),
      schedule_(schedule),
      until_(until),
      emit_reciprocals_(std::move(emit_reciprocals)),
      balance_(e.local(e.ir.getInt64Ty(), e.whole(kMostSaved), "balance")),
      waiting_(e.local(e.ir.getInt64Ty(), e.whole(0), "waiting")),
      was_far_(e.local(e.ir.getInt1Ty(), e.ir.getFalse(), "far")) {}

llvm::Value* Leap::now() { return by_lane() ? e_.steps : e_.step; }

llvm::Value* Leap::smaller(llvm::Value* a, llvm::Value* b) {
  return e_.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smin, a, b);
}

// The least of what the kernels reduce to, and `most`; of the clock or of each lane. Kernels over
// the same space are compared element by element first, so that there is one way through a vector
// for all of them.
llvm::Value* Leap::least_of(const std::vector<plan::KernelId>& kernels, llvm::Value* most) {
  std::map<std::vector<plan::AxisId>, std::vector<plan::KernelId>> by_space;
  for (const plan::KernelId id : kernels) by_space[e_.plan.kernels[id].space].push_back(id);
  for (const auto& [space, of_space] : by_space) most = smaller(most, least_over(space, of_space));
  return most;
}

llvm::Value* Leap::least_over(const std::vector<plan::AxisId>& space,
                              const std::vector<plan::KernelId>& kernels) {
  llvm::Value* never = e_.splat_whole(std::numeric_limits<std::int64_t>::max());
  llvm::AllocaInst* least = e_.local(never->getType(), never, "least");
  emit_space(e_, space, Position{}, [&](const Position& position) {
    for (const plan::KernelId id : kernels) {
      const plan::Kernel& kernel = e_.plan.kernels[id];
      const plan::Reduction& reduction = kernel.reductions.front();
      BOUTON_CHECK(reduction.order == plan::Order::Minimum && !reduction.where,
                   "kernels of leaps say when something happens next");
      llvm::Value* at = emit_body(e_, kernel, position, {})[reduction.value.value];
      if (position.inside != nullptr) at = e_.ir.CreateSelect(position.inside, at, never);
      e_.ir.CreateStore(smaller(read(e_, least), at), least);
    }
  });
  llvm::Value* found = read(e_, least);
  return by_lane() || e_.width() == 1 ? found : e_.ir.CreateIntMinReduce(found, true);
}

// The step before the next flip or that of the next crossing: this one at least, `last` at most.
llvm::Value* Leap::next_step(llvm::Value* last, const std::vector<plan::KernelId>& flips) {
  emit_reciprocals_();
  std::vector<plan::KernelId> kernels = flips;
  kernels.insert(kernels.end(), schedule_.crossings.begin(), schedule_.crossings.end());
  llvm::Value* found = least_of(kernels, last);
  return e_.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smax, found, now());
}

// i1: whether a clock is due in this step.
llvm::Value* Leap::is_due() {
  llvm::Value* due = e_.ir.getFalse();
  for (const plan::KernelId id : schedule_.due) {
    const plan::Kernel& kernel = e_.plan.kernels[id];
    emit_kernel(e_, kernel, {}, {{plan::Input::Elapsed, e_.splat_whole(1)}});
    const plan::ColumnId column = kernel.writes[kernel.reductions.front().into];
    llvm::Value* found = load(e_, Position{}, {column, plan::Version::Current, {}});
    due = e_.ir.CreateOr(due, e_.element(found, 0));
  }
  return due;
}

// Clocks gain what they do in so many quiet steps.
void Leap::let_clocks_gain(llvm::Value* steps) {
  const Inputs inputs{{plan::Input::Elapsed, by_lane() ? steps : e_.splat(steps)}};
  for (const plan::KernelId id : schedule_.between)
    emit_kernel(e_, e_.plan.kernels[id], {}, inputs);
}

// What else there is to do for quiet steps before `next`.
void Leap::pass_over(llvm::Value* next) {
  clear_events(next);
  for (const plan::Stage& stage : schedule_.stages)
    for (const plan::Item& item : stage.items)
      if (const auto* observer = std::get_if<plan::ObserverId>(&item.what))
        emit_passed_over(e_, *observer, next);
}

// The steps before `last` are quiet but for crossings. Returns the step at which clocks stand then:
// `last`, or that of a crossing. See Note [Small steps].
llvm::Value* Leap::go_through_quiet_steps(llvm::Value* last) {
  llvm::Value* first = now();
  llvm::AllocaInst* next = e_.local(e_.ir.getInt64Ty(), first, "next");
  llvm::BasicBlock* far = e_.block("far");
  llvm::BasicBlock* found = e_.block("found");
  llvm::Value* tries = e_.ir.CreateSelect(read(e_, was_far_), e_.whole(0), e_.whole(kSmallSteps));
  go_near(next, smaller(last, e_.ir.CreateAdd(first, tries)), found, far);
  e_.ir.SetInsertPoint(far);
  e_.if_true(e_.ir.CreateICmpSLT(read(e_, next), last), [&] { go_far(next, last); });
  e_.ir.CreateBr(found);
  e_.ir.SetInsertPoint(found);
  llvm::Value* at = read(e_, next);
  llvm::Value* is_far = e_.ir.CreateICmpSGT(e_.ir.CreateSub(at, first), e_.whole(kSmallSteps));
  llvm::Value* has_moved = e_.ir.CreateICmpSGT(last, first);
  e_.ir.CreateStore(e_.ir.CreateSelect(has_moved, is_far, read(e_, was_far_)), was_far_);
  return at;
}

// Goes step by step, counting `next` up, until a clock is due in that step (`found`) or it is `end`
// (`none`).
void Leap::go_near(llvm::AllocaInst* next, llvm::Value* end, llvm::BasicBlock* found,
                   llvm::BasicBlock* none) {
  llvm::BasicBlock* test = e_.block("test");
  llvm::BasicBlock* ask = e_.block("ask");
  llvm::BasicBlock* onward = e_.block("onward");
  e_.ir.CreateBr(test);
  e_.ir.SetInsertPoint(test);
  llvm::Value* at = read(e_, next);
  e_.ir.CreateCondBr(e_.ir.CreateICmpSGE(at, end), none, ask);
  e_.ir.SetInsertPoint(ask);
  e_.ir.CreateCondBr(is_due(), found, onward);
  e_.ir.SetInsertPoint(onward);
  let_clocks_gain(e_.whole(1));
  e_.ir.CreateStore(e_.ir.CreateAdd(at, e_.whole(1)), next);
  e_.ir.CreateBr(test);
}

// All quiet steps that are left, at once.
void Leap::go_far(llvm::AllocaInst* next, llvm::Value* last) {
  llvm::Value* first = now();
  llvm::Value* from = read(e_, next);
  e_.set_step(from);
  llvm::Value* at = next_step(last, {});
  let_clocks_gain(e_.ir.CreateSub(at, from));
  e_.set_step(first);
  e_.ir.CreateStore(at, next);
}

void Leap::settle(llvm::Value* saved) {
  if (!e_.patient) return;
  if (by_lane()) {
    saved = e_.ir.CreateAddReduce(smaller(saved, e_.splat_whole(kMostSaved)));
    saved = e_.ir.CreateSDiv(saved, e_.whole(e_.lanes()));
  }
  const std::int64_t cost = by_lane() ? kCostOfSearchInLanes : kCostOfSearch;
  llvm::Value* sum = e_.ir.CreateSub(e_.ir.CreateAdd(read(e_, balance_), saved), e_.whole(cost));
  llvm::Value* balance = smaller(sum, e_.whole(kMostSaved));
  e_.ir.CreateStore(balance, balance_);
  e_.if_true(e_.ir.CreateICmpSLT(balance, e_.whole(0)), [&] {
    llvm::Value* least = e_.whole(-kMostSaved);
    e_.ir.CreateStore(e_.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smax, balance, least), balance_);
    e_.ir.CreateStore(e_.whole(kLongestWait), waiting_);
  });
}

// The events that unguarded items tell of, in what is executed ahead of a leap or behind it.
std::set<plan::EventId> Leap::events(bool ahead) {
  std::set<plan::EventId> found;
  std::size_t place = 0;
  for (const plan::Stage& stage : schedule_.stages)
    for (const plan::Item& item : stage.items) {
      if ((place++ < schedule_.ahead) != ahead) continue;
      const plan::Effects effects = plan::effects_of(e_.plan, item);
      for (const plan::EventId event : e_.plan.events.ids())
        if (plan::writes(effects, e_.plan.events[event].fired)) found.insert(event);
    }
  return found;
}

// Whether an event that was looked for ahead happens in this step.
llvm::Value* Leap::happens() {
  llvm::Value* found = by_lane() ? e_.splat(e_.ir.getFalse()) : e_.ir.getFalse();
  for (const plan::EventId event : events(true))
    found = e_.ir.CreateOr(found, by_lane() ? fired_by_lane(e_, event) : any_fired(e_, event));
  return found;
}

// No event happens in the steps that are leapt over: whoever looks at one of them sees none.
void Leap::clear_events(llvm::Value* next) {
  llvm::Value* leaps = by_lane() ? e_.ir.CreateICmpSGT(next, now()) : nullptr;
  for (const plan::EventId id : events(false)) {
    const plan::Event& event = e_.plan.events[id];
    emit_space(e_, {event.axis}, Position{}, [&](const Position& position) {
      const Subscripted fired{event.fired, plan::Version::Current, {position.at(event.axis)}};
      store(e_, position, fired, e_.splat(e_.ir.getFalse()), leaps);
    });
  }
}

void Leap::search_by_lane(llvm::AllocaInst* to) {
  llvm::Value* next = next_step(e_.splat(until_), schedule_.horizon);
  llvm::Value* found = e_.ir.CreateSelect(happens(), now(), next);
  found = e_.ir.CreateSelect(e_.running, found, now());
  llvm::Value* quiet = e_.ir.CreateSub(found, now());
  settle(quiet);
  e_.if_true(e_.any(e_.ir.CreateICmpSGT(quiet, e_.splat_whole(0))), [&] {
    e_.ir.CreateStore(found, to);
    let_clocks_gain(quiet);
    pass_over(found);
  });
}

void Leap::search(llvm::AllocaInst* to) {
  if (by_lane()) return search_by_lane(to);
  llvm::Value* last = least_of(schedule_.horizon, until_);
  llvm::Value* found = go_through_quiet_steps(e_.ir.CreateSelect(happens(), now(), last));
  settle(e_.ir.CreateSub(found, now()));
  e_.if_true(e_.ir.CreateICmpSGT(found, now()), [&] {
    e_.ir.CreateStore(found, to);
    pass_over(found);
  });
}

llvm::Value* Leap::emit() {
  llvm::AllocaInst* to = e_.local(now()->getType(), now(), "to");
  llvm::Value* waiting = read(e_, waiting_);
  llvm::Value* tired = e_.ir.CreateICmpSGT(waiting, e_.whole(0));
  e_.if_true(tired, [&] { e_.ir.CreateStore(e_.ir.CreateSub(waiting, e_.whole(1)), waiting_); });
  e_.if_true(e_.ir.CreateNot(tired), [&] { search(to); });
  return read(e_, to);
}

}  // namespace bouton::codegen
