#include "compiler/codegen/fired.h"

#include <llvm/IR/Intrinsics.h>

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/codegen/kernel.h"
#include "compiler/plan/query.h"

namespace bouton::codegen {

namespace {

// The lanes in which an event happened to one element at least, and to two.
struct FiredByLane {
  llvm::Value *once, *twice;
};
FiredByLane count_by_lane(Emission& e, plan::EventId event) {
  llvm::Type* mask = e.vector_of(e.ir.getInt1Ty());
  llvm::AllocaInst* once = e.local(mask, llvm::Constant::getNullValue(mask), "once");
  llvm::AllocaInst* twice = e.local(mask, llvm::Constant::getNullValue(mask), "twice");
  const auto add = [&](llvm::AllocaInst* to, llvm::Value* here) {
    e.ir.CreateStore(e.ir.CreateOr(e.ir.CreateLoad(mask, to), here), to);
  };
  const plan::AxisId axis = e.plan.events[event].axis;
  emit_space(e, {axis}, Position{}, [&](const Position& position) {
    llvm::Value* here = fired_mask(e, position, {event, axis});
    add(twice, e.ir.CreateAnd(e.ir.CreateLoad(mask, once), here));
    add(once, here);
  });
  return {e.ir.CreateLoad(mask, once), e.ir.CreateLoad(mask, twice)};
}

// Elements whose truth values, of all lanes, fill a cache line.
std::int64_t elements_per_line(const Emission& e) { return image::kAlignment / e.lanes(); }

// i64: which of the elements from `first` on, a multiple of those in a line, the event happened to
// in any lane. Columns end with lines of their own (Note [Room behind columns]).
llvm::Value* bits_of_line(Emission& e, const plan::Event& event, llvm::Value* first) {
  const auto elements = static_cast<unsigned>(elements_per_line(e));
  auto* line =
      llvm::FixedVectorType::get(e.ir.getIntNTy(8 * static_cast<unsigned>(e.lanes())), elements);
  llvm::Value* offset = e.ir.CreateAdd(e.arena_offset_of(event.fired, Cells::Current),
                                       e.ir.CreateMul(first, e.whole(e.lanes())));
  llvm::Value* cells = e.ir.CreateAlignedLoad(line, e.arena_at(offset), llvm::Align(64));
  llvm::Value* fired = e.ir.CreateICmpNE(cells, llvm::Constant::getNullValue(line));
  llvm::Value* bits =
      e.ir.CreateZExt(e.ir.CreateBitCast(fired, e.ir.getIntNTy(elements)), e.ir.getInt64Ty());
  llvm::Value* left = e.ir.CreateSub(e.length(event.axis), first);
  llvm::Value* whole_line = e.ir.CreateICmpSGE(left, e.whole(elements));
  const auto behind = [&](llvm::Value* count) {
    return e.ir.CreateShl(llvm::Constant::getAllOnesValue(e.ir.getInt64Ty()),
                          e.ir.CreateAnd(count, e.whole(63)));
  };
  return e.ir.CreateSelect(whole_line, bits, e.ir.CreateAnd(bits, e.ir.CreateNot(behind(left))));
}

void for_each_line(Emission& e, const plan::Event& event,
                   const std::function<void(llvm::Value* first, llvm::Value* bits)>& body) {
  e.loop(e.whole(0), e.length(event.axis), elements_per_line(e),
         [&](llvm::Value* first) { body(first, bits_of_line(e, event, first)); });
}

void for_each_spike_of_lanes(Emission& e, const Guard& guard, const AtPosition& at) {
  const plan::Event& event = e.plan.events[guard.event];
  for_each_line(e, event, [&](llvm::Value* first, llvm::Value* bits) {
    e.for_each_bit(bits, [&](llvm::Value* bit) {
      const AxisIndex index{e.ir.CreateAdd(first, bit), false};
      Position position{{{event.axis, index}}, nullptr, nullptr};
      position.axes = {{guard.along, translate(e, position, event.axis, guard.along)}};
      position.active = e.both(e.running, fired_mask(e, position, guard));
      at(position);
    });
  });
}

void for_each_spike_alone(Emission& e, const Guard& guard, const AtPosition& at) {
  emit_space(e, {guard.along}, Position{}, [&](const Position& position) {
    llvm::Value* first = position.at(guard.along).first;
    llvm::Value* mask = e.both(position.inside, fired_mask(e, position, guard));
    e.for_each_bit(e.bits_of(mask), [&](llvm::Value* bit) {
      const AxisIndex index{e.ir.CreateAdd(first, bit), false};
      at(Position{{{guard.along, index}}, nullptr, nullptr});
    });
  });
}

// Whether a guard's axis is the event's own, whole: not that of a projection from a part.
bool is_along_event(Emission& e, const Guard& guard) {
  const plan::Axis& along = e.plan.axes[guard.along];
  const plan::AxisId axis = e.plan.events[guard.event].axis;
  return guard.along == axis ||
         (along.within == axis && !along.offset && e.length(guard.along) == e.length(axis));
}

}  // namespace

Guard guard_of(const plan::Plan& plan, const plan::Kernel& kernel, plan::EventId event) {
  const plan::AxisId axis = plan.events[event].axis;
  if (std::ranges::find(kernel.space, axis) != kernel.space.end()) return {event, axis};
  for (const plan::AxisId along : kernel.space)
    if (plan::can_index(plan, along, axis)) return {event, along};
  BOUTON_UNREACHABLE("a guarding event is not along an axis of the space");
}

std::vector<Guard> guards_of(const plan::Plan& plan, const plan::Item& item) {
  std::vector<Guard> guards;
  for (const plan::EventId event : item.when)
    guards.push_back(guard_of(plan, plan.kernels[plan::kernel_of(item)], event));
  return guards;
}

llvm::Value* fired_mask(Emission& e, const Position& position, const Guard& guard) {
  const plan::Event& event = e.plan.events[guard.event];
  const Subscripted fired{
      event.fired, plan::Version::Current, {translate(e, position, guard.along, event.axis)}};
  return load(e, position, fired);
}

llvm::Value* fired_by_lane(Emission& e, plan::EventId event) {
  return count_by_lane(e, event).once;
}

llvm::Value* fired_twice_by_lane(Emission& e, plan::EventId event) {
  return count_by_lane(e, event).twice;
}

llvm::Value* any_fired(Emission& e, plan::EventId event) {
  llvm::AllocaInst* found = e.local(e.ir.getInt1Ty(), e.ir.getFalse(), "fired");
  const auto note = [&](llvm::Value* here) {
    e.ir.CreateStore(e.ir.CreateOr(e.ir.CreateLoad(e.ir.getInt1Ty(), found), here), found);
  };
  const plan::AxisId axis = e.plan.events[event].axis;
  if (e.along_lanes())
    for_each_line(e, e.plan.events[event], [&](llvm::Value*, llvm::Value* bits) {
      note(e.ir.CreateICmpNE(bits, e.whole(0)));
    });
  else
    emit_space(e, {axis}, Position{}, [&](const Position& position) {
      note(e.any(e.both(position.inside, fired_mask(e, position, {event, axis}))));
    });
  return e.ir.CreateLoad(e.ir.getInt1Ty(), found);
}

void for_each_spike(Emission& e, const Guard& guard, const AtPosition& at) {
  if (!e.along_lanes()) return for_each_spike_alone(e, guard, at);
  if (is_along_event(e, guard)) return for_each_spike_of_lanes(e, guard, at);
  emit_space(e, {guard.along}, Position{}, [&](const Position& found) {
    Position position = found;
    position.active = e.both(e.running, fired_mask(e, position, guard));
    e.if_true(e.any(position.active), [&] { at(position); });
  });
}

}  // namespace bouton::codegen
