// Stage 6, once per synapse and step after all rules: `bound`, `sign`, `normalise … every`.
#include "compiler/interpret/step.h"
#include "compiler/interpret/synapses.h"
#include "runtime/library/normalise.h"

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

void hold_sign(model::Sign sign, ProjectionState& projection) {
  for (double& weight : projection.weights)
    if (sign == model::Sign::Excitatory ? weight < 0.0 : weight > 0.0) weight = 0.0;
}

void constrain_by_rules(std::size_t index, NetworkState& state) {
  ProjectionState& projection = state.projections[index];
  for (std::size_t r = 0; r < projection.rules.size(); ++r) {
    RuleState& rule = projection.rules[r];
    if (!state.activity.learning[index][r]) continue;
    if (rule.rule->bound) bound_weights(rule, projection, state);
  }
  for (std::size_t r = 0; r < projection.rules.size(); ++r) {
    const RuleState& rule = projection.rules[r];
    if (state.activity.learning[index][r] && rule.rule->sign)
      hold_sign(*rule.rule->sign, projection);
  }
}

void normalise(const PeriodicNormalise& what, NetworkState& state) {
  ProjectionState& projection = state.projection(what.projection);
  if (!state.steps_now(projection) || state.step % what.every != 0) return;
  const runtime::Tensor matrix({projection.posts, projection.pres}, projection.weights);
  const runtime::Tensor scaled = runtime::normalise(matrix, what.per_post, what.total);
  for (std::size_t s = 0; s < projection.weights.size(); ++s)
    if (projection.exists[s]) projection.weights[s] = state.network->arithmetic().round(scaled[s]);
}

}  // namespace

void constrain(NetworkState& state) {
  for (std::size_t p = 0; p < state.projections.size(); ++p) {
    ProjectionState& projection = state.projections[p];
    if (!state.steps_now(projection) || projection.projection->tie) continue;
    constrain_by_rules(p, state);
    if (projection.projection->sign) hold_sign(*projection.projection->sign, projection);
  }
  for (const PeriodicNormalise& what : state.normalised) normalise(what, state);
  update_views(state);
}

}  // namespace bouton::interpret
