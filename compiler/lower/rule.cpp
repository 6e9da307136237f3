#include "compiler/lower/rule.h"

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/elaborate/parameter_values.h"
#include "compiler/elaborate/time_divisors.h"
#include "compiler/lower/columns.h"
#include "compiler/lower/neuron.h"
#include "compiler/lower/trace.h"
#include "compiler/lower/trace_place.h"
#include "compiler/lower/window_trace.h"

namespace bouton::lower {

namespace {

using elaborate::ProjectionId;
using model::SymbolKind;

class RuleLowerer {
 public:
  RuleLowerer(Lowering& lowering, ProjectionId projection, const elaborate::RuleInstance& instance)
      : lowering_(lowering),
        projection_(projection),
        instance_(instance),
        rule_(lowering.rule_of(instance)) {}

  void add() {
    auto& rules = lowering_.projections[projection_].rules;
    at_ = {projection_, rules.size(), {}};
    rules.push_back({});
    parts().rule = lowering_.plan.rules.add(
        {instance_.name, lowering_.projections[projection_].link, instance_.span});
    if (lowering_.rules_reset_alone.contains({projection_, at_.rule})) add_first_seen();
    parts().functions = elaborate::functions_of(instance_.parameters, rule_.scope.all().size());
    for (const model::SymbolId broadcast : rule_.broadcasts) add_broadcast(broadcast);
    for (const elaborate::ParameterValue& parameter : instance_.parameters)
      add_parameter(parameter);
    for (const model::State& state : rule_.states) add_state(state);
    for (const model::TraceDecl& trace : rule_.traces) add_trace(lowering_, at_, trace);
    add_windows(lowering_, at_);
  }

 private:
  RuleParts& parts() { return lowering_.projections[projection_].rules[at_.rule]; }

  void add_first_seen() {
    const std::string& projection = lowering_.network.projections[projection_].name;
    parts().first_seen = add_column(lowering_, {projection + "." + instance_.name + ".first seen",
                                                plan::kI64,
                                                {},
                                                plan::Role::State,
                                                parts().rule,
                                                {},
                                                instance_.span,
                                                "the experiment resets the rule alone"});
    lowering_.plan.rules[parts().rule].first_seen = parts().first_seen;
  }

  plan::ColumnId column(model::SymbolId symbol, plan::Role role) {
    const ProjectionParts& projection = lowering_.projections[projection_];
    const model::Symbol& declared = rule_.scope[symbol];
    const std::string owner =
        lowering_.network.projections[projection_].name + "." + instance_.name + ".";
    const plan::ColumnId id = add_column(lowering_, {owner + declared.name,
                                                     column_type(declared.type),
                                                     {projection.post, projection.pre},
                                                     role,
                                                     parts().rule,
                                                     {},
                                                     declared.span});
    lowering_.plan.columns[id].dimension = declared.type.dimension;
    return id;
  }

  void add_parameter(const elaborate::ParameterValue& parameter) {
    const auto* tensor = std::get_if<runtime::Tensor>(&parameter.value);
    if (tensor == nullptr) return;
    const model::Symbol& symbol = rule_.scope[parameter.symbol];
    const bool mentioned = lowering_.mentions.contains({projection_, instance_.name, symbol.name});
    if (tensor->is_scalar() && !mentioned) {
      parts().constants[parameter.symbol] = constant(*tensor, symbol.type);
      return;
    }
    const plan::ColumnId id = column(parameter.symbol, plan::Role::Parameter);
    lowering_.plan.columns[id].initial = literal(*tensor);
    lowering_.plan.columns[id].positive =
        elaborate::time_constants_of(rule_).contains(parameter.symbol);
    lowering_.plan.columns[id].reason =
        mentioned ? "the experiment names it" : "it differs between synapses";
    parts().columns[parameter.symbol] = id;
  }

  void add_broadcast(model::SymbolId symbol) {
    const plan::ColumnId id = column(symbol, plan::Role::Parameter);
    lowering_.plan.columns[id].axes.clear();
    lowering_.plan.columns[id].reason = "the experiment sends it to all synapses";
    parts().broadcasts[symbol] = id;
  }

  void add_state(const model::State& state) {
    const plan::ColumnId id = column(state.symbol, plan::Role::State);
    set_initial(lowering_, id, state.initial, lowering_.projections[projection_].link,
                [&](Emitter& emit) { return rule_names(at_, emit); });
    parts().columns[state.symbol] = id;
  }

  Lowering& lowering_;
  ProjectionId projection_;
  const elaborate::RuleInstance& instance_;
  const model::Rule& rule_;
  RuleAt at_;
};

const elaborate::RuleInstance& instance_of(const Lowering& lowering, const RuleAt& at) {
  return lowering.network.projections[at.projection].rules[at.rule];
}

Value read_rule(const RuleAt& at, model::SymbolId symbol, source::Span span, Emitter& emit) {
  Lowering& lowering = emit.lowering();
  const ProjectionParts& projection = lowering.projections[at.projection];
  const RuleParts& parts = projection.rules[at.rule];
  if (const auto known = parts.constants.find(symbol); known != parts.constants.end())
    return known->second;
  if (const auto column = parts.columns.find(symbol); column != parts.columns.end())
    return emit.kernel().load_at(column->second, {projection.post, projection.pre});
  if (const auto signal = parts.broadcasts.find(symbol); signal != parts.broadcasts.end())
    return emit.kernel().load_at(signal->second, {});
  if (const auto trace = parts.traces.find(symbol); trace != parts.traces.end())
    return read_trace(at, trace->second, emit);
  switch (lowering.rule_of(instance_of(lowering, at)).scope[symbol].kind) {
    case SymbolKind::Weight:
      return emit.kernel().load_at(projection.weight, {projection.post, projection.pre});
    case SymbolKind::PairTime:
      return emit.kernel().input(plan::Input::Interval);
    case SymbolKind::Time:
      return emit.kernel().step();
    case SymbolKind::Timestep:
      return emit.timestep();
    default:
      // Other traces were refused where they are declared.
      BOUTON_CHECK(lowering.refused, "a name of a rule without a value");
      static_cast<void>(span);
      return 0.0;
  }
}

Value read_partner(const RuleAt& at, const model::PartnerField& field, source::Span span,
                   Emitter& emit) {
  const Lowering& lowering = emit.lowering();
  const elaborate::RuleInstance& instance = instance_of(lowering, at);
  const auto binding =
      std::ranges::find_if(instance.partners, [&](const elaborate::PartnerBinding& candidate) {
        return candidate.side == field.side && candidate.field == field.field;
      });
  BOUTON_CHECK(binding != instance.partners.end(), "partner field without a binding");
  const elaborate::Projection& projection = lowering.network.projections[at.projection];
  const bool is_pre = field.side == model::Side::Pre;
  const NeuronAt neuron{is_pre ? projection.pre.population : projection.post.population,
                        axis_of(lowering, at, field.side)};
  switch (field.form) {
    case model::PartnerField::Form::Value:
      return read_neuron(neuron, binding->symbol, span, emit);
    case model::PartnerField::Form::Previous:
      return read_neuron_before(neuron, binding->symbol, span, emit);
    case model::PartnerField::Form::Slope:
      return read_neuron_slope(neuron, binding->symbol, span, emit);
  }
  BOUTON_UNREACHABLE("form of a partner field");
}

}  // namespace

void add_rule(Lowering& lowering, ProjectionId projection,
              const elaborate::RuleInstance& instance) {
  RuleLowerer(lowering, projection, instance).add();
}

Names rule_names(const RuleAt& at, Emitter& emit) {
  Lowering& lowering = emit.lowering();
  Names names;
  names.scope = &lowering.rule_of(instance_of(lowering, at)).scope;
  names.functions = &lowering.projections[at.projection].rules[at.rule].functions;
  names.value = [at, &emit](model::SymbolId symbol, source::Span span) {
    return read_rule(at, symbol, span, emit);
  };
  names.previous = [at, &emit](model::SymbolId symbol, source::Span span) {
    if (!emit.lowering().projections[at.projection].rules[at.rule].constants.contains(symbol))
      emit.lowering().refuse(Unlowered::PreviousInRule, span);
    return read_rule(at, symbol, span, emit);
  };
  names.partner = [at, &emit](const model::PartnerField& field, source::Span span) {
    return read_partner(at, field, span, emit);
  };
  return names;
}

std::map<model::SymbolId, plan::ColumnId> assignable_columns(const Lowering& lowering,
                                                             const RuleAt& at) {
  const ProjectionParts& projection = lowering.projections[at.projection];
  const model::Rule& rule = lowering.rule_of(instance_of(lowering, at));
  std::map<model::SymbolId, plan::ColumnId> columns;
  for (const model::State& state : rule.states)
    columns[state.symbol] = projection.rules[at.rule].columns.at(state.symbol);
  for (const model::SymbolId symbol : rule.scope.all().ids())
    if (rule.scope[symbol].kind == SymbolKind::Weight)
      if (const auto* weight = std::get_if<plan::ColumnId>(&projection.weight))
        columns[symbol] = *weight;
  return columns;
}

}  // namespace bouton::lower
