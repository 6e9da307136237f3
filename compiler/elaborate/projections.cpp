#include "compiler/elaborate/projections.h"

#include "compiler/base/match.h"
#include "compiler/elaborate/parameter_values.h"
#include "compiler/elaborate/populations.h"
#include "compiler/elaborate/psp_shape.h"
#include "compiler/elaborate/rule_instances.h"
#include "compiler/elaborate/rule_windows.h"
#include "compiler/elaborate/steps.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;

void report_not_elaborated(const char* what, source::Span span, Builder& builder) {
  builder.diagnostics.report(Kind::NotElaborated, span, {what});
}

std::optional<PopulationPart> find_population(const model::Endpoint& end, Builder& builder) {
  const auto owner = builder.network.owners.find({std::nullopt, end.population, {}});
  if (owner == builder.network.owners.end()) return std::nullopt;
  const PopulationId id = std::get<PopulationId>(owner->second);
  return PopulationPart{id, 0, builder.network.populations[id].size};
}

void report_part_outside(const model::Endpoint& end, const Population& population,
                         Builder& builder) {
  builder.report({end.span,
                  "`" + population.name + "` has " + std::to_string(population.size) +
                      " neurons: this part leaves it",
                  "indices count from 0"});
}

std::optional<PopulationPart> evaluate_part(const model::Endpoint& end, Builder& builder) {
  auto part = find_population(end, builder);
  if (!part || !end.part) return part;
  const auto* range = std::get_if<model::Range>(&end.part->node);
  if (range == nullptr || range->by) return std::nullopt;
  const auto first = evaluate_whole(*range->first, builder.environment);
  const auto last = evaluate_whole(*range->last, builder.environment);
  if (!first || !last) {
    builder.report(!first ? first.problem() : last.problem());
    return std::nullopt;
  }
  if (*first < 0 || *last >= part->count || *last < *first) {
    report_part_outside(end, builder.network.populations[part->population], builder);
    return std::nullopt;
  }
  return PopulationPart{part->population, *first, *last - *first + 1};
}

std::int64_t evaluate_delay(const std::optional<model::Expr>& delay, Builder& builder) {
  if (!delay) return 0;
  const auto steps = evaluate_duration(*delay, builder.environment);
  if (!steps) {
    builder.diagnostics.report(Kind::BadDuration, delay->span, {steps.problem().message})
        .hint(steps.problem().hint);
    return 0;
  }
  if (*steps < 0)
    builder.diagnostics.report(Kind::BadDuration, delay->span, {"a delay cannot be negative"});
  return *steps;
}

std::optional<Connectivity> build_connectivity(const model::ProjectionDecl& decl,
                                               const Projection& projection, source::Span span,
                                               Builder& builder) {
  if (std::holds_alternative<model::ConnectAll>(decl.connect))
    return DenseConnectivity{decl.no_self};
  if (!std::holds_alternative<model::ConnectOneToOne>(decl.connect)) {
    report_not_elaborated("a projection with random or listed connections", span, builder);
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

// What has a place in the network form but no elaboration yet.
bool report_unsupported(const model::ProjectionDecl& decl, source::Span span, Builder& builder) {
  const std::size_t before = builder.diagnostics.error_count();
  if (!decl.family.empty() || !decl.pre.family_indices.empty() || !decl.post.family_indices.empty())
    report_not_elaborated("a family of projections", span, builder);
  if (decl.pre.circuit || decl.post.circuit)
    report_not_elaborated("a projection into a circuit", span, builder);
  if (decl.tied_to) report_not_elaborated("a tied weight", decl.tied_to->span, builder);
  if (!decl.pre.variable.empty())
    report_not_elaborated("a projection of a continuous variable", decl.pre.span, builder);
  return builder.diagnostics.error_count() > before;
}

model::SymbolId input_of(const model::ProjectionDecl& decl, const Projection& projection,
                         const Network& network) {
  const auto& neuron = network.neuron_of(network.populations[projection.post.population]);
  const auto symbol = neuron.scope.find(decl.post.variable);
  BOUTON_CHECK(symbol.has_value(), "check has found the input");
  return *symbol;
}

// The least a projection takes: a weight, and the states of its rules, for every synapse.
bool fits(const model::ProjectionDecl& decl, const Projection& projection, source::Span span,
          Builder& builder) {
  std::size_t numbers = 1;
  for (const model::Learning& learning : decl.learning)
    numbers += builder.program.rules[learning.rule].states.size();
  const double synapses =
      static_cast<double>(projection.pre.count) * static_cast<double>(projection.post.count);
  const double bytes = synapses * static_cast<double>(numbers) * sizeof(double);
  return fits_memory(projection.name, bytes, span, builder);
}

}  // namespace

void add_projection(const model::ProjectionDecl& decl, source::Span span, Builder& builder) {
  if (report_unsupported(decl, span, builder)) return;
  const auto pre = evaluate_part(decl.pre, builder);
  const auto post = evaluate_part(decl.post, builder);
  if (!pre || !post) return;
  Projection projection;
  projection.name = builder.qualified(builder.experiment.scope[decl.symbol].name);
  projection.span = span;
  projection.pre = *pre;
  projection.post = *post;
  projection.input = input_of(decl, projection, builder.network);
  projection.delays = {evaluate_delay(decl.axonal, builder),
                       evaluate_delay(decl.dendritic, builder),
                       evaluate_delay(decl.backprop, builder)};
  projection.initial_weight = evaluate_weight(decl, builder);
  projection.sign = decl.sign;
  const auto connectivity = build_connectivity(decl, projection, span, builder);
  if (!connectivity || !fits(decl, projection, span, builder)) return;
  projection.connectivity = *connectivity;
  if (decl.via) projection.synapse = build_synapse(*decl.via, builder);
  for (const model::Learning& learning : decl.learning) {
    projection.rules.push_back(build_rule_instance(learning, projection, builder));
    check_rule_values(projection.rules.back(), builder);
  }
  const ProjectionId id = builder.network.projections.add(std::move(projection));
  builder.network.owners[{std::nullopt, decl.symbol, {}}] = id;
}

}  // namespace bouton::elaborate
