// Stage 6, once per synapse and step after all rules: `bound`.
#include "compiler/interpret/step.h"
#include "compiler/interpret/synapses.h"

namespace bouton::interpret {

namespace {

void bound_weights(RuleState& rule, ProjectionState& projection, NetworkState& state) {
  each_synapse(projection, state, true, [&](const SynapseView& view) {
    double& weight = projection.weights[view.synapse];
    if (rule.rule->weight.valid()) rule.slots.at(view.synapse, rule.rule->weight).real = weight;
    const Frame frame = view.frame_of(rule);
    const double low = elaborate::evaluate_real(rule.rule->bound->low, frame);
    const double high = elaborate::evaluate_real(rule.rule->bound->high, frame);
    if (weight < low) weight = low;
    if (weight > high) weight = high;
  });
}

}  // namespace

void constrain(NetworkState& state) {
  for (std::size_t p = 0; p < state.projections.size(); ++p)
    for (std::size_t r = 0; r < state.projections[p].rules.size(); ++r) {
      RuleState& rule = state.projections[p].rules[r];
      if (rule.rule->bound && state.activity.learning[p][r])
        bound_weights(rule, state.projections[p], state);
    }
}

}  // namespace bouton::interpret
