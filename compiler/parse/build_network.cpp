#include "compiler/parse/build.h"

namespace bouton::parse {
namespace {

ast::FamilyIndex build_family_index(BuildContext& context, Grammar::FamilyIndexContext* node) {
  std::optional<ast::Identifier> variable = build_optional_name(context, node->name());
  ast::Expr values = variable ? build_values(context, node->values())
                              : build_expression(context, node->expression());
  return {std::move(variable), std::move(values), span_of(context, node)};
}

std::vector<ast::FamilyIndex> build_family(BuildContext& context,
                                           const std::vector<Grammar::FamilyIndexContext*>& nodes) {
  std::vector<ast::FamilyIndex> built;
  for (auto* node : nodes) built.push_back(build_family_index(context, node));
  return built;
}

ast::Connect build_connect(BuildContext& context, Grammar::ConnectClauseContext* node) {
  if (node->ALL() != nullptr) return {ast::ConnectAll{}};
  if (node->TO() != nullptr) return {ast::ConnectOneToOne{}};
  ast::Expr value = build_expression(context, node->expression());
  if (node->PROBABILITY() != nullptr) return {ast::ConnectProbability{std::move(value)}};
  if (node->IN_DEGREE() != nullptr) return {ast::ConnectInDegree{std::move(value)}};
  return {ast::ConnectFrom{std::move(value)}};
}

ast::Learning build_learning(BuildContext& context, Grammar::ClauseContext* node) {
  return {build_optional_name(context, node->name()),
          build_instantiation(context, node->instantiation())};
}

ast::Delay build_delay(BuildContext& context, Grammar::ClauseContext* node) {
  ast::DelayKind kind = ast::DelayKind::Backprop;
  if (node->AXONAL() != nullptr) kind = ast::DelayKind::Axonal;
  if (node->DENDRITIC() != nullptr) kind = ast::DelayKind::Dendritic;
  return {kind, build_expression(context, node->expression())};
}

ast::ProjectionClause build_clause(BuildContext& context, Grammar::ClauseContext* node) {
  const source::Span span = span_of(context, node);
  if (node->SELF() != nullptr) return {span, ast::NoSelf{}};
  if (auto* connect = node->connectClause()) return {span, build_connect(context, connect)};
  if (auto* sign = node->signClause()) return {span, build_sign(sign)};
  if (node->LEARNING() != nullptr) return {span, build_learning(context, node)};
  if (node->VIA() != nullptr) {
    return {span, ast::Via{build_instantiation(context, node->instantiation())}};
  }
  if (node->WEIGHTS() != nullptr) {
    return {span, ast::WeightsTiedTo{build_expression(context, node->expression())}};
  }
  if (node->WEIGHT() != nullptr) {
    return {span, ast::Weight{build_expression(context, node->expression())}};
  }
  return {span, build_delay(context, node)};
}

}  // namespace

ast::Population build_population(BuildContext& context, Grammar::PopulationStatementContext* node) {
  return {build_name(context, node->name()), build_family(context, node->familyIndex()),
          build_expression(context, node->expression()),
          build_instantiation(context, node->instantiation())};
}

ast::Projection build_projection(BuildContext& context, Grammar::ProjectionStatementContext* node) {
  ast::Projection projection{build_name(context, node->name()),
                             build_family(context, node->familyIndex()),
                             build_place(context, node->source),
                             build_place(context, node->target),
                             {}};
  for (auto* clause : node->clause()) projection.clauses.push_back(build_clause(context, clause));
  return projection;
}

ast::Sign build_sign(Grammar::SignClauseContext* node) {
  return {node->EXCITATORY() != nullptr ? ast::Polarity::Excitatory : ast::Polarity::Inhibitory};
}

}  // namespace bouton::parse
