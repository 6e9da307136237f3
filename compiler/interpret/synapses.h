// Visiting the synapses of a projection: their two neurons, the arrivals of the current step, and
// the frame that a rule's expressions see.
#pragma once

#include "compiler/interpret/pairing.h"
#include "compiler/interpret/state.h"

namespace bouton::interpret {

// One synapse during one step. Frames of the neurons are kept here; `frame_of` points to them.
struct SynapseView {
  ProjectionState& projection;
  NetworkState& state;
  std::size_t synapse;
  std::size_t pre;  // neuron indices in their populations
  std::size_t post;
  bool pre_arrives;
  bool post_arrives;
  Frame pre_frame;
  Frame post_frame;

  [[nodiscard]] Frame frame_of(const RuleState& rule) const;
  // All arrivals so far that the rule has not forgotten.
  [[nodiscard]] Train pre_train(const RuleState& rule) const;
  [[nodiscard]] Train post_train(const RuleState& rule) const;

 private:
  [[nodiscard]] Train train(const std::vector<std::int64_t>& spikes, std::int64_t delay,
                            std::size_t neuron, const RuleState& rule) const;
};

// Calls `visit` for every synapse that exists, row by row; only for those where a spike arrives
// unless `all`.
template <typename Visit>
void each_synapse(ProjectionState& projection, NetworkState& state, bool all, Visit visit);

[[nodiscard]] std::vector<bool> pre_arrivals(const ProjectionState& projection,
                                             const NetworkState& state);
[[nodiscard]] std::vector<bool> post_arrivals(const ProjectionState& projection,
                                              const NetworkState& state);

template <typename Visit>
void each_synapse(ProjectionState& projection, NetworkState& state, bool all, Visit visit) {
  const std::vector<bool> pre_arrives = pre_arrivals(projection, state);
  const std::vector<bool> post_arrives = post_arrivals(projection, state);
  const elaborate::Projection& declared = *projection.projection;
  const PopulationState& pres = state.population(declared.pre.population);
  const PopulationState& posts = state.population(declared.post.population);
  for (std::size_t i = 0; i < projection.posts; ++i)
    for (std::size_t j = 0; j < projection.pres; ++j) {
      const std::size_t synapse = projection.synapse(i, j);
      if (!projection.exists[synapse]) continue;
      if (!all && !pre_arrives[j] && !post_arrives[i]) continue;
      const std::size_t pre = static_cast<std::size_t>(declared.pre.first) + j;
      const std::size_t post = static_cast<std::size_t>(declared.post.first) + i;
      SynapseView view{projection,
                       state,
                       synapse,
                       pre,
                       post,
                       pre_arrives[j],
                       post_arrives[i],
                       delayed_frame(pres, pre, declared.delays.axonal, state),
                       delayed_frame(posts, post, declared.delays.backprop, state)};
      visit(view);
    }
}

}  // namespace bouton::interpret
