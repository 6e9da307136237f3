#include "compiler/check/constraints.h"

#include <fmt/format.h>

#include "compiler/check/expr.h"
#include "compiler/check/target.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

// All targets of one `clip` are held in the same interval, so they have one dimension.
Type place_of_bounds(const std::vector<Type>& targets, const ast::Clip& clip, BodyContext& body) {
  DimensionSolver& solver = body.context.solver;
  Type place = unknown_type();
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (is_unknown(targets[i])) continue;
    if (is_unknown(place)) place = real(targets[i].dimension);
    if (solver.unify(place.dimension, targets[i].dimension)) continue;
    body.context.diagnostics.report(
        Kind::MixedDimensions, clip.targets[i].span,
        {"clip", describe(place, solver), describe(targets[i], solver)});
  }
  return place;
}

bool require_number(const Target& target, const char* what, BodyContext& body) {
  if (is_unknown(target.type) || is_kind(target.type, model::Kind::Real)) return true;
  body.context.diagnostics.report(
      Kind::WrongType, target.expr.span,
      {fmt::format("the target of `{}`", what), "a number or array of numbers",
       describe(target.type, body.context.solver)});
  return false;
}

}  // namespace

std::optional<model::Clip> check_clip(const ast::Clip& clip, BodyContext& body) {
  std::vector<model::Expr> targets;
  std::vector<Type> types;
  for (const ast::Expr& syntax : clip.targets) {
    auto target = check_target(syntax, body);
    const bool fits = target && require_number(*target, "clip", body);
    types.push_back(fits ? target->type : unknown_type());
    if (fits) targets.push_back(std::move(target->expr));
  }
  const Type place = place_of_bounds(types, clip, body);
  Typed low = check_as(clip.interval.lower, place, "the lower bound", body.context);
  Typed high = check_as(clip.interval.upper, place, "the upper bound", body.context);
  return model::Clip{std::move(targets), std::move(low.expr), std::move(high.expr)};
}

std::optional<model::Normalise> check_normalise(const ast::Normalise& normalise,
                                                BodyContext& body) {
  auto target = check_target(normalise.target, body);
  if (!target) return std::nullopt;
  const auto* quantity = std::get_if<model::Quantity>(&target->expr.node);
  if (quantity == nullptr || quantity->rule || quantity->variable != "w") {
    body.context.diagnostics.report(Kind::NormaliseNeedsWeights, normalise.target.span)
        .hint("name the weights of a projection: `P.w`");
    return std::nullopt;
  }
  Type place = target->type;
  place.rank = is_unknown(place) ? place.rank : 0;
  Typed total = check_as(normalise.total, place, "the sum of the weights", body.context);
  model::Normalise result{std::move(target->expr), normalise.per == ast::Side::Post,
                          std::move(total.expr), std::nullopt};
  if (normalise.every)
    result.every = check_duration(*normalise.every, "`every`", body.context).expr;
  return result;
}

std::optional<model::Reset> check_reset(const ast::Reset& reset, BodyContext& body) {
  model::Reset result;
  for (const ast::Expr& syntax : reset.targets)
    if (auto target = resolve_target_of(syntax, "reset", body))
      result.targets.push_back(std::move(target->target));
  if (result.targets.empty() && !reset.targets.empty()) return std::nullopt;
  return result;
}

}  // namespace bouton::check
