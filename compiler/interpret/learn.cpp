// Stage 3. Per synapse: rules in the order of their `learning` clauses, handlers in textual order,
// statements in sequence. Traces jump in stage 4, so a handler sees them without this step's
// spikes.
#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/elaborate/decay.h"
#include "compiler/interpret/handler.h"
#include "compiler/interpret/step.h"
#include "compiler/interpret/trace.h"

namespace bouton::interpret {

namespace {

// In index order the neuron with the higher index sees the other one's coincident spike: a neuron
// does not see its own.
bool sees_coincident(const model::Pairing& pairing, const SynapseView& view) {
  return !pairing.in_index_order || view.pre != view.post;
}

void deliver_window(const OnPairState& pair, const SynapseView& view, Slot* slots,
                    const Frame& frame) {
  const std::int64_t step = view.state.step;
  const WindowTraces& traces = pair.traces[view.synapse];
  if (view.post_arrives) deliver(pair.window->causal, traces.of_pre, step, slots, frame);
  if (view.pre_arrives && view.post_arrives && sees_coincident(pair.handler->pairing, view)) {
    slots[pair.handler->pair_time.value].steps = 0;
    execute(pair.handler->body, slots, frame);
  }
  if (view.pre_arrives) deliver(pair.window->anticausal, traces.of_post, step, slots, frame);
}

void deliver_pairs(const OnPairState& pair, const RuleState& rule, const SynapseView& view,
                   Slot* slots, const Frame& frame) {
  if (!view.pre_arrives && !view.post_arrives) return;
  if (pair.window) return deliver_window(pair, view, slots, frame);
  for (const std::int64_t difference :
       pairs_of_step(pair.handler->pairing, view.pre_train(rule), view.post_train(rule),
                     view.state.step, pair.support)) {
    slots[pair.handler->pair_time.value].steps = difference;
    execute(pair.handler->body, slots, frame);
  }
}

bool arrives(const model::OnSpikeOf& handler, const SynapseView& view) {
  return handler.side == model::Side::Pre ? view.pre_arrives : view.post_arrives;
}

// w' = f means w += timestep*f at its textual place; equations of rule states belong to stage 5.
void apply_equation(const model::RuleEquation& equation, const RuleState& rule, Slot* slots,
                    const Frame& frame) {
  if (!rule.rule->weight.valid() || equation.target != rule.rule->weight) return;
  const double slope = elaborate::evaluate_real(equation.value, frame);
  double& weight = slots[equation.target.value].real;
  weight = frame.arithmetic.add(weight, frame.arithmetic.multiply(frame.timestep, slope));
}

void run_rule(RuleState& rule, const SynapseView& view) {
  Slot* slots = rule.slots.row(view.synapse);
  double& weight = view.projection.weights[view.synapse];
  const model::SymbolId w = rule.rule->weight;
  if (w.valid()) slots[w.value].real = weight;
  if (rule.rule->time.valid()) slots[rule.rule->time.value].steps = view.state.step;
  load_traces(rule, view, slots);
  const Frame frame = view.frame_of(rule);
  auto pair = rule.pairs.begin();
  for (const model::RuleItem& item : rule.rule->items)
    match(
        item.node, [&](const model::OnPair&) { deliver_pairs(*pair++, rule, view, slots, frame); },
        [&](const model::OnSpikeOf& handler) {
          if (arrives(handler, view)) execute(handler.body, slots, frame);
        },
        [&](const model::OnStep& handler) { execute(handler.body, slots, frame); },
        [&](const model::RuleEquation& equation) { apply_equation(equation, rule, slots, frame); });
  if (w.valid() && !view.projection.projection->tie) weight = slots[w.value].real;
}

// What `prev` of the rule's own variables will be in the next step, whether the rule learns or not.
// Before the first step it is what they begin with.
void note_past(RuleState& rule, ProjectionState& projection, NetworkState& state) {
  const model::SymbolId w = rule.rule->weight;
  each_synapse(projection, state, true, [&](const SynapseView& view) {
    Slot* slots = rule.slots.row(view.synapse);
    if (w.valid()) slots[w.value].real = projection.weights[view.synapse];
    load_traces(rule, view, slots);
    std::copy_n(slots, rule.slots.symbols(), rule.stage_two.row(view.synapse));
  });
  if (!rule.has_past) rule.before = rule.stage_two;
  rule.has_past = true;
}

}  // namespace

void learn(NetworkState& state) {
  for (ProjectionState& projection : state.projections)
    for (RuleState& rule : projection.rules)
      if (rule.reads_past && state.steps_now(projection)) note_past(rule, projection, state);
  for (std::size_t p = 0; p < state.projections.size(); ++p) {
    ProjectionState& projection = state.projections[p];
    if (!state.steps_now(projection)) continue;
    const std::vector<bool>& learning = state.activity.learning[p];
    bool every_step = false;
    for (std::size_t r = 0; r < projection.rules.size(); ++r)
      every_step = every_step || (learning[r] && projection.rules[r].acts_every_step);
    if (std::ranges::none_of(learning, [](bool learns) { return learns; })) continue;
    each_synapse(projection, state, every_step, [&](const SynapseView& view) {
      for (std::size_t r = 0; r < projection.rules.size(); ++r)
        if (learning[r]) run_rule(projection.rules[r], view);
    });
  }
}

}  // namespace bouton::interpret
