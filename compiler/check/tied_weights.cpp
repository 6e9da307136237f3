#include "compiler/check/tied_weights.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/expr.h"
#include "compiler/check/expr_walk.h"
#include "compiler/check/path.h"
#include "compiler/model/builtins.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

bool is_weight(const model::Expr& expr) {
  const auto* quantity = std::get_if<model::Quantity>(&expr.node);
  return quantity != nullptr && !quantity->rule && quantity->variable == "w";
}

// Negation, transposition and scaling by a number keep a view a view.
bool is_view(const model::Expr& expr) {
  if (is_weight(expr)) return true;
  if (const auto* unary = std::get_if<model::Unary>(&expr.node)) return is_view(*unary->operand);
  if (const auto* call = std::get_if<model::Call>(&expr.node)) {
    const auto* id = std::get_if<model::BuiltinId>(&call->callee);
    return id != nullptr && model::builtin(*id).name == "transpose" &&
           is_view(call->arguments.front());
  }
  const auto* binary = std::get_if<model::Binary>(&expr.node);
  if (binary == nullptr) return false;
  const bool left = is_view(*binary->left);
  const bool right = is_view(*binary->right);
  if (binary->op == model::BinaryOp::Multiply) return left != right;
  return binary->op == model::BinaryOp::Divide && left && !right;
}

int count_quantities(const model::Expr& expr) {
  int count = 0;
  walk(expr, [&](const model::Expr& part) {
    if (std::holds_alternative<model::Quantity>(part.node)) ++count;
  });
  return count;
}

// The projection a tie names, when it is of this body and the same member of the family.
const ast::Identifier* tied_name(const ast::Expr& expr) {
  if (const auto path = parse_path(expr)) return path->root;
  if (const auto* unary = std::get_if<ast::Unary>(&expr.node)) return tied_name(*unary->operand);
  if (const auto* binary = std::get_if<ast::Binary>(&expr.node)) {
    const ast::Identifier* left = tied_name(*binary->left);
    return left != nullptr ? left : tied_name(*binary->right);
  }
  const auto* call = std::get_if<ast::Call>(&expr.node);
  if (call == nullptr || call->arguments.empty()) return nullptr;
  return tied_name(call->arguments.front().value);
}

struct Tie {
  const ast::Projection* from;
  const ast::Identifier* to;
};

std::optional<Tie> tie_of(const Projection& projection) {
  if (projection.family_rank > 0) return std::nullopt;
  for (const ProjectionPiece& piece : projection.pieces)
    for (const ast::ProjectionClause& clause : piece.syntax->clauses)
      if (const auto* tied = std::get_if<ast::WeightsTiedTo>(&clause.node))
        if (const ast::Identifier* to = tied_name(tied->source)) return Tie{piece.syntax, to};
  return std::nullopt;
}

void report_loop(const std::vector<Tie>& chain, std::size_t begin, const BodyContext& body) {
  std::string names = fmt::format("`{}`", chain[begin].from->name.text);
  for (std::size_t i = begin; i < chain.size(); ++i)
    names += fmt::format(" -> `{}`", chain[i].to->text);
  auto report = body.context.diagnostics.report(Kind::TieLoop, chain[begin].from->name.span,
                                                {chain[begin].from->name.text, names});
  for (std::size_t i = begin; i < chain.size(); ++i)
    report.other(chain[i].to->span, fmt::format("`{}` is tied here", chain[i].from->name.text));
  report.hint("one of them needs weights of its own");
}

// Follows the ties from one projection; a loop is reported by its first name in the alphabet.
void follow_ties(const Projection& start, const BodyContext& body) {
  std::vector<Tie> chain;
  const Projection* at = &start;
  while (at != nullptr && chain.size() <= body.network.projections.size()) {
    const auto tie = tie_of(*at);
    if (!tie) return;
    chain.push_back(*tie);
    if (tie->to->text == start.name) {
      const bool first =
          std::ranges::all_of(chain, [&](const Tie& link) { return start.name <= link.to->text; });
      if (first) report_loop(chain, 0, body);
      return;
    }
    at = find(body.network.projections, tie->to->text);
  }
}

}  // namespace

model::Expr check_tied_weights(const ast::Projection& projection, const ast::Expr& source,
                               const Type& weight, BodyContext& body) {
  Type place = weight;
  place.rank = std::nullopt;
  const Typed value = check_as(
      source, place, fmt::format("the weights of `{}`", projection.name.text), body.context);
  const bool wrong =
      !is_unknown(value.type) && (count_quantities(value.expr) != 1 || !is_view(value.expr));
  if (wrong)
    body.context.diagnostics.report(Kind::TieIsNoView, source.span)
        .hint("tie to `P.w`, `-P.w`, `transpose(P.w)` or a multiple of one of them");
  return value.expr;
}

void check_tie_loops(const BodyContext& body) {
  for (const auto& [name, projection] : body.network.projections) follow_ties(projection, body);
}

}  // namespace bouton::check
