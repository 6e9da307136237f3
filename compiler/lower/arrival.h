// Spikes on their way: as events of their own where they arrive later than they were fired.
//
// Note [Spikes under way]. A spike that was fired in step k arrives in step k + D: at the synapses
// after D = `axonal`, at the neurons behind them after `axonal` + `dendritic`, and a postsynaptic
// spike at its synapses after `backprop`. Each neuron has a queue: the step at which its oldest
// spike under way is due. A kernel at the begin of the step compares it with the step count, which
// makes an arrival an event like a spike, with a last step and, where psps or rules look back
// further, a history of its own; psps, traces and pairs are lowered alike for both. Where several
// spikes of one neuron can be under way at once, the next one is found in the history of spikes.
// Whether anybody looks at them or not, spikes arrive: what is silent or does not learn for a while
// finds them at their places afterwards.
#pragma once

#include <vector>

#include "compiler/lower/lowering.h"

namespace bouton::lower {

// How late spikes are in steps.
struct Lateness {
  elaborate::PopulationId population;
  std::int64_t steps = 0;
  auto operator<=>(const Lateness&) const = default;
};
[[nodiscard]] Lateness at_synapse(const elaborate::Projection& projection, model::Side side);
[[nodiscard]] Lateness at_neuron(const elaborate::Projection& projection);

// Of a population that spikes; added by add_spiking and add_arrivals.
[[nodiscard]] Arrivals& arrivals(Lowering& lowering, const Lateness& late);

// What projections with delays need, but for histories.
void add_arrivals(Lowering& lowering);
// How many spikes of one neuron can be under way at once.
[[nodiscard]] std::int64_t most_under_way(const Lowering& lowering, const Lateness& late);

// Stage Evaluate: which spikes arrive.
[[nodiscard]] std::vector<plan::Item> lower_arrivals(Lowering& lowering);
// Stage Jump, before spikes are pushed to their histories: when the next ones do.
[[nodiscard]] std::vector<plan::Item> lower_queues(Lowering& lowering);

}  // namespace bouton::lower
