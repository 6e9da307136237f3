#include "compiler/check/phase.h"

#include <algorithm>

#include "compiler/check/convert.h"
#include "compiler/check/expr.h"
#include "compiler/check/quantity.h"
#include "compiler/check/statements.h"
#include "compiler/check/target.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

bool can_learn(const TargetUse& use, BodyContext& body) {
  auto& diagnostics = body.context.diagnostics;
  const auto* projection = use.owner ? std::get_if<const Projection*>(&use.owner->owner) : nullptr;
  if (projection == nullptr) {
    diagnostics.report(Kind::LearnNeedsProjection, use.target.span)
        .hint("name a projection or one of its rules");
    return false;
  }
  const auto pieces = possible_pieces(**projection, use.owner->family_indices);
  const bool any = std::ranges::any_of(
      pieces, [](const ProjectionPiece* piece) { return !piece->rules.empty(); });
  if (any || pieces.empty()) return true;
  diagnostics.report(Kind::LearnWithoutRules, use.target.span, {(*projection)->name})
      .other(pieces.front()->syntax->name.span, "declared here without `learning`");
  return false;
}

bool can_be_silent(const TargetUse& use, BodyContext& body) {
  if (use.owner && use.rule == nullptr) return true;
  body.context.diagnostics.report(Kind::SilenceNeedsOwner, use.target.span)
      .hint("name a population or a projection");
  return false;
}

}  // namespace

std::optional<model::PhaseDecl> check_phase(const ast::Phase& phase, BodyContext& body) {
  const auto symbol = body.context.names.find(phase.name.text);
  if (!symbol || body.context.names[*symbol].kind != model::SymbolKind::Phase) return std::nullopt;
  body.in_phase = true;
  model::PhaseDecl result{*symbol, check_block(phase.body, body)};
  body.in_phase = false;
  return result;
}

std::vector<model::Learn> check_learn(const ast::Learn& learn, BodyContext& body) {
  std::optional<model::Expr> after;
  if (learn.after) after = check_duration(*learn.after, "`after`", body.context).expr;
  std::vector<model::Learn> result;
  for (const ast::Expr& syntax : learn.targets) {
    auto use = resolve_target_of(syntax, "learn", body);
    if (use && can_learn(*use, body)) result.push_back({std::move(use->target), after});
  }
  return result;
}

std::vector<model::Silence> check_silence(const ast::Silence& silence, BodyContext& body) {
  std::vector<model::Silence> result;
  for (const ast::Expr& syntax : silence.targets) {
    auto use = resolve_target_of(syntax, "silence", body);
    if (use && can_be_silent(*use, body)) result.push_back({std::move(use->target)});
  }
  return result;
}

}  // namespace bouton::check
