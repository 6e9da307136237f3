#include "compiler/check/quantity.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

// One variable that a name may mean, by piece of the family.
struct Found {
  Type type;
  model::SymbolKind kind;
  source::Span declared;
};

// Pieces that disagree leave the type open until parameters are known.
Found combine(const std::vector<Found>& found, const DimensionSolver& solver) {
  Found result = found.front();
  for (const Found& other : found) {
    if (is_unknown(other.type) || is_unknown(result.type)) continue;
    if (other.type.rank != result.type.rank) result.type.rank = std::nullopt;
    const bool same = other.type.kind == result.type.kind &&
                      solver.resolve(other.type.dimension) == solver.resolve(result.type.dimension);
    if (!same) result.type = unknown_type();
  }
  return result;
}

Type with_rank(Type type, std::optional<int> rank) {
  if (type.kind != model::Kind::Function) type.rank = rank;
  return type;
}

void add_names(const std::vector<Variable>& variables, std::vector<std::string>& names) {
  for (const Variable& variable : variables) names.push_back(variable.name);
}

void report_unknown(const ast::Identifier& field, const std::string& owner, source::Span declared,
                    std::vector<std::string> known, BodyContext& body) {
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  std::string hint = diagnostics::suggest_hint(field.text, known);
  if (hint.empty() && !known.empty()) hint = fmt::format("it has `{}`", fmt::join(known, "`, `"));
  body.context.diagnostics.report(Kind::UnknownField, field.span, {owner, field.text})
      .other(declared, "declared here")
      .hint(hint);
}

std::optional<Found> find_in_population(const Population& population, const OwnerPath& owner,
                                        const ast::Identifier& field, BodyContext& body) {
  std::vector<Found> found;
  std::vector<std::string> known;
  bool complete = true;
  const auto pieces = possible_pieces(population, owner.family_indices);
  for (const PopulationPiece* piece : pieces) {
    complete = complete && piece->neuron != nullptr;
    if (piece->neuron == nullptr) continue;
    add_names(piece->neuron->variables, known);
    if (const Variable* variable = find_variable(piece->neuron->variables, field.text))
      found.push_back({with_rank(variable->type, 1), variable->kind, variable->span});
  }
  if (!found.empty()) return combine(found, body.context.solver);
  if (complete && !pieces.empty())
    report_unknown(field, fmt::format("population `{}`", population.name),
                   pieces.front()->syntax->name.span, known, body);
  return std::nullopt;
}

// `w`, `pre` and `post` of the synapses, their number, and the variables of the synapse type.
std::optional<Found> find_in_projection(const ProjectionPiece& piece, std::string_view field) {
  const int rank = piece.sparse ? 1 : 2;
  if (field == "w") return Found{with_rank(piece.weight, rank), model::SymbolKind::Weight, {}};
  if (field == "synapses") return Found{real(units::kNone), model::SymbolKind::Constant, {}};
  if (piece.sparse && (field == "pre" || field == "post"))
    return Found{real(units::kNone, 1), model::SymbolKind::Constant, {}};
  if (!piece.synapse) return std::nullopt;
  const Variable* variable = find_variable(piece.synapse->variables, field);
  if (variable == nullptr) return std::nullopt;
  return Found{with_rank(variable->type, rank), variable->kind, variable->span};
}

const RuleUse* find_rule(const ProjectionPiece& piece, std::string_view name) {
  for (const RuleUse& rule : piece.rules)
    if (rule.name == name) return &rule;
  return nullptr;
}

std::optional<int> rank_of_rule_variable(const Variable& variable, const ProjectionPiece& piece) {
  if (variable.kind == model::SymbolKind::Broadcast) return 0;
  if (variable.kind == model::SymbolKind::Trace) return std::nullopt;
  return piece.sparse ? 1 : 2;
}

std::optional<Found> find_in_rule(const RuleUse& rule, const ProjectionPiece& piece,
                                  std::string_view field) {
  const Variable* variable = find_variable(rule.variables, field);
  if (variable == nullptr) return std::nullopt;
  return Found{with_rank(variable->type, rank_of_rule_variable(*variable, piece)), variable->kind,
               variable->span};
}

std::vector<std::string> fields_of(const ProjectionPiece& piece) {
  std::vector<std::string> names = {"w", "synapses"};
  if (piece.synapse) add_names(piece.synapse->variables, names);
  for (const RuleUse& rule : piece.rules) names.push_back(rule.name);
  return names;
}

// What `field` (and, behind a rule's name, `inner`) means in the pieces.
struct ProjectionSearch {
  std::vector<Found> found;
  std::vector<std::string> known;
  const RuleUse* rule = nullptr;
};

ProjectionSearch search_projection(const std::vector<const ProjectionPiece*>& pieces,
                                   const ast::Identifier& field, const ast::Identifier* inner) {
  ProjectionSearch search;
  for (const ProjectionPiece* piece : pieces) {
    const RuleUse* rule = find_rule(*piece, field.text);
    if (rule != nullptr && search.rule == nullptr) search.rule = rule;
    auto found = find_in_projection(*piece, field.text);
    if (rule != nullptr && inner != nullptr) found = find_in_rule(*rule, *piece, inner->text);
    if (found) search.found.push_back(*found);
    if (rule == nullptr) {
      for (std::string& name : fields_of(*piece)) search.known.push_back(std::move(name));
    } else {
      add_names(rule->variables, search.known);
    }
  }
  return search;
}

void report_not_found(const Path& path, const OwnerPath& owner, const Projection& projection,
                      const ProjectionSearch& search, BodyContext& body) {
  const ast::Identifier& field = *field_at(path, owner.next);
  const ast::Identifier* inner = field_at(path, owner.next + 1);
  if (search.rule == nullptr) {
    report_unknown(field, fmt::format("projection `{}`", projection.name),
                   projection.pieces.front().syntax->name.span, search.known, body);
  } else if (inner != nullptr) {
    report_unknown(*inner, fmt::format("rule `{}` of projection `{}`", field.text, projection.name),
                   search.rule->rule->span, search.known, body);
  } else {
    body.context.diagnostics.report(Kind::RuleIsNoValue, path.ends[owner.next], {field.text})
        .other(search.rule->span, "learns here")
        .hint(fmt::format("name one of its variables: `{}`", fmt::join(search.known, "`, `")));
  }
}

model::Quantity quantity_of(const OwnerPath& owner, BodyContext& body) {
  model::Quantity quantity;
  quantity.circuit = owner.circuit;
  quantity.owner = symbol_of(owner);
  quantity.family_indices = check_family_indices(owner, body);
  return quantity;
}

std::optional<QuantityUse> resolve_in_population(const Path& path, const OwnerPath& owner,
                                                 const Population& population, BodyContext& body) {
  const ast::Identifier& field = *field_at(path, owner.next);
  const auto found = find_in_population(population, owner, field, body);
  if (!found) return std::nullopt;
  QuantityUse use{quantity_of(owner, body), path.ends[owner.next], found->type, found->kind,
                  found->declared,          owner.next + 1};
  use.quantity.variable = field.text;
  return use;
}

std::optional<QuantityUse> resolve_in_projection(const Path& path, const OwnerPath& owner,
                                                 const Projection& projection, BodyContext& body) {
  const ast::Identifier& field = *field_at(path, owner.next);
  const ast::Identifier* inner = field_at(path, owner.next + 1);
  const auto search =
      search_projection(possible_pieces(projection, owner.family_indices), field, inner);
  const bool only_rule = search.rule != nullptr && inner == nullptr;
  if (search.found.empty() || only_rule) {
    report_not_found(path, owner, projection, search, body);
    return std::nullopt;
  }
  const Found found = combine(search.found, body.context.solver);
  const std::size_t last = owner.next + (search.rule != nullptr ? 1 : 0);
  QuantityUse use{quantity_of(owner, body), path.ends[last], found.type, found.kind,
                  found.declared,           last + 1};
  if (search.rule != nullptr) use.quantity.rule = field.text;
  use.quantity.variable = search.rule != nullptr ? inner->text : field.text;
  return use;
}

std::string count_in_words(std::size_t family_indices) {
  if (family_indices == 0) return "no index";
  if (family_indices == 1) return "one index";
  return fmt::format("{} indices", family_indices);
}

// An owner alone, or with an index that it does not have.
void report_no_variable(const Path& path, const OwnerPath& owner, BodyContext& body) {
  const bool index = owner.next < path.steps.size();
  const bool population = std::holds_alternative<const Population*>(owner.owner);
  if (index) {
    body.context.diagnostics
        .report(Kind::IndexOfNoFamily, path.ends[owner.next],
                {name_of(owner), count_in_words(family_rank_of(owner))})
        .hint(fmt::format("neurons are picked behind the variable: `{}.…[i]`", name_of(owner)));
    return;
  }
  body.context.diagnostics
      .report(Kind::OwnerIsNoValue, owner.span,
              {population ? "population" : "projection", name_of(owner)})
      .hint(fmt::format("name one of its variables: `{}.{}`", name_of(owner),
                        population ? "…" : "w"));
}

}  // namespace

std::optional<QuantityUse> resolve_quantity(const Path& path, BodyContext& body) {
  const auto owner = resolve_owner(path, body);
  if (!owner) return std::nullopt;
  if (field_at(path, owner->next) == nullptr) {
    report_no_variable(path, *owner, body);
    return std::nullopt;
  }
  return match(
      owner->owner,
      [&](const Population* population) {
        return resolve_in_population(path, *owner, *population, body);
      },
      [&](const Projection* projection) {
        return resolve_in_projection(path, *owner, *projection, body);
      });
}

std::optional<Typed> read_quantity(const ast::Expr& expr, BodyContext& body) {
  const auto path = parse_path(expr);
  if (!path) return std::nullopt;
  if (path->root->text == "elapsed" && path->steps.empty() && !body.first_run) {
    body.context.diagnostics.report(Kind::ElapsedBeforeRun, expr.span);
    return unknown_at(expr.span);
  }
  if (!starts_with_owner(*path, body)) return std::nullopt;
  const auto use = resolve_quantity(*path, body);
  if (!use) return unknown_at(expr.span);
  if (use->end < path->steps.size()) return std::nullopt;  // the rest is an ordinary field or index
  const std::size_t rank = family_rank_of(*resolve_owner(*path, body));
  if (use->quantity.family_indices.size() < rank) {
    body.context.diagnostics.report(Kind::FamilyWithoutIndex, expr.span, {path->root->text});
    return unknown_at(expr.span);
  }
  return typed(expr.span, use->quantity, use->type, body.context.solver);
}

}  // namespace bouton::check
