// Spikes: the test of stage 2 (a probability per step, a hazard clock, a condition),
// refractoriness, and what a spike sets off in stage Jump (SEMANTICS 21).
#pragma once

#include "compiler/lower/expression.h"

namespace bouton::lower {

// Columns, event and random stream of a population that spikes; `with_previous` where prev(spiked)
// is read.
void add_spiking(Lowering& lowering, elaborate::PopulationId population, bool with_previous);

struct SpikeTestValues {
  Value spiked;
  std::optional<Value> probability;
};
// The test, in a kernel over the population; stores what lasts. The probability is computed where
// it is wanted.
[[nodiscard]] SpikeTestValues lower_spike_test(elaborate::PopulationId population,
                                               const Names& names, bool wants_probability,
                                               Emitter& emit);

// After a spike: its step is noted, the clock starts again with the next draw, the body of `spike`
// is executed.
[[nodiscard]] std::vector<plan::Item> lower_spike_jumps(Lowering& lowering);

// What a `reset` of populations executes beside setting columns back: the next draw is taken,
// unless no step has looked at the first one yet.
[[nodiscard]] std::vector<plan::KernelId> lower_new_draws(
    Lowering& lowering, const std::set<elaborate::PopulationId>& populations);

// The least number of steps between two spikes of a neuron, for the length of histories.
[[nodiscard]] std::int64_t least_interval(const Lowering& lowering,
                                          elaborate::PopulationId population);

}  // namespace bouton::lower
