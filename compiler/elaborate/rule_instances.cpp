#include "compiler/elaborate/rule_instances.h"

#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/parameter_values.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;
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

const char* name_of(model::Side side) { return side == model::Side::Pre ? "pre" : "post"; }

bool waits_for(const model::Rule& rule, model::Side side) {
  const auto waits = [&](const model::RuleItem& item) {
    const auto* spike = std::get_if<model::OnSpikeOf>(&item.node);
    return std::holds_alternative<model::OnPair>(item.node) ||
           (spike != nullptr && spike->side == side);
  };
  const auto jumps = [&](const model::TraceDecl& trace) {
    return side == model::Side::Pre ? trace.on_pre.has_value() : trace.on_post.has_value();
  };
  return std::ranges::any_of(rule.items, waits) || std::ranges::any_of(rule.traces, jumps);
}

// Binds what a rule reads of its neurons. Check has seen that some member of a family has it.
class PartnerBinder {
 public:
  PartnerBinder(const model::Learning& learning, const Projection& projection, Builder& builder)
      : learning_(learning),
        rule_(builder.program.rules[learning.rule]),
        projection_(projection),
        builder_(builder) {}

  bool bind() {
    for (const model::PartnerField* field : field_uses(rule_)) bind(*field);
    for (const model::Side side : {model::Side::Pre, model::Side::Post}) require_spikes(side);
    return complete_;
  }
  std::vector<PartnerBinding> take() { return std::move(partners_); }

 private:
  [[nodiscard]] const model::Neuron& neuron_at(model::Side side) const {
    const PopulationPart& part = side == model::Side::Pre ? projection_.pre : projection_.post;
    return builder_.network.neuron_of(builder_.network.populations[part.population]);
  }

  void bind(const model::PartnerField& field) {
    const bool known = std::ranges::any_of(partners_, [&](const PartnerBinding& binding) {
      return binding.side == field.side && binding.field == field.field;
    });
    if (known) return;
    const model::Neuron& neuron = neuron_at(field.side);
    const auto symbol = neuron.scope.find(field.field);
    if (symbol) return partners_.push_back({field.side, field.field, *symbol});
    complete_ = false;
    builder_.diagnostics
        .report(Kind::RuleFieldMissing, learning_.span,
                {rule_.name, projection_.name, name_of(field.side), field.field, neuron.name})
        .other(neuron.span, "neuron `" + neuron.name + "`");
  }

  void require_spikes(model::Side side) {
    const model::Neuron& neuron = neuron_at(side);
    if (neuron.spike || !waits_for(rule_, side)) return;
    complete_ = false;
    builder_.diagnostics
        .report(Kind::RuleNeedsSpikes, learning_.span,
                {rule_.name, projection_.name, name_of(side), neuron.name})
        .other(neuron.span, "declared here without `spike`");
  }

  const model::Learning& learning_;
  const model::Rule& rule_;
  const Projection& projection_;
  Builder& builder_;
  std::vector<PartnerBinding> partners_;
  bool complete_ = true;
};

}  // namespace

std::optional<RuleInstance> build_rule_instance(const model::Learning& learning,
                                                const Projection& projection, Builder& builder) {
  const model::Rule& rule = builder.program.rules[learning.rule];
  RuleInstance instance{learning.name, learning.span, learning.rule, {}, {}};
  instance.parameters =
      build_parameter_values({rule.scope, rule.parameters, rule.timestep}, learning.arguments,
                             runtime::Shape{static_cast<std::size_t>(projection.post.count),
                                            static_cast<std::size_t>(projection.pre.count)},
                             builder);
  PartnerBinder partners(learning, projection, builder);
  if (!partners.bind()) return std::nullopt;
  instance.partners = partners.take();
  return instance;
}

}  // namespace bouton::elaborate
