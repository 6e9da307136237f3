#include "compiler/elaborate/projections.h"

#include "compiler/base/match.h"
#include "compiler/elaborate/families.h"
#include "compiler/elaborate/growing_decays.h"
#include "compiler/elaborate/owners.h"
#include "compiler/elaborate/parameter_values.h"
#include "compiler/elaborate/populations.h"
#include "compiler/elaborate/projection_ends.h"
#include "compiler/elaborate/psp_shape.h"
#include "compiler/elaborate/rule_instances.h"
#include "compiler/elaborate/rule_windows.h"
#include "compiler/elaborate/steps.h"
#include "compiler/elaborate/ties.h"
#include "compiler/elaborate/time_constants.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;

std::int64_t evaluate_delay(const std::optional<model::Expr>& delay, Builder& builder) {
  if (!delay) return 0;
  const auto steps = evaluate_duration(*delay, builder.environment);
  if (!steps) {
    builder.diagnostics.report(Kind::BadDuration, delay->span, {steps.problem().message})
        .hint(steps.problem().hint);
    return 0;
  }
  if (*steps < 0)
    builder.diagnostics.report(Kind::BadDuration, delay->span,
                               {"a delay cannot be negative, but this is " + in_steps(*steps)});
  return *steps;
}

std::optional<Connectivity> build_connectivity(const model::ProjectionDecl& decl,
                                               const Projection& projection, source::Span span,
                                               Builder& builder) {
  if (std::holds_alternative<model::ConnectAll>(decl.connect))
    return DenseConnectivity{decl.no_self};
  if (!std::holds_alternative<model::ConnectOneToOne>(decl.connect)) {
    builder.diagnostics.report(Kind::NotElaborated, span,
                               {"a projection with random or listed connections"});
    return std::nullopt;
  }
  if (projection.pre.count == projection.post.count) return OneToOneConnectivity{};
  builder.diagnostics.report(
      Kind::UnequalOneToOne, span,
      {std::to_string(projection.pre.count), std::to_string(projection.post.count)});
  return std::nullopt;
}

std::optional<SynapseInstance> build_synapse(const model::Via& via, Builder& builder) {
  const model::Synapse& synapse = builder.program.synapses[via.synapse];
  SynapseInstance instance{via.span, via.synapse, {}, std::nullopt};
  instance.parameters =
      build_parameter_values({synapse.scope, synapse.parameters, synapse.timestep}, via.arguments,
                             runtime::Shape{}, builder);
  if (builder.failed()) return std::nullopt;
  check_time_constants(instance, builder);
  if (builder.failed()) return std::nullopt;
  warn_of_growth(instance, builder);
  if (synapse.psp) instance.psp = build_psp_shape(synapse, instance, builder);
  return instance;
}

double evaluate_weight(const model::ProjectionDecl& decl, Builder& builder) {
  if (!decl.weight) return 0.0;
  const auto weight = evaluate_number(*decl.weight, builder.environment);
  if (weight) return builder.network.arithmetic().round(*weight);
  builder.report(weight.problem());
  return 0.0;
}

// The least a projection takes: a weight, and the states of its rules, for every synapse.
bool fits(const model::ProjectionDecl& decl, const Projection& projection, source::Span span,
          Builder& builder) {
  std::size_t numbers = decl.tied_to ? 0 : 1;
  for (const model::Learning& learning : decl.learning)
    numbers += builder.program.rules[learning.rule].states.size();
  const double synapses =
      static_cast<double>(projection.pre.count) * static_cast<double>(projection.post.count);
  const double bytes = synapses * static_cast<double>(numbers) * sizeof(double);
  return fits_memory(projection.name, bytes, span, builder);
}

void add_member(const model::ProjectionDecl& decl, const FamilyIndices& indices, source::Span span,
                Builder& builder) {
  Projection projection;
  projection.name = builder.qualified(member_name(builder.scope()[decl.symbol].name, indices));
  projection.span = span;
  if (!set_ends(decl, projection, builder)) return;
  projection.delays = {evaluate_delay(decl.axonal, builder),
                       evaluate_delay(decl.dendritic, builder),
                       evaluate_delay(decl.backprop, builder)};
  check_sent_variable(decl, projection, builder);
  projection.initial_weight = evaluate_weight(decl, builder);
  projection.sign = decl.sign;
  const auto connectivity = build_connectivity(decl, projection, span, builder);
  if (!connectivity || !fits(decl, projection, span, builder)) return;
  projection.connectivity = *connectivity;
  if (decl.via) projection.synapse = build_synapse(*decl.via, builder);
  for (const model::Learning& learning : decl.learning) {
    auto rule = build_rule_instance(learning, projection, builder);
    if (!rule) continue;
    check_time_constants(*rule, projection, builder);
    check_rule_values(*rule, builder);
    warn_of_growth(*rule, builder);
    projection.rules.push_back(*std::move(rule));
  }
  const ProjectionId id = builder.network.projections.add(std::move(projection));
  OwnerKey key = key_in(builder, {}, decl.symbol);
  key.family_indices = indices;
  declare_owner(key, id, span, builder);
  if (decl.tied_to) declare_tie(*decl.tied_to, id, builder);
}

}  // namespace

void add_projection(const model::ProjectionDecl& decl, source::Span span, Builder& builder) {
  declare_family(decl.symbol, decl.family, builder,
                 [&](const FamilyIndices& indices) { add_member(decl, indices, span, builder); });
}

}  // namespace bouton::elaborate
