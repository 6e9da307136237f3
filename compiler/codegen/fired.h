// Which elements an event happened to in this step.
#pragma once

#include <functional>

#include "compiler/codegen/access.h"

namespace bouton::codegen {

using AtPosition = std::function<void(const Position&)>;

// Restricts effects to the elements for which an event happened in this step, along one axis of the
// space.
struct Guard {
  plan::EventId event;
  plan::AxisId along;
};
// The guard for an event over one of the space's axes.
[[nodiscard]] Guard guard_of(const plan::Plan& plan, const plan::Kernel& kernel,
                             plan::EventId event);
// Of all events of a kernel's item.
[[nodiscard]] std::vector<Guard> guards_of(const plan::Plan& plan, const plan::Item& item);

// The mask of the position's elements for which an event happened in this step.
[[nodiscard]] llvm::Value* fired_mask(Emission& e, const Position& position, const Guard& guard);
// i1: whether the event happened to any element (of any lane) in this step.
[[nodiscard]] llvm::Value* any_fired(Emission& e, plan::EventId event);
// The same for each lane, and whether it happened to two elements at least.
[[nodiscard]] llvm::Value* fired_by_lane(Emission& e, plan::EventId event);
[[nodiscard]] llvm::Value* fired_twice_by_lane(Emission& e, plan::EventId event);

// Calls `at` for the elements along an axis to which the event happened, one after the other; with
// lanes, for those to which it happened in any, `active` being the running lanes in which it did.
// Truth values of many elements are tested at once: a branch per element would be taken seldom, and
// foreseen as seldom.
void for_each_spike(Emission& e, const Guard& guard, const AtPosition& at);

}  // namespace bouton::codegen
