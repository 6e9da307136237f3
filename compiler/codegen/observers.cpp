#include "compiler/codegen/observers.h"

#include <llvm/IR/Intrinsics.h>

#include <cstddef>
#include <functional>

#include "compiler/base/check.h"
#include "compiler/codegen/observer_slot.h"
#include "compiler/codegen/state_number.h"
#include "compiler/plan/query.h"

namespace bouton::codegen {

namespace {

using plan::Observer;

// A pointer to the cells of an element (one per lane) in a buffer [element][lane].
llvm::Value* cells_of(Emission& e, llvm::Type* cell, llvm::Value* base, llvm::Value* element) {
  return e.ir.CreateGEP(cell, base, e.ir.CreateMul(element, e.whole(e.lanes())));
}

// Vectors of cells of 64 bits, those that `inside` holds for (null: all).
llvm::Value* load_cells(Emission& e, llvm::Value* at, llvm::Type* cells, llvm::Value* inside) {
  const llvm::Align align(8);
  if (e.width() == 1 || inside == nullptr) return e.ir.CreateAlignedLoad(cells, at, align);
  return e.ir.CreateMaskedLoad(cells, at, align, inside, llvm::Constant::getNullValue(cells));
}

void store_cells(Emission& e, llvm::Value* at, llvm::Value* cells, llvm::Value* inside) {
  const llvm::Align align(8);
  if (e.width() == 1 || inside == nullptr) {
    e.ir.CreateAlignedStore(cells, at, align);
  } else {
    e.ir.CreateMaskedStore(cells, at, align, inside);
  }
}

// Of the elements where `where` holds (null: all).
void emit_count(Emission& e, const Observer& observer, ObserverSlot& slot, llvm::Value* where) {
  const plan::AxisId axis = e.plan.events[*observer.event].axis;
  llvm::Type* cell = e.ir.getInt64Ty();
  llvm::Type* cells = e.vector_of(cell);
  llvm::Value* counts = slot.cells();
  const auto count = [&](const Position& position) {
    llvm::Value* fired = e.both(where, fired_mask(e, position, {*observer.event, axis}));
    llvm::Value* at = cells_of(e, cell, counts, position.at(axis).first);
    const auto add = [&](llvm::Value* inside) {
      llvm::Value* held = load_cells(e, at, cells, inside);
      llvm::Value* more = e.ir.CreateAdd(held, e.ir.CreateZExt(fired, cells));
      store_cells(e, at, more, inside);
    };
    e.if_true(e.any(e.both(position.inside, fired)), [&] { add(position.inside); });
  };
  if (e.along_lanes()) return for_each_spike(e, {*observer.event, axis}, count);
  emit_space(e, {axis}, Position{}, count);
}

llvm::Value* spike_buffer(Emission& e, ObserverSlot& slot, int lane) {
  return e.ir.CreateGEP(e.ir.getInt8Ty(), slot.cells(),
                        e.whole(lane * static_cast<std::int64_t>(sizeof(runtime::SpikeBuffer))));
}

llvm::Value* field_of(Emission& e, llvm::Value* base, std::size_t field) {
  return e.ir.CreateGEP(e.ir.getInt8Ty(), base, e.whole(static_cast<std::int64_t>(field)));
}

void append_spike(Emission& e, llvm::Value* buffer, llvm::Value* neuron) {
  llvm::Type* cell = e.ir.getInt64Ty();
  llvm::Value* size_at = field_of(e, buffer, offsetof(runtime::SpikeBuffer, size));
  llvm::Value* size = e.ir.CreateLoad(cell, size_at);
  const auto put = [&](std::size_t field, llvm::Value* value) {
    llvm::Value* list = e.ir.CreateLoad(e.ir.getPtrTy(), field_of(e, buffer, field));
    e.ir.CreateStore(value, e.ir.CreateGEP(cell, list, size));
  };
  put(offsetof(runtime::SpikeBuffer, step), e.ir.CreateSub(e.step, e.run_begin));  // of the run
  put(offsetof(runtime::SpikeBuffer, element), neuron);
  e.ir.CreateStore(e.ir.CreateAdd(size, e.whole(1)), size_at);
}

void emit_spikes(Emission& e, const Observer& observer, ObserverSlot& slot) {
  const plan::AxisId axis = e.plan.events[*observer.event].axis;
  emit_space(e, {axis}, Position{}, [&](const Position& position) {
    llvm::Value* fired = e.both(position.inside, fired_mask(e, position, {*observer.event, axis}));
    e.if_true(e.any(fired), [&] {
      for (int i = 0; i < e.width(); ++i) {
        const int along = e.along_lanes() ? 0 : i;
        e.if_true(e.element(fired, i), [&] {
          append_spike(e, spike_buffer(e, slot, e.along_lanes() ? i : 0),
                       e.ir.CreateAdd(position.at(axis).first, e.whole(along)));
        });
      }
    });
  });
}

llvm::Value* as_sample(Emission& e, llvm::Value* value) {
  llvm::Type* wanted = e.vector_of(e.ir.getDoubleTy());
  if (value->getType() == wanted) return value;
  if (value->getType()->isFPOrFPVectorTy()) return e.ir.CreateFPExt(value, wanted);
  if (value->getType()->isIntOrIntVectorTy(1)) return e.ir.CreateUIToFP(value, wanted);
  return e.ir.CreateSIToFP(value, wanted);
}

void emit_samples(Emission& e, const Observer& observer, ObserverSlot& slot) {
  const auto& axes = plan::axes_of(e.plan, observer.what->what);
  llvm::Type* cell = e.ir.getDoubleTy();
  llvm::Value* row = cells_of(e, cell, slot.cells(), e.ir.CreateMul(slot.taken(), e.length(axes)));
  emit_space(e, axes, Position{}, [&](const Position& position) {
    Subscripted what{observer.what->what, observer.what->version, {}};
    llvm::Value* element = e.whole(0);
    for (const plan::AxisId axis : axes) {
      what.at.emplace_back(position.at(axis));
      element = e.ir.CreateAdd(e.ir.CreateMul(element, e.length(axis)), position.at(axis).first);
    }
    llvm::Value* sample = as_sample(e, load(e, position, what));
    const bool single = axes.empty() && !e.along_lanes();
    llvm::Value* at = cells_of(e, cell, row, element);
    if (single) {
      e.ir.CreateAlignedStore(e.element(sample, 0), at, llvm::Align(8));
    } else {
      store_cells(e, at, sample, position.inside);
    }
  });
}

// `samples`: so many of the same state, a number for all lanes or one for each.
void emit_histogram(Emission& e, const Observer& observer, ObserverSlot& slot,
                    llvm::Value* samples) {
  const plan::AxisId axis = plan::axes_of(e.plan, observer.what->what).front();
  llvm::Type* cell = e.ir.getInt64Ty();
  llvm::Value* histogram = slot.cells();
  const auto add_samples = [&](llvm::Value* state, int lane) {
    llvm::Value* at = e.ir.CreateGEP(cell, cells_of(e, cell, histogram, state), e.whole(lane));
    llvm::Value* more = samples->getType()->isVectorTy() ? e.element(samples, lane) : samples;
    e.ir.CreateStore(e.ir.CreateAdd(e.ir.CreateLoad(cell, at), more), at);
  };
  const Subscripted state{observer.what->what, observer.what->version, {}};
  llvm::Value* number = state_number(e, state, axis, FirstElement::MostSignificant);
  if (!e.along_lanes()) return add_samples(number, 0);
  for (int lane = 0; lane < e.lanes(); ++lane) add_samples(e.element(number, lane), lane);
}

bool is_sampled(const Observer& observer) {
  return observer.kind != Observer::Kind::Count && observer.kind != Observer::Kind::Spikes;
}

// The same sample several times.
void take(Emission& e, const Observer& observer, ObserverSlot& slot, llvm::Value* samples) {
  if (observer.kind == Observer::Kind::StateHistogram) {
    emit_histogram(e, observer, slot, samples);
    slot.advance(samples);
    return;
  }
  e.loop(e.whole(0), samples, 1, [&](llvm::Value*) {
    emit_samples(e, observer, slot);
    slot.advance(e.whole(1));
  });
}

// How many samples, `every` steps apart, are due in the next `room` steps, the first one at once. A
// division is slow, and hardly ever are there two.
llvm::Value* number_due(Emission& e, llvm::Value* room, llvm::Value* every) {
  const bool by_lane = room->getType()->isVectorTy();
  const auto of_lane = [&](llvm::Value* number) { return by_lane ? e.splat(number) : number; };
  llvm::Value* first =
      e.ir.CreateZExt(e.ir.CreateICmpSGT(room, of_lane(e.whole(0))), room->getType());
  llvm::AllocaInst* due = e.local(room->getType(), first, "due");
  llvm::Value* more = e.ir.CreateICmpSGT(room, of_lane(every));
  e.if_true(by_lane ? e.any(more) : more, [&] {
    llvm::Value* rounded_up = e.ir.CreateAdd(room, of_lane(e.ir.CreateSub(every, e.whole(1))));
    e.ir.CreateStore(e.ir.CreateSDiv(rounded_up, of_lane(every)), due);
  });
  return e.ir.CreateLoad(room->getType(), due);
}

// The samples of each running lane that are due before `next` (vector of i64).
void take_by_lane(Emission& e, const Observer& observer, ObserverSlot& slot,
                  llvm::AllocaInst& due_at, llvm::Value* next) {
  llvm::Value* due = e.ir.CreateLoad(due_at.getAllocatedType(), &due_at);
  llvm::Value* room = e.ir.CreateSub(e.ir.CreateSub(next, e.splat(e.run_begin)), due);
  llvm::Value* takes = e.both(e.running, e.ir.CreateICmpSGT(room, e.splat_whole(0)));
  e.if_true(e.ir.CreateAnd(slot.active(), e.any(takes)), [&] {
    llvm::Value* every = slot.every();
    llvm::Value* taken = number_due(e, e.ir.CreateSelect(takes, room, e.splat_whole(0)), every);
    emit_histogram(e, observer, slot, taken);
    e.ir.CreateStore(e.ir.CreateAdd(due, e.ir.CreateMul(taken, e.splat(every))), &due_at);
  });
}

void emit_by_lane(Emission& e, const Observer& observer, ObserverSlot& slot,
                  llvm::AllocaInst& due_at) {
  if (is_sampled(observer))
    return take_by_lane(e, observer, slot, due_at, e.ir.CreateAdd(e.steps, e.splat_whole(1)));
  e.if_true(slot.active(), [&] {
    llvm::Value* elapsed = e.ir.CreateSub(e.steps, e.splat(e.run_begin));
    llvm::Value* counts = e.ir.CreateICmpSGE(elapsed, e.splat(slot.next()));
    emit_count(e, observer, slot, e.both(e.running, counts));
  });
}

}  // namespace

void emit_observer(Emission& e, plan::ObserverId id) {
  const Observer& observer = e.plan.observers[id];
  ObserverSlot slot(e, id);
  if (e.running != nullptr) return emit_by_lane(e, observer, slot, *e.due.at(id));
  llvm::Value* elapsed = e.ir.CreateSub(e.step, e.run_begin);
  e.if_true(slot.active(), [&] {
    if (!is_sampled(observer)) {
      e.if_true(e.ir.CreateICmpSGE(elapsed, slot.next()), [&] {
        observer.kind == Observer::Kind::Count ? emit_count(e, observer, slot, nullptr)
                                               : emit_spikes(e, observer, slot);
      });
      return;
    }
    e.if_true(e.ir.CreateICmpEQ(elapsed, slot.next()),
              [&] { take(e, observer, slot, e.whole(1)); });
  });
}

void emit_passed_over(Emission& e, plan::ObserverId id, llvm::Value* next) {
  const Observer& observer = e.plan.observers[id];
  if (!is_sampled(observer)) return;
  ObserverSlot slot(e, id);
  if (e.running != nullptr) return take_by_lane(e, observer, slot, *e.due.at(id), next);
  llvm::Value* room = e.ir.CreateSub(e.ir.CreateSub(next, e.run_begin), slot.next());
  llvm::Value* due = e.ir.CreateICmpSGT(room, e.whole(0));
  e.if_true(e.ir.CreateAnd(slot.active(), due),
            [&] { take(e, observer, slot, number_due(e, room, slot.every())); });
}

void begin_by_lane(Emission& e, plan::ObserverId id) {
  e.due[id] = e.local(e.vector_of(e.ir.getInt64Ty()), e.splat(ObserverSlot(e, id).next()), "due");
}

void end_by_lane(Emission& e, plan::ObserverId id) {
  if (!is_sampled(e.plan.observers[id])) return;
  ObserverSlot slot(e, id);
  e.if_true(slot.active(), [&] {
    llvm::AllocaInst* due = e.due.at(id);
    llvm::Value* reached = e.element(e.ir.CreateLoad(due->getAllocatedType(), due), 0);
    llvm::Value* passed = e.ir.CreateSub(reached, slot.next());
    slot.advance(e.ir.CreateUDiv(passed, slot.every()));
  });
}

llvm::Value* room_for_spikes(Emission& e, const plan::Schedule& schedule) {
  llvm::AllocaInst* room = e.local(e.ir.getInt1Ty(), e.ir.getTrue(), "room");
  for (const plan::Stage& stage : schedule.stages) {
    for (const plan::Item& item : stage.items) {
      const auto* id = std::get_if<plan::ObserverId>(&item.what);
      if (id == nullptr || e.plan.observers[*id].kind != Observer::Kind::Spikes) continue;
      llvm::Value* neurons = e.length(e.plan.events[*e.plan.observers[*id].event].axis);
      ObserverSlot slot(e, *id);
      e.if_true(slot.active(), [&] {
        for (int lane = 0; lane < e.lanes(); ++lane) {
          llvm::Value* buffer = spike_buffer(e, slot, lane);
          const auto read = [&](std::size_t field) {
            return e.ir.CreateLoad(e.ir.getInt64Ty(), field_of(e, buffer, field));
          };
          llvm::Value* needed = e.ir.CreateAdd(read(offsetof(runtime::SpikeBuffer, size)), neurons);
          llvm::Value* fits =
              e.ir.CreateICmpSLE(needed, read(offsetof(runtime::SpikeBuffer, capacity)));
          e.ir.CreateStore(e.ir.CreateAnd(e.ir.CreateLoad(e.ir.getInt1Ty(), room), fits), room);
        }
      });
    }
  }
  return e.ir.CreateLoad(e.ir.getInt1Ty(), room);
}

}  // namespace bouton::codegen
