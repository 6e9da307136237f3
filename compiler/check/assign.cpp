#include "compiler/check/assign.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/arrays.h"
#include "compiler/check/expr.h"
#include "compiler/check/handlers.h"
#include "compiler/check/names_in_words.h"
#include "compiler/check/statements.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;
using model::SymbolKind;

bool is_tied(const Path& path, BodyContext& body) {
  const auto owner = resolve_owner(path, body);
  if (!owner || !std::holds_alternative<const Projection*>(owner->owner)) return false;
  const auto pieces =
      possible_pieces(*std::get<const Projection*>(owner->owner), owner->family_indices);
  return !pieces.empty() &&
         std::ranges::all_of(pieces, [](const ProjectionPiece* piece) { return piece->tied; });
}

void report_not_assignable(const ast::Expr& expr, const std::string& name, std::string_view what,
                           source::Span declared, BodyContext& body) {
  auto report =
      body.context.diagnostics.report(Kind::CannotAssign, expr.span, {name, std::string(what)});
  if (declared.end > declared.begin) report.other(declared, "declared here");
  if (name == "timestep") report.hint("it is set once: `timestep 1 ms`");
  if (what == describe(SymbolKind::Constant))
    report.hint(fmt::format("what is assigned again is declared by `var {} = …`", name));
}

bool may_be_assigned(const QuantityUse& use) {
  if (is_kind(use.type, model::Kind::Function)) return false;
  return use.kind == SymbolKind::Parameter || use.kind == SymbolKind::State ||
         use.kind == SymbolKind::Weight || use.kind == SymbolKind::Broadcast;
}

std::string name_of_quantity(const model::Quantity& quantity, const Path& path, BodyContext& body) {
  std::string name;
  if (quantity.circuit) name = path.root->text + ".";
  const auto owner = resolve_owner(path, body);
  if (owner) name += name_of(*owner);
  if (quantity.rule) name += "." + *quantity.rule;
  return name + "." + quantity.variable;
}

// Indices behind the whole: `W.w[0, 1]`, `targets[i]`.
bool take_indices(const Path& path, std::size_t begin, Target& target, BodyContext& body) {
  for (std::size_t i = begin; i < path.steps.size(); ++i) {
    const auto* subscripts = subscripts_at(path, i);
    const auto element = subscripts == nullptr ? std::nullopt : element_of(target.type);
    if (!element) {
      body.context.diagnostics.report(Kind::NotIndexable, path.ends[i],
                                      {describe(target.type, body.context.solver)});
      return false;
    }
    std::vector<model::Expr> indices = check_indices(*subscripts, body.context);
    for (const ast::Expr& subscript : *subscripts)
      if (!std::holds_alternative<ast::Range>(subscript.node))
        target.type = element_of(target.type).value_or(unknown_type());
    target.indices.insert(target.indices.end(), indices.begin(), indices.end());
    model::Type type = to_model(target.type, body.context.solver);
    target.expr = {path.ends[i], type, model::Index{std::move(target.expr), std::move(indices)}};
  }
  return true;
}

std::optional<Target> check_quantity_target(const ast::Expr& expr, const Path& path,
                                            BodyContext& body) {
  const auto use = resolve_quantity(path, body);
  if (!use) return std::nullopt;
  const std::string name = name_of_quantity(use->quantity, path, body);
  if (!may_be_assigned(*use)) {
    report_not_assignable(expr, name, describe(use->kind), use->declared, body);
    return std::nullopt;
  }
  if (use->kind == SymbolKind::Weight && is_tied(path, body)) {
    report_not_assignable(expr, name, "tied to other weights", {}, body);
    return std::nullopt;
  }
  Target target{{use->span, to_model(use->type, body.context.solver), use->quantity},
                use->type,
                name,
                use->quantity.family_indices};
  if (!take_indices(path, use->end, target, body)) return std::nullopt;
  return target;
}

std::optional<Target> check_variable_target(const ast::Expr& expr, const Path& path,
                                            BodyContext& body) {
  Context& context = body.context;
  const std::string& name = path.root->text;
  const auto symbol = context.names.find(name);
  if (!symbol) {
    std::string hint = diagnostics::suggest_hint(name, context.names.visible_names());
    if (hint.empty()) hint = fmt::format("`var {} = …` declares a variable", name);
    context.diagnostics.report(Kind::UnknownName, path.root->span, {name}).hint(hint);
    return std::nullopt;
  }
  const model::Symbol& declared = context.names[*symbol];
  if (declared.kind != SymbolKind::Variable) {
    report_not_assignable(expr, name, describe(declared.kind), declared.span, body);
    return std::nullopt;
  }
  const Type type = context.names.type(*symbol);
  Target target{
      {path.root->span, to_model(type, context.solver), model::Ref{*symbol}}, type, name, {}};
  if (!take_indices(path, 0, target, body)) return std::nullopt;
  return target;
}

bool scales(ast::AssignmentOp op) {
  return op == ast::AssignmentOp::Multiply || op == ast::AssignmentOp::Divide;
}

// Phases give parameters other values for one run.
bool fits_phase(const Target& target, const ast::Expr& expr, BodyContext& body) {
  if (!body.in_phase) return true;
  const auto path = parse_path(expr);
  if (path && starts_with_owner(*path, body)) {
    const auto use = resolve_quantity(*path, body);
    if (use && use->kind == SymbolKind::Parameter) return true;
  }
  body.context.diagnostics.report(Kind::PhaseSetsParameters, expr.span, {target.name});
  return false;
}

}  // namespace

std::optional<Target> check_target(const ast::Expr& expr, BodyContext& body) {
  const auto path = parse_path(expr);
  BOUTON_CHECK(path.has_value(), "the parser lets only names, fields and indices stand here");
  if (starts_with_owner(*path, body)) return check_quantity_target(expr, *path, body);
  return check_variable_target(expr, *path, body);
}

std::optional<model::Assign> check_assignment(const ast::Assignment& assignment,
                                              BodyContext& body) {
  auto target = check_target(assignment.target, body);
  if (!target) {
    static_cast<void>(check_expr(assignment.value, body.context));
    return std::nullopt;
  }
  if (!fits_phase(*target, assignment.target, body)) return std::nullopt;
  set_random_site(target->name, target->indices, body);
  Type place = target->type;
  if (scales(assignment.op) && !is_unknown(place)) place.dimension = units::kNone;
  Typed value = check_as(assignment.value, place, fmt::format("`{}`", target->name), body.context);
  return model::Assign{std::move(target->expr), to_model(assignment.op), std::move(value.expr)};
}

}  // namespace bouton::check
