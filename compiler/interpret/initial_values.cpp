#include "compiler/interpret/initial_values.h"

#include <algorithm>

#include "compiler/elaborate/expr_walk.h"
#include "compiler/interpret/step.h"

namespace bouton::interpret {

namespace {

using model::SymbolId;

bool is_state(const model::Neuron& neuron, SymbolId variable) {
  return neuron.scope[variable].kind == model::SymbolKind::State;
}

// Null for what begins with 0.
const model::Expr* initial_of(const model::Neuron& neuron, SymbolId variable) {
  const auto state = std::ranges::find(neuron.states, variable, &model::State::symbol);
  if (state != neuron.states.end()) return &state->initial;
  const auto algebraic = std::ranges::find(neuron.algebraics, variable, &model::Algebraic::symbol);
  const bool begins = algebraic != neuron.algebraics.end() && algebraic->initially.has_value();
  return begins ? &*algebraic->initially : nullptr;
}

// What a part of an expression is the value, earlier value or slope of.
std::optional<SymbolId> variable_of(const model::Expr& part) {
  if (const auto* ref = std::get_if<model::Ref>(&part.node)) return ref->symbol;
  if (const auto* before = std::get_if<model::Previous>(&part.node)) return before->symbol;
  if (const auto* slope = std::get_if<model::Slope>(&part.node)) return slope->symbol;
  return std::nullopt;
}

// What an initial value of a rule may read.
struct SynapseFrame {
  Frame pre;
  Frame post;
  Frame rule;
};

SynapseFrame frame_of(RuleState& rule, const ProjectionState& projection, std::size_t synapse,
                      NetworkState& state) {
  const elaborate::Projection& between = *projection.projection;
  const std::size_t pre = static_cast<std::size_t>(between.pre.first) + synapse % projection.pres;
  const std::size_t post = static_cast<std::size_t>(between.post.first) + synapse / projection.pres;
  return {neuron_frame(state.population(between.pre.population), pre, state),
          neuron_frame(state.population(between.post.population), post, state),
          rule_frame(rule, synapse, state)};
}

Slot value_at(const model::Expr& value, RuleState& rule, const ProjectionState& projection,
              std::size_t synapse, NetworkState& state) {
  Slot* slots = rule.slots.row(synapse);
  const model::Rule& declared = *rule.rule;
  if (declared.weight.valid()) slots[declared.weight.value].real = projection.weights[synapse];
  if (declared.time.valid()) slots[declared.time.value].steps = state.steps[projection.clock.value];
  SynapseFrame frames = frame_of(rule, projection, synapse, state);
  frames.rule.pre = &frames.pre;
  frames.rule.post = &frames.post;
  return elaborate::evaluate_slot(value, frames.rule);
}

}  // namespace

void InitialValues::begin(SymbolId variable, PopulationState& population) {
  if (population.initialised || population.assigned[variable.value]) return;
  if (!begun_.emplace(&population, variable.value).second) return;
  const model::Neuron& neuron = *population.neuron;
  const model::SymbolKind kind = neuron.scope[variable].kind;
  if (!is_state(neuron, variable) && kind != model::SymbolKind::Algebraic) return;
  set_clocks(population, state_.steps[population.clock.value]);
  const model::Expr* const value = initial_of(neuron, variable);
  if (value != nullptr) begin_what_it_reads(*value, population);
  for (std::size_t i = 0; i < population.size; ++i)
    population.now.at(i, variable) = population.before.at(i, variable) =
        value == nullptr ? Slot{}
                         : elaborate::evaluate_slot(*value, neuron_frame(population, i, state_));
}

void InitialValues::begin_what_it_reads(const model::Expr& value, PopulationState& population) {
  elaborate::walk(value, [&](const model::Expr& part) {
    const auto read = variable_of(part);
    if (!read) return;
    begin(*read, population);
    const model::Expr* const slope = population.derivatives[read->value];
    const bool with_slope = std::holds_alternative<model::Slope>(part.node) && slope != nullptr;
    if (with_slope) begin_what_it_reads(*slope, population);
  });
}

void InitialValues::begin(SymbolId variable, RuleState& rule, const ProjectionState& projection) {
  if (rule.initialised || rule.assigned[variable.value]) return;
  if (!begun_.emplace(&rule, variable.value).second) return;
  const auto state = std::ranges::find(rule.rule->states, variable, &model::State::symbol);
  const auto trace = std::ranges::find(rule.rule->traces, variable, &model::TraceDecl::symbol);
  const bool is_trace = trace != rule.rule->traces.end();
  if (state == rule.rule->states.end() && !is_trace) return;
  const model::Expr& value = is_trace ? trace->initial : state->initial;
  begin_what_it_reads(value, rule, projection);
  for (std::size_t s = 0; s < projection.exists.size(); ++s) {
    if (!projection.exists[s]) continue;
    const Slot slot = value_at(value, rule, projection, s, state_);
    rule.slots.at(s, variable) = slot;
    if (is_trace)
      rule.traces[static_cast<std::size_t>(trace - rule.rule->traces.begin())][s] = {
          slot.real, state_.steps[projection.clock.value]};
  }
}

void InitialValues::begin_what_it_reads(const model::Expr& value, RuleState& rule,
                                        const ProjectionState& projection) {
  elaborate::walk(value, [&](const model::Expr& part) {
    if (const auto* field = std::get_if<model::PartnerField>(&part.node))
      return begin_partner(*field, rule, projection);
    if (const auto read = variable_of(part)) begin(*read, rule, projection);
  });
}

void InitialValues::begin_partner(const model::PartnerField& field, const RuleState& rule,
                                  const ProjectionState& projection) {
  const auto& partners = rule.instance->partners;
  const auto binding = std::ranges::find_if(partners, [&](const elaborate::PartnerBinding& one) {
    return one.side == field.side && one.field == field.field;
  });
  BOUTON_CHECK(binding != partners.end(), "partner field without a binding");
  const bool is_pre = field.side == model::Side::Pre;
  PopulationState& partner = state_.population(is_pre ? projection.projection->pre.population
                                                      : projection.projection->post.population);
  begin(binding->symbol, partner);
  const model::Expr* const slope = partner.derivatives[binding->symbol.value];
  if (field.form == model::PartnerField::Form::Slope && slope != nullptr)
    begin_what_it_reads(*slope, partner);
}

}  // namespace bouton::interpret
