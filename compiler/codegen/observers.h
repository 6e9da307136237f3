// What a run counts and samples, written into buffers that the runtime hands over in ObserverSlots.
#pragma once

#include "compiler/codegen/kernel.h"

namespace bouton::codegen {

// Stage Observe of one observer. Sampled kinds store every sample; the runtime reduces them when
// the run ends.
void emit_observer(Emission& e, plan::ObserverId observer);
// The samples of an observer at the steps behind this one and before `next`, in which everything
// stays as it is.
void emit_passed_over(Emission& e, plan::ObserverId observer, llvm::Value* next);

// Where lanes have clocks of their own, samples are taken by each at its own time.
void begin_by_lane(Emission& e, plan::ObserverId observer);  // before the step loop
void end_by_lane(Emission& e, plan::ObserverId observer);    // behind it, when all have arrived

// i1: whether the buffers of all active Spikes observers of a schedule have room for one more step.
[[nodiscard]] llvm::Value* room_for_spikes(Emission& e, const plan::Schedule& schedule);

}  // namespace bouton::codegen
