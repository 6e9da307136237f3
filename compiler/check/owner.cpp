#include "compiler/check/owner.h"

#include <fmt/format.h>

#include "compiler/base/match.h"
#include "compiler/check/expr.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

std::vector<std::string> members_of(const Network& network) {
  std::vector<std::string> names;
  for (const auto& [name, population] : network.populations) names.push_back(name);
  for (const auto& [name, projection] : network.projections) names.push_back(name);
  return names;
}

bool set_owner(const Network& network, std::string_view name, OwnerPath& owner) {
  if (const Population* population = find(network.populations, name)) {
    owner.owner = population;
    return true;
  }
  const Projection* projection = find(network.projections, name);
  if (projection == nullptr) return false;
  owner.owner = projection;
  return true;
}

// `net.pyr`: the member of an instance.
bool enter_circuit(const Path& path, const CircuitInterface& circuit, BodyContext& body,
                   OwnerPath& owner) {
  owner.circuit = body.context.names.find(path.root->text);
  const ast::Identifier* member = field_at(path, 0);
  if (member == nullptr) {
    body.context.diagnostics
        .report(Kind::CircuitIsNoValue, path.steps.empty() ? path.root->span : path.ends[0],
                {path.root->text})
        .hint(fmt::format("name one of its populations or projections: `{}.…`", path.root->text));
    return false;
  }
  if (!set_owner(circuit.network, member->text, owner)) {
    const std::vector<std::string> members = members_of(circuit.network);
    std::string hint = diagnostics::suggest_hint(member->text, members);
    if (hint.empty()) hint = fmt::format("it has `{}`", fmt::join(members, "`, `"));
    body.context.diagnostics
        .report(Kind::UnknownMember, member->span, {path.root->text, circuit.name, member->text})
        .other(circuit.span, "declared here")
        .hint(hint);
    return false;
  }
  owner.span = path.ends[0];
  owner.next = 1;
  return true;
}

// `pyr[l][m]`: as many brackets as the family has.
void take_family_indices(const Path& path, OwnerPath& owner) {
  const std::size_t rank = family_rank_of(owner);
  while (owner.family_indices.size() < rank) {
    const auto* subscripts = subscripts_at(path, owner.next);
    if (subscripts == nullptr || subscripts->size() != 1) return;
    owner.family_indices.push_back(&subscripts->front());
    owner.span = path.ends[owner.next];
    ++owner.next;
  }
}

}  // namespace

bool starts_with_owner(const Path& path, const BodyContext& body) {
  const auto symbol = body.context.names.find(path.root->text);
  if (!symbol) return false;
  const model::SymbolKind kind = body.context.names[*symbol].kind;
  return kind == model::SymbolKind::Population || kind == model::SymbolKind::Projection ||
         kind == model::SymbolKind::CircuitInstance;
}

std::optional<OwnerPath> resolve_owner(const Path& path, BodyContext& body) {
  OwnerPath owner;
  owner.span = path.root->span;
  if (const auto symbol = body.context.names.find(path.root->text))
    body.context.names.mark_used(*symbol);
  const auto instance = body.instances.find(path.root->text);
  if (instance != body.instances.end()) {
    if (instance->second == nullptr) return std::nullopt;
    if (!enter_circuit(path, *instance->second, body, owner)) return std::nullopt;
  } else if (!set_owner(body.network, path.root->text, owner)) {
    return std::nullopt;
  }
  take_family_indices(path, owner);
  return owner;
}

model::SymbolId symbol_of(const OwnerPath& path) {
  return std::visit([](const auto* owner) { return owner->symbol; }, path.owner);
}

const std::string& name_of(const OwnerPath& path) {
  return std::visit([](const auto* owner) -> const std::string& { return owner->name; },
                    path.owner);
}

std::size_t family_rank_of(const OwnerPath& path) {
  return std::visit([](const auto* owner) { return owner->family_rank; }, path.owner);
}

std::vector<model::Expr> check_family_indices(const OwnerPath& path, BodyContext& body) {
  std::vector<model::Expr> indices;
  for (const ast::Expr* index : path.family_indices) {
    const Type place = std::holds_alternative<ast::Range>(index->node) ? real(units::kNone, 1)
                                                                       : real(units::kNone);
    indices.push_back(check_as(*index, place, "a family index", body.context).expr);
  }
  return indices;
}

}  // namespace bouton::check
