// Stage 4. Handlers read algebraic variables of stage 2 and the states as they jump; traces jump
// whether their rule learns or not.
#include "compiler/interpret/handler.h"
#include "compiler/interpret/step.h"
#include "compiler/interpret/trace.h"

namespace bouton::interpret {

namespace {

void jump_neuron(PopulationState& population, std::size_t index, NetworkState& state) {
  const model::Neuron& neuron = *population.neuron;
  Slot* slots = population.next.row(index);
  Frame frame = neuron_frame(population, index, state);
  frame.now = slots;
  if (neuron.spike && population.spiked_at(index, state.step))
    execute(neuron.spike->body, slots, frame);
  for (const model::HandlerBody& handler : neuron.on_step) execute(handler, slots, frame);
}

void jump_rule(RuleState& rule, const SynapseView& view) {
  load_traces(rule, view, rule.slots.row(view.synapse));
  jump_traces(rule, view);
  const Frame frame = view.frame_of(rule);
  for (OnPairState& pair : rule.pairs) {
    if (!pair.window) continue;
    WindowTraces& traces = pair.traces[view.synapse];
    if (view.pre_arrives) jump(pair.window->causal, traces.of_pre, view.state.step, frame);
    if (view.post_arrives) jump(pair.window->anticausal, traces.of_post, view.state.step, frame);
  }
}

}  // namespace

void jump(NetworkState& state) {
  for (PopulationState& population : state.populations) {
    if (!state.steps_now(population)) continue;
    population.next = population.now;
    for (std::size_t i = 0; i < population.size; ++i) jump_neuron(population, i, state);
  }
  for (ProjectionState& projection : state.projections)
    if (state.steps_now(projection))
      each_synapse(projection, state, false, [&](const SynapseView& view) {
        for (RuleState& rule : projection.rules) jump_rule(rule, view);
      });
}

}  // namespace bouton::interpret
