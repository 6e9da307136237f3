#include "compiler/elaborate/projection_ends.h"

#include <algorithm>

#include "compiler/elaborate/owners.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;

std::optional<PopulationPart> find_population(const model::Endpoint& end, Builder& builder) {
  const auto key =
      find_member({end.span, end.circuit, end.population, end.family_indices}, builder);
  if (!key) return std::nullopt;
  const PopulationId id = std::get<PopulationId>(builder.network.owners.at(*key));
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
  if (range == nullptr || range->by) {
    builder.report({end.part->span, "a part of a population is a range `a .. b`", ""});
    return std::nullopt;
  }
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

const model::Neuron& neuron_of(const PopulationPart& part, const Builder& builder) {
  return builder.network.neuron_of(builder.network.populations[part.population]);
}

bool set_input(const model::ProjectionDecl& decl, Projection& projection, Builder& builder) {
  const model::Neuron& neuron = neuron_of(projection.post, builder);
  const auto symbol = neuron.scope.find(decl.post.variable);
  if (symbol && neuron.scope[*symbol].kind == model::SymbolKind::Input) {
    projection.input = *symbol;
    return true;
  }
  builder.diagnostics
      .report(Kind::TargetIsNoInput, decl.post.span,
              {decl.post.variable, builder.network.populations[projection.post.population].name})
      .other(neuron.span, "declared here");
  return false;
}

bool set_source(const model::ProjectionDecl& decl, Projection& projection, Builder& builder) {
  const model::Neuron& neuron = neuron_of(projection.pre, builder);
  if (decl.pre.variable.empty()) {
    if (neuron.spike) return true;
    builder.diagnostics
        .report(Kind::SourceDoesNotSpike, decl.pre.span, {projection.name, neuron.name})
        .other(neuron.span, "declared here without `spike`");
    return false;
  }
  projection.pre_variable = neuron.scope.find(decl.pre.variable);
  if (projection.pre_variable) return true;
  builder.diagnostics
      .report(Kind::UnknownField, decl.pre.span,
              {"population `" + builder.network.populations[projection.pre.population].name + "`",
               decl.pre.variable})
      .other(neuron.span, "neuron `" + neuron.name + "`");
  return false;
}

}  // namespace

bool set_ends(const model::ProjectionDecl& decl, Projection& projection, Builder& builder) {
  const auto pre = evaluate_part(decl.pre, builder);
  const auto post = evaluate_part(decl.post, builder);
  if (!pre || !post) return false;
  projection.pre = *pre;
  projection.post = *post;
  const bool has_input = set_input(decl, projection, builder);
  return set_source(decl, projection, builder) && has_input;
}

void check_sent_variable(const model::ProjectionDecl& decl, const Projection& projection,
                         Builder& builder) {
  if (!projection.pre_variable || projection.delays.axonal == 0) return;
  const model::Neuron& neuron = neuron_of(projection.pre, builder);
  const auto variable =
      std::ranges::find(neuron.algebraics, *projection.pre_variable, &model::Algebraic::symbol);
  if (variable == neuron.algebraics.end() || variable->initially) return;
  builder.diagnostics
      .report(Kind::SentWithoutPrevious, decl.pre.span, {decl.pre.variable, neuron.name})
      .other(neuron.scope[variable->symbol].span, "defined here")
      .hint("say `, initially e` where `" + decl.pre.variable + "` is defined");
}

}  // namespace bouton::elaborate
