#include "compiler/interpret/synapses.h"

#include <algorithm>

namespace bouton::interpret {

namespace {

std::vector<bool> arrivals(const PopulationState& population, const elaborate::PopulationPart& part,
                           std::int64_t spike_step, std::int64_t first_seen) {
  std::vector<bool> arrive(static_cast<std::size_t>(part.count));
  if (spike_step < first_seen) return arrive;
  for (std::size_t i = 0; i < arrive.size(); ++i)
    arrive[i] = population.spiked_at(static_cast<std::size_t>(part.first) + i, spike_step);
  return arrive;
}

std::span<const std::int64_t> remembered(const std::vector<std::int64_t>& spikes,
                                         std::int64_t first_seen) {
  return {std::ranges::lower_bound(spikes, first_seen), spikes.end()};
}

}  // namespace

std::vector<bool> pre_arrivals(const ProjectionState& projection, const NetworkState& state) {
  const elaborate::Projection& declared = *projection.projection;
  return arrivals(state.populations[declared.pre.population.value], declared.pre,
                  state.step - declared.delays.axonal, projection.first_seen);
}

std::vector<bool> post_arrivals(const ProjectionState& projection, const NetworkState& state) {
  const elaborate::Projection& declared = *projection.projection;
  return arrivals(state.populations[declared.post.population.value], declared.post,
                  state.step - declared.delays.backprop, projection.first_seen);
}

Frame SynapseView::frame_of(const RuleState& rule) const {
  Frame frame = rule_frame(rule, synapse, state);
  frame.pre = &pre_frame;
  frame.post = &post_frame;
  return frame;
}

Train SynapseView::pre_train(const RuleState& rule) const {
  const elaborate::Projection& declared = *projection.projection;
  return train(state.population(declared.pre.population).spikes[pre], declared.delays.axonal, pre,
               rule);
}

Train SynapseView::post_train(const RuleState& rule) const {
  const elaborate::Projection& declared = *projection.projection;
  return train(state.population(declared.post.population).spikes[post], declared.delays.backprop,
               post, rule);
}

Train SynapseView::train(const std::vector<std::int64_t>& spikes, std::int64_t delay,
                         std::size_t neuron, const RuleState& rule) const {
  const std::int64_t first = std::max(projection.first_seen, rule.first_seen - delay);
  return {remembered(spikes, first), delay, static_cast<std::int64_t>(neuron)};
}

}  // namespace bouton::interpret
