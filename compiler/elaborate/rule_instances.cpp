#include "compiler/elaborate/rule_instances.h"

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/parameter_values.h"

namespace bouton::elaborate {

namespace {

using FieldUses = std::vector<const model::PartnerField*>;

void collect(const model::Expr& expr, FieldUses& uses) {
  walk(expr, [&](const model::Expr& part) {
    if (const auto* field = std::get_if<model::PartnerField>(&part.node)) uses.push_back(field);
  });
}

void collect(const model::HandlerBody& body, FieldUses& uses) {
  walk(body, [&](const model::Expr& part) {
    if (const auto* field = std::get_if<model::PartnerField>(&part.node)) uses.push_back(field);
  });
}

void collect(const model::TraceDecl& trace, FieldUses& uses) {
  collect(trace.initial, uses);
  collect(trace.derivative, uses);
  if (trace.on_pre) collect(*trace.on_pre, uses);
  if (trace.on_post) collect(*trace.on_post, uses);
}

FieldUses field_uses(const model::Rule& rule) {
  FieldUses uses;
  for (const model::State& state : rule.states) collect(state.initial, uses);
  for (const model::TraceDecl& trace : rule.traces) collect(trace, uses);
  for (const model::RuleItem& item : rule.items)
    match(
        item.node, [&](const model::OnPair& pair) { collect(pair.body, uses); },
        [&](const model::OnSpikeOf& spike) { collect(spike.body, uses); },
        [&](const model::OnStep& step) { collect(step.body, uses); },
        [&](const model::RuleEquation& equation) { collect(equation.value, uses); });
  if (rule.bound) {
    collect(rule.bound->low, uses);
    collect(rule.bound->high, uses);
  }
  return uses;
}

// The checker has seen that the neuron has what the rule reads.
void bind_partner(const model::PartnerField& field, const Projection& projection,
                  const Network& network, std::vector<PartnerBinding>& partners) {
  const bool known = std::ranges::any_of(partners, [&](const PartnerBinding& binding) {
    return binding.side == field.side && binding.field == field.field;
  });
  if (known) return;
  const PopulationPart& part = field.side == model::Side::Pre ? projection.pre : projection.post;
  const model::Neuron& neuron = network.neuron_of(network.populations[part.population]);
  const auto symbol = neuron.scope.find(field.field);
  BOUTON_CHECK(symbol.has_value(), "check has found what a rule reads of its neurons");
  partners.push_back({field.side, field.field, *symbol});
}

}  // namespace

RuleInstance build_rule_instance(const model::Learning& learning, const Projection& projection,
                                 Builder& builder) {
  const model::Rule& rule = builder.program.rules[learning.rule];
  RuleInstance instance{learning.name, learning.span, learning.rule, {}, {}};
  instance.parameters =
      build_parameter_values({rule.scope, rule.parameters, rule.timestep}, learning.arguments,
                             runtime::Shape{static_cast<std::size_t>(projection.post.count),
                                            static_cast<std::size_t>(projection.pre.count)},
                             builder);
  for (const model::PartnerField* field : field_uses(rule))
    bind_partner(*field, projection, builder.network, instance.partners);
  return instance;
}

}  // namespace bouton::elaborate
