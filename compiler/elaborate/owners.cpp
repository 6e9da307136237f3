#include "compiler/elaborate/owners.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/elaborate/array_expr.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;

// Whether it may be missing because of an error that is reported already.
bool was_not_reached(const OwnerKey& key, const Builder& builder) {
  return builder.incomplete.contains(key.circuit) ||
         builder.broken.contains({key.circuit, key.owner, {}});
}

// All members with this name, in the order of their indices.
std::vector<OwnerKey> family_of(const OwnerKey& any, const Network& network) {
  std::vector<OwnerKey> members;
  auto at = network.owners.lower_bound({any.circuit, any.owner, {}});
  for (; at != network.owners.end(); ++at) {
    if (at->first.circuit != any.circuit || at->first.owner != any.owner) break;
    members.push_back(at->first);
  }
  return members;
}

std::string hint_for(const OwnerKey& missing, const Network& network) {
  constexpr std::size_t kMostNamed = 4;
  const std::vector<OwnerKey> members = family_of(missing, network);
  if (members.empty()) return "it is declared further down, or in a branch that is not taken";
  std::string hint = "there is `" + spell(members.front(), network) + "`";
  for (std::size_t i = 1; i < std::min(members.size(), kMostNamed); ++i)
    hint += ", `" + spell(members[i], network) + "`";
  if (members.size() > kMostNamed) hint += fmt::format(" and {} more", members.size() - kMostNamed);
  return hint;
}

// What one bracket stands for.
Outcome<std::vector<std::int64_t>> indices_of(const model::Expr& index, Environment& env) {
  const auto* range = std::get_if<model::Range>(&index.node);
  if (range == nullptr) {
    const auto whole = evaluate_whole(index, env);
    if (!whole) return whole.problem();
    return std::vector{*whole};
  }
  const auto ends = evaluate_ends(*range, index.span, env);
  if (!ends) return ends.problem();
  std::vector<std::int64_t> indices;
  for (std::size_t i = 0; i < ends->count; ++i) {
    const auto whole = runtime::whole_number((*ends)[i]);
    if (!whole) return Problem{index.span, whole.error().message, ""};
    indices.push_back(*whole);
  }
  return indices;
}

// Every combination of what the brackets stand for; nothing after an error.
std::optional<std::vector<OwnerKey>> named_keys(const OwnerName& name, Builder& builder) {
  std::vector<OwnerKey> keys{key_in(builder, name.circuit, name.owner)};
  for (const model::Expr& expr : name.family_indices) {
    const auto indices = indices_of(expr, builder.environment);
    if (!indices) {
      builder.report(indices.problem());
      return std::nullopt;
    }
    std::vector<OwnerKey> longer;
    for (const OwnerKey& key : keys)
      for (const std::int64_t index : *indices) {
        longer.push_back(key);
        longer.back().family_indices.push_back(index);
      }
    keys = std::move(longer);
  }
  return keys;
}

}  // namespace

OwnerKey key_in(const Builder& builder, const std::optional<model::SymbolId>& circuit,
                model::SymbolId owner) {
  return {circuit ? circuit : builder.instance(), owner, {}};
}

void declare_family(model::SymbolId owner, const std::vector<model::FamilyIndex>& family,
                    Builder& builder, const std::function<void(const FamilyIndices&)>& declare) {
  const OwnerKey key = key_in(builder, {}, owner);
  if (!family.empty()) builder.families.insert(key);
  const std::size_t errors = builder.diagnostics.error_count();
  each_member(builder.scope()[owner].name, family, builder, declare);
  if (builder.diagnostics.error_count() > errors) builder.broken.insert(key);
}

void declare_owner(const OwnerKey& key, Owner owner, source::Span span, Builder& builder) {
  const auto [first, fresh] = builder.network.owners.emplace(key, owner);
  if (fresh) return;
  const auto* population = std::get_if<PopulationId>(&first->second);
  const source::Span before =
      population != nullptr
          ? builder.network.populations[*population].span
          : builder.network.projections[std::get<ProjectionId>(first->second)].span;
  builder.diagnostics.report(Kind::MemberTwice, span, {spell(key, builder.network)})
      .other(before, "first declared here");
}

void report_missing_owner(const OwnerKey& key, source::Span span, Builder& builder) {
  if (was_not_reached(key, builder)) return;
  builder.diagnostics.report(Kind::MissingMember, span, {spell(key, builder.network)})
      .hint(hint_for(key, builder.network));
}

bool is_instance_made(model::SymbolId instance, source::Span span, Builder& builder) {
  const auto& circuits = builder.network.circuits;
  if (std::ranges::any_of(circuits, [&](const Circuit& c) { return c.instance == instance; }))
    return true;
  if (builder.incomplete.contains(std::nullopt)) return false;
  builder.diagnostics.report(Kind::MissingMember, span, {builder.experiment.scope[instance].name})
      .hint("it is declared further down, or in a branch that is not taken");
  return false;
}

std::optional<OwnerKey> find_member(const OwnerName& name, Builder& builder) {
  const auto keys = find_members(name, builder);
  if (keys.size() == 1) return keys.front();
  if (!builder.failed())
    builder.diagnostics.report(Kind::SeveralMembers, name.span,
                               {spell(key_in(builder, name.circuit, name.owner), builder.network)});
  return std::nullopt;
}

std::vector<OwnerKey> find_members(const OwnerName& name, Builder& builder) {
  if (name.circuit && !is_instance_made(*name.circuit, name.span, builder)) return {};
  const auto keys = named_keys(name, builder);
  if (!keys) return {};
  if (name.family_indices.empty()) {
    const auto members = family_of(keys->front(), builder.network);
    if (members.empty() && !builder.families.contains(keys->front()))
      report_missing_owner(keys->front(), name.span, builder);
    return members;
  }
  for (const OwnerKey& key : *keys) {
    if (builder.network.owners.contains(key)) continue;
    report_missing_owner(key, name.span, builder);
    return {};
  }
  return *keys;
}

}  // namespace bouton::elaborate
