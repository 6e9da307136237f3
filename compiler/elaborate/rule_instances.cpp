#include "compiler/elaborate/rule_instances.h"

#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/parameter_values.h"

namespace bouton::elaborate {

namespace {

struct FieldUse {
  const model::PartnerField* field;
  source::Span span;
};

void collect(const model::Expr& expr, std::vector<FieldUse>& uses) {
  walk(expr, [&](const model::Expr& part) {
    if (const auto* field = std::get_if<model::PartnerField>(&part.node))
      uses.push_back({field, part.span});
  });
}

void collect(const model::HandlerBody& body, std::vector<FieldUse>& uses) {
  walk(body, [&](const model::Expr& part) {
    if (const auto* field = std::get_if<model::PartnerField>(&part.node))
      uses.push_back({field, part.span});
  });
}

void collect(const model::TraceDecl& trace, std::vector<FieldUse>& uses) {
  collect(trace.initial, uses);
  collect(trace.derivative, uses);
  if (trace.on_pre) collect(*trace.on_pre, uses);
  if (trace.on_post) collect(*trace.on_post, uses);
}

std::vector<FieldUse> field_uses(const model::Rule& rule) {
  std::vector<FieldUse> uses;
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

class PartnerBinder {
 public:
  PartnerBinder(const model::Rule& rule, const Projection& projection, source::Span learning,
                Builder& builder)
      : rule_(rule), projection_(projection), learning_(learning), builder_(builder) {}

  void bind(const FieldUse& use, std::vector<PartnerBinding>& partners) {
    const auto& field = *use.field;
    const bool known = std::ranges::any_of(partners, [&](const PartnerBinding& binding) {
      return binding.side == field.side && binding.field == field.field;
    });
    if (known) return;
    const PopulationPart& part =
        field.side == model::Side::Pre ? projection_.pre : projection_.post;
    const model::Neuron& neuron =
        builder_.network.neuron_of(builder_.network.populations[part.population]);
    if (const auto symbol = neuron.scope.find(field.field))
      partners.push_back({field.side, field.field, *symbol});
    else
      report_missing(use, neuron);
  }

 private:
  void report_missing(const FieldUse& use, const model::Neuron& neuron) {
    const std::string side = use.field->side == model::Side::Pre ? "pre" : "post";
    builder_.diagnostics
        .report(diagnostics::Kind::NoPartnerField, use.span,
                {rule_.name, side, use.field->field, neuron.name, use.field->field})
        .other(learning_, "`" + projection_.name + "` learns by it here")
        .other(neuron.span, "neuron `" + neuron.name + "`");
  }

  const model::Rule& rule_;
  const Projection& projection_;
  source::Span learning_;
  Builder& builder_;
};

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
  PartnerBinder binder(rule, projection, learning.span, builder);
  for (const FieldUse& use : field_uses(rule)) binder.bind(use, instance.partners);
  return instance;
}

}  // namespace bouton::elaborate
