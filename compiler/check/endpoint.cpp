#include "compiler/check/endpoint.h"

#include <fmt/format.h>

#include <set>

#include "compiler/check/expr.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

void report_no_population(const ast::Expr& expr, BodyContext& body) {
  body.context.diagnostics.report(Kind::EndpointIsNoPopulation, expr.span);
}

std::vector<const PopulationPiece*> known_pieces(const Population& population,
                                                 const OwnerPath& owner) {
  std::vector<const PopulationPiece*> known;
  for (const PopulationPiece* piece : possible_pieces(population, owner.family_indices))
    if (piece->neuron != nullptr) known.push_back(piece);
  return known;
}

// Takes the part and the variable behind the population.
bool take_tail(const Path& path, EndpointUse& use) {
  std::size_t next = use.owner.next;
  if (const auto* subscripts = subscripts_at(path, next)) {
    if (subscripts->size() != 1) return false;
    use.part = &subscripts->front();
    ++next;
  }
  if (const ast::Identifier* variable = field_at(path, next)) {
    use.variable = variable;
    ++next;
  }
  return next == path.steps.size();
}

std::optional<EndpointUse> resolve_endpoint(const ast::Expr& expr, BodyContext& body) {
  const auto path = parse_path(expr);
  if (!path || !starts_with_owner(*path, body)) {
    const bool unknown_name = path && !body.context.names.find(path->root->text);
    if (unknown_name)
      static_cast<void>(check_expr(expr, body.context));
    else
      report_no_population(expr, body);
    return std::nullopt;
  }
  const auto owner = resolve_owner(*path, body);
  if (!owner) return std::nullopt;
  const auto* population = std::get_if<const Population*>(&owner->owner);
  EndpointUse use{expr.span, *owner, nullptr, {}, nullptr, nullptr, unknown_type()};
  if (population == nullptr || !take_tail(*path, use)) {
    report_no_population(expr, body);
    return std::nullopt;
  }
  if (owner->family_indices.size() < family_rank_of(*owner)) {
    body.context.diagnostics.report(Kind::FamilyWithoutIndex, owner->span, {name_of(*owner)});
    return std::nullopt;
  }
  use.population = *population;
  use.pieces = known_pieces(*use.population, *owner);
  return use;
}

std::vector<std::string> variables_of_kind(const EndpointUse& use, bool inputs) {
  std::set<std::string> names;
  for (const PopulationPiece* piece : use.pieces)
    for (const Variable& variable : piece->neuron->variables)
      if ((variable.kind == model::SymbolKind::Input) == inputs) names.insert(variable.name);
  return {names.begin(), names.end()};
}

bool is_input(const EndpointUse& use) {
  for (const PopulationPiece* piece : use.pieces) {
    const Variable* variable = find_variable(piece->neuron->variables, use.variable->text);
    if (variable != nullptr && variable->kind == model::SymbolKind::Input) return true;
  }
  return false;
}

std::string list_inputs(const EndpointUse& use) {
  const std::vector<std::string> inputs = variables_of_kind(use, true);
  const std::string& neuron = use.pieces.front()->neuron->name;
  if (inputs.empty()) return fmt::format("neuron `{}` has no inputs", neuron);
  return fmt::format("inputs of neuron `{}`: `{}`", neuron, fmt::join(inputs, "`, `"));
}

void check_spikes(const ast::Projection& projection, const EndpointUse& use, BodyContext& body) {
  for (const PopulationPiece* piece : use.pieces)
    if (piece->neuron->spikes) return;
  if (use.pieces.empty()) return;
  const NeuronInterface& neuron = *use.pieces.front()->neuron;
  body.context.diagnostics
      .report(Kind::SourceDoesNotSpike, use.span, {projection.name.text, neuron.name})
      .other(neuron.span, "declared here without `spike`")
      .hint(fmt::format("send a variable: `{}.…`", use.population->name));
}

void find_source_variable(EndpointUse& use, BodyContext& body) {
  const auto type = type_in_pieces(use.pieces, use.variable->text, body.context.solver);
  if (use.pieces.empty()) return;
  if (type) {
    use.type = *type;
    return;
  }
  const NeuronInterface& neuron = *use.pieces.front()->neuron;
  body.context.diagnostics
      .report(Kind::UnknownField, use.variable->span,
              {fmt::format("population `{}`", use.population->name), use.variable->text})
      .other(neuron.span, fmt::format("neuron `{}`", neuron.name))
      .hint(diagnostics::suggest_hint(use.variable->text, variables_of_kind(use, false)));
}

}  // namespace

std::optional<Type> type_in_pieces(const std::vector<const PopulationPiece*>& pieces,
                                   std::string_view variable, const DimensionSolver& solver) {
  std::optional<Type> type;
  for (const PopulationPiece* piece : pieces) {
    const Variable* found = find_variable(piece->neuron->variables, variable);
    if (found == nullptr) continue;
    const bool same =
        !type || (type->kind == found->type.kind &&
                  solver.resolve(type->dimension) == solver.resolve(found->type.dimension));
    type = same ? found->type : unknown_type();
  }
  return type;
}

std::optional<EndpointUse> resolve_source(const ast::Projection& projection, BodyContext& body) {
  auto use = resolve_endpoint(projection.source, body);
  if (!use) return std::nullopt;
  if (use->variable == nullptr)
    check_spikes(projection, *use, body);
  else
    find_source_variable(*use, body);
  return use;
}

std::optional<EndpointUse> resolve_target(const ast::Projection& projection, BodyContext& body) {
  auto use = resolve_endpoint(projection.target, body);
  if (!use || use->pieces.empty()) return use;
  const source::Span declared = use->pieces.front()->neuron->span;
  if (use->variable == nullptr) {
    body.context.diagnostics
        .report(Kind::TargetWithoutInput, use->span, {projection.name.text, use->population->name})
        .other(declared, "declared here")
        .hint(list_inputs(*use));
    return std::nullopt;
  }
  if (!is_input(*use)) {
    body.context.diagnostics
        .report(Kind::TargetIsNoInput, use->variable->span,
                {use->variable->text, use->population->name})
        .other(declared, "declared here")
        .hint(list_inputs(*use));
    return std::nullopt;
  }
  use->type = *type_in_pieces(use->pieces, use->variable->text, body.context.solver);
  return use;
}

model::Endpoint check_endpoint(const EndpointUse& use, BodyContext& body) {
  model::Endpoint endpoint;
  endpoint.span = use.span;
  endpoint.circuit = use.owner.circuit;
  endpoint.population = use.population->symbol;
  endpoint.family_indices = check_family_indices(use.owner, body);
  if (use.part != nullptr)
    endpoint.part =
        check_as(*use.part, real(units::kNone, 1), "a part of a population", body.context).expr;
  if (use.variable != nullptr) endpoint.variable = use.variable->text;
  return endpoint;
}

}  // namespace bouton::check
