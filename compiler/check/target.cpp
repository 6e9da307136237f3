#include "compiler/check/target.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/expr.h"
#include "compiler/check/quantity.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

std::optional<TargetUse> refuse(const ast::Expr& expr, std::string_view what, BodyContext& body) {
  body.context.diagnostics.report(Kind::TargetIsNoOwner, expr.span, {std::string(what)});
  return std::nullopt;
}

std::optional<TargetUse> circuit_target(const ast::Expr& expr, const Path& path,
                                        BodyContext& body) {
  const auto symbol = body.context.names.find(path.root->text);
  body.context.names.mark_used(*symbol);
  TargetUse use;
  use.target = {expr.span, std::nullopt, *symbol, {}, std::nullopt};
  return use;
}

bool has_rule(const Projection& projection, const OwnerPath& owner, std::string_view name) {
  for (const ProjectionPiece* piece : possible_pieces(projection, owner.family_indices))
    for (const RuleUse& rule : piece->rules)
      if (rule.name == name) return true;
  return false;
}

void report_unknown_rule(const Projection& projection, const OwnerPath& owner,
                         const ast::Identifier& rule, BodyContext& body) {
  std::vector<std::string> names;
  for (const ProjectionPiece* piece : possible_pieces(projection, owner.family_indices))
    for (const RuleUse& use : piece->rules)
      if (std::ranges::find(names, use.name) == names.end()) names.push_back(use.name);
  std::string hint = diagnostics::suggest_hint(rule.text, names);
  if (hint.empty() && !names.empty()) hint = fmt::format("it has `{}`", fmt::join(names, "`, `"));
  body.context.diagnostics.report(Kind::UnknownRule, rule.span, {projection.name, rule.text})
      .other(projection.pieces.front().syntax->name.span, "declared here")
      .hint(hint);
}

// The rule behind the owner, if the path names one.
bool take_rule(const Path& path, TargetUse& use, BodyContext& body) {
  const auto* projection = std::get_if<const Projection*>(&use.owner->owner);
  use.rule = field_at(path, use.owner->next);
  if (use.rule == nullptr || projection == nullptr || path.steps.size() > use.owner->next + 1)
    return false;
  if (!has_rule(**projection, *use.owner, use.rule->text)) {
    report_unknown_rule(**projection, *use.owner, *use.rule, body);
    return true;
  }
  use.target.rule = use.rule->text;
  return true;
}

}  // namespace

std::optional<TargetUse> resolve_target_of(const ast::Expr& expr, std::string_view what,
                                           BodyContext& body) {
  const auto path = parse_path(expr);
  if (!path) return refuse(expr, what, body);
  if (!body.context.names.find(path->root->text)) {
    static_cast<void>(check_expr(expr, body.context));
    return std::nullopt;
  }
  if (!starts_with_owner(*path, body)) return refuse(expr, what, body);
  const bool circuit = path->steps.empty() && body.instances.contains(path->root->text);
  if (circuit) return circuit_target(expr, *path, body);
  const auto owner = resolve_owner(*path, body);
  if (!owner) return std::nullopt;
  TargetUse use;
  use.owner = *owner;
  use.target = {expr.span, owner->circuit, symbol_of(*owner), check_family_indices(*owner, body),
                std::nullopt};
  if (owner->next == path->steps.size()) return use;
  if (!take_rule(*path, use, body)) return refuse(expr, what, body);
  if (!use.target.rule) return std::nullopt;
  return use;
}

}  // namespace bouton::check
