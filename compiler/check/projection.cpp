#include "compiler/check/projection.h"

#include <fmt/format.h>

#include "compiler/base/match.h"
#include "compiler/check/arguments.h"
#include "compiler/check/clauses.h"
#include "compiler/check/compile_time.h"
#include "compiler/check/convert.h"
#include "compiler/check/endpoint.h"
#include "compiler/check/expr.h"
#include "compiler/check/population.h"
#include "compiler/check/tied_weights.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

const ProjectionPiece* find_piece(const Projection& projection, const ast::Projection& syntax) {
  for (const ProjectionPiece& piece : projection.pieces)
    if (piece.syntax == &syntax) return &piece;
  return nullptr;
}

model::Connect check_connect(const ast::Connect* connect, BodyContext& body) {
  if (connect == nullptr) return model::ConnectAll{};
  Context& context = body.context;
  return match(
      connect->how, [](const ast::ConnectAll&) -> model::Connect { return model::ConnectAll{}; },
      [](const ast::ConnectOneToOne&) -> model::Connect { return model::ConnectOneToOne{}; },
      [&](const ast::ConnectProbability& how) -> model::Connect {
        return model::ConnectProbability{
            check_as(how.probability, real(units::kNone), "a connection probability", context)
                .expr};
      },
      [&](const ast::ConnectInDegree& how) -> model::Connect {
        return model::ConnectInDegree{
            check_as(how.degree, real(units::kNone), "an in-degree", context).expr};
      },
      [&](const ast::ConnectFrom& how) -> model::Connect {
        return model::ConnectList{
            check_as(how.connections, real(units::kNone, 2), "a list of connections", context)
                .expr};
      });
}

// Within a population each neuron is connected with itself.
void check_no_self_one_to_one(const Clauses& clauses, BodyContext& body) {
  if (clauses.connect == nullptr ||
      !std::holds_alternative<ast::ConnectOneToOne>(clauses.connect->how))
    return;
  body.context.diagnostics.report(Kind::NoSelfOneToOne, clauses.no_self_span)
      .other(clauses.connect_span, "connects each neuron with itself");
}

void check_no_self(const Clauses& clauses, const EndpointUse& pre, const EndpointUse& post,
                   BodyContext& body) {
  if (clauses.no_self == nullptr) return;
  const bool same = pre.population == post.population && pre.owner.circuit == post.owner.circuit;
  if (same) return check_no_self_one_to_one(clauses, body);
  body.context.diagnostics.report(Kind::NoSelfBetweenPopulations, clauses.no_self_span)
      .other(pre.span, "from here")
      .other(post.span, "to another population");
}

std::optional<model::Via> check_via(const Clauses& clauses, const ProjectionPiece& piece,
                                    BodyContext& body) {
  if (clauses.via == nullptr || !piece.synapse) return std::nullopt;
  const SynapseUse& use = *piece.synapse;
  return model::Via{clauses.via->synapse.span, use.synapse->id,
                    check_arguments(clauses.via->synapse, use.parameters,
                                    fmt::format("synapse `{}`", use.synapse->name), body.context)};
}

std::vector<model::Learning> check_learning(const Clauses& clauses, const ProjectionPiece& piece,
                                            BodyContext& body) {
  std::vector<model::Learning> result;
  for (const ast::Learning* learning : clauses.learning)
    for (const RuleUse& use : piece.rules) {
      const ast::Identifier& name = learning->name ? *learning->name : learning->rule.definition;
      if (use.span != name.span) continue;
      result.push_back({learning->rule.span, use.name, use.rule->id,
                        check_arguments(learning->rule, use.parameters,
                                        fmt::format("rule `{}`", use.rule->name), body.context)});
    }
  return result;
}

std::optional<model::Expr> check_delay(const Clauses& clauses, ast::DelayKind kind,
                                       BodyContext& body) {
  const ast::Delay* delay = clauses.delays.at(static_cast<std::size_t>(kind));
  if (delay == nullptr) return std::nullopt;
  return check_duration(delay->duration, fmt::format("the {} delay", ast::spelling_of(delay->kind)),
                        body.context)
      .expr;
}

void check_weights(const Clauses& clauses, const ProjectionPiece& piece, BodyContext& body,
                   model::ProjectionDecl& result) {
  const std::string what = fmt::format("a weight of `{}`", piece.syntax->name.text);
  Type scalar = piece.weight;
  if (clauses.weight != nullptr)
    result.weight = check_as(clauses.weight->value, scalar, what, body.context).expr;
  if (clauses.tied != nullptr)
    result.tied_to = check_tied_weights(*piece.syntax, clauses.tied->source, piece.weight, body);
  const auto dimension = body.context.solver.value(piece.weight.dimension);
  result.weight_dimension_known = !is_unknown(piece.weight) && dimension.has_value();
  result.weight_dimension = dimension.value_or(units::kNone);
}

void check_parts(const Clauses& clauses, const ProjectionPiece& piece, BodyContext& body,
                 model::ProjectionDecl& result) {
  result.connect = check_connect(clauses.connect, body);
  result.no_self = clauses.no_self != nullptr;
  result.via = check_via(clauses, piece, body);
  check_weights(clauses, piece, body, result);
  result.learning = check_learning(clauses, piece, body);
  result.axonal = check_delay(clauses, ast::DelayKind::Axonal, body);
  result.dendritic = check_delay(clauses, ast::DelayKind::Dendritic, body);
  result.backprop = check_delay(clauses, ast::DelayKind::Backprop, body);
  if (clauses.sign != nullptr)
    result.sign = clauses.sign->polarity == ast::Polarity::Excitatory ? model::Sign::Excitatory
                                                                      : model::Sign::Inhibitory;
}

}  // namespace

std::optional<model::ProjectionDecl> check_projection(const ast::Projection& projection,
                                                      BodyContext& body) {
  const Projection* whole = find(body.network.projections, projection.name.text);
  const ProjectionPiece* piece = whole == nullptr ? nullptr : find_piece(*whole, projection);
  if (piece == nullptr) return std::nullopt;
  const std::size_t block = body.context.names.open_block();
  const Clauses clauses = sort_clauses(projection, body.context.diagnostics);
  model::ProjectionDecl result;
  result.symbol = whole->symbol;
  result.family = check_family(projection.family, body);
  const auto pre = resolve_source(projection, body);
  const auto post = resolve_target(projection, body);
  if (pre) result.pre = check_endpoint(*pre, body);
  if (post) result.post = check_endpoint(*post, body);
  if (pre && post) check_no_self(clauses, *pre, *post, body);
  check_parts(clauses, *piece, body, result);
  body.context.names.close_block(block);
  if (!pre || !post) return std::nullopt;
  return result;
}

}  // namespace bouton::check
