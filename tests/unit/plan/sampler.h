// The parts of the hand-written sampler, and its kernels that say how far to leap.
#pragma once

#include <array>
#include <vector>

#include "compiler/plan/builder.h"

namespace bouton::plan {

struct Sampler {
  Plan plan;
  CircuitId circuit;
  PopulationId z;
  AxisId neuron, post, pre;
  LinkId link;
  RuleId hebb, sal;
  StreamId stream;
  FaultId rate_vanishes;

  ColumnId bias, weight, last_spike;
  ColumnId input, potential, gain, half_reciprocal, hazard, threshold, ordinal, spiked, next, due;
  ColumnId on, active, ready;
  // Of the beginning and the end of a potential, and the end of refractoriness.
  std::array<ColumnId, 3> timer_due, timer_fired;
  ColumnId hebb_c, hebb_amplitude, sal_c, sal_amplitude;
  ColumnId ring, head;

  EventId spike;
  std::vector<EventId> timers;
  HistoryId history;
  KernelId draw_first, draw_next;
  std::vector<ObserverId> observers;
  PhaseId phase;
};

// The last step before the next timer ends.
KernelId horizon_kernel(Sampler& s);
KernelId reciprocal_kernel(Sampler& s);
// The step of the next spike.
KernelId crossing_kernel(Sampler& s);
KernelId due_kernel(Sampler& s);
KernelId between_kernel(Sampler& s);

}  // namespace bouton::plan
