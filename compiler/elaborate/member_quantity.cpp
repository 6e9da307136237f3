#include "compiler/elaborate/member_quantity.h"

#include <algorithm>

#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/owners.h"
#include "compiler/elaborate/rewrite.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;

model::Expr number(std::int64_t value, source::Span span) {
  return {span, model::scalar(), model::Number{static_cast<double>(value)}};
}

bool is_slice(const model::Expr& index) { return std::holds_alternative<model::Range>(index.node); }

// --------------------------------------------------------------------------- variables

struct Found {
  std::string owner;  // `population `net.pyr[1]``
  source::Span declared;
  const model::Scope* scope = nullptr;
};

void report_unknown_field(const Found& in, const std::string& variable, source::Span span,
                          Builder& builder) {
  builder.diagnostics.report(Kind::UnknownField, span, {in.owner, variable})
      .other(in.declared, "declared here");
}

void report_assigned(const OwnerKey& key, const model::Quantity& quantity, const std::string& what,
                     source::Span span, Builder& builder) {
  std::string name = spell(key, builder.network);
  if (quantity.rule) name += "." + *quantity.rule;
  builder.diagnostics.report(Kind::CannotAssign, span, {name + "." + quantity.variable, what});
}

void check_symbol(const Found& in, const OwnerKey& key, const model::Quantity& quantity,
                  source::Span span, QuantityUse use, Builder& builder) {
  const auto symbol = in.scope->find(quantity.variable);
  if (!symbol) return report_unknown_field(in, quantity.variable, span, builder);
  const model::SymbolKind kind = (*in.scope)[*symbol].kind;
  const bool assignable = kind == model::SymbolKind::Parameter ||
                          kind == model::SymbolKind::State || kind == model::SymbolKind::Broadcast;
  if (use == QuantityUse::Assign && !assignable)
    report_assigned(key, quantity, "a computed value", span, builder);
}

void check_population(const OwnerKey& key, PopulationId id, const model::Quantity& quantity,
                      source::Span span, QuantityUse use, Builder& builder) {
  const model::Neuron& neuron = builder.network.neuron_of(builder.network.populations[id]);
  if (use == QuantityUse::Spikes) {
    if (!neuron.spike)
      builder.diagnostics.report(Kind::CountOfSilent, span, {"count", neuron.name})
          .other(neuron.span, "declared here without `spike`");
    return;
  }
  if (use == QuantityUse::Replay && quantity.variable == "spike") return;
  check_symbol({"population `" + spell(key, builder.network) + "`", neuron.span, &neuron.scope},
               key, quantity, span, use, builder);
}

void check_rule(const OwnerKey& key, const Projection& projection, const model::Quantity& quantity,
                source::Span span, QuantityUse use, Builder& builder) {
  const auto rule = std::ranges::find(projection.rules, *quantity.rule, &RuleInstance::name);
  if (rule == projection.rules.end()) {
    builder.diagnostics
        .report(Kind::UnknownRule, span, {spell(key, builder.network), *quantity.rule})
        .other(projection.span, "declared here");
    return;
  }
  const model::Rule& declared = builder.program.rules[rule->rule];
  check_symbol({"rule `" + *quantity.rule + "`", declared.span, &declared.scope}, key, quantity,
               span, use, builder);
}

void check_projection(const OwnerKey& key, ProjectionId id, const model::Quantity& quantity,
                      source::Span span, QuantityUse use, Builder& builder) {
  const Projection& projection = builder.network.projections[id];
  if (quantity.rule) return check_rule(key, projection, quantity, span, use, builder);
  if (quantity.variable == "w") {
    if (use == QuantityUse::Assign && projection.tie)
      report_assigned(key, quantity, "tied to other weights", span, builder);
    return;
  }
  if (quantity.variable == "synapses") return;
  const bool listed = std::holds_alternative<SparseConnectivity>(projection.connectivity) &&
                      (quantity.variable == "pre" || quantity.variable == "post");
  if (listed) return;
  const std::string name = "projection `" + spell(key, builder.network) + "`";
  if (!projection.synapse)
    return report_unknown_field({name, projection.span, nullptr}, quantity.variable, span, builder);
  const model::Synapse& synapse = builder.program.synapses[projection.synapse->synapse];
  check_symbol({name, synapse.span, &synapse.scope}, key, quantity, span, use, builder);
}

// ------------------------------------------------------------------------------ targets

// The quantity at the front of `net.up[1].w[0, 1]`.
model::Quantity* quantity_in(model::Expr& target) {
  if (auto* index = std::get_if<model::Index>(&target.node)) return quantity_in(*index->base);
  return std::get_if<model::Quantity>(&target.node);
}

// The sites of random numbers begin with the indices of the family, or lack them.
void set_sites(model::Expr& value, const model::Quantity& named, const OwnerKey& key) {
  rewrite(value, [&](model::Expr& part) {
    auto* call = std::get_if<model::Call>(&part.node);
    if (call == nullptr || !call->site) return;
    std::vector<model::Expr>& indices = (*call->site)->indices;
    const std::size_t given = named.family_indices.size();
    if (indices.size() < given) return;
    indices.erase(indices.begin(), indices.begin() + static_cast<std::ptrdiff_t>(given));
    for (std::size_t i = 0; i < key.family_indices.size(); ++i)
      indices.insert(indices.begin() + static_cast<std::ptrdiff_t>(i),
                     number(key.family_indices[i], part.span));
  });
}

TargetMember member(const model::Expr& target, const std::optional<model::Expr>& value,
                    const OwnerKey& key) {
  TargetMember result{target, value};
  model::Quantity* quantity = quantity_in(result.target);
  if (result.value) set_sites(*result.value, *quantity, key);
  quantity->family_indices.clear();
  for (const std::int64_t index : key.family_indices)
    quantity->family_indices.push_back(number(index, result.target.span));
  return result;
}

}  // namespace

bool names_member(const model::Expr& expr) {
  bool found = false;
  walk(expr, [&](const model::Expr& part) {
    const auto* quantity = std::get_if<model::Quantity>(&part.node);
    found =
        found || (quantity != nullptr && (quantity->circuit || !quantity->family_indices.empty()));
  });
  return found;
}

void resolve_quantity(model::Quantity& quantity, source::Span span, QuantityUse use,
                      Builder& builder) {
  const bool known = std::ranges::all_of(quantity.family_indices, [&](const model::Expr& index) {
    return is_known(index, builder.environment);
  });
  if (!known) return;
  const auto key =
      find_member({span, quantity.circuit, quantity.owner, quantity.family_indices}, builder);
  if (!key) return;
  for (std::size_t i = 0; i < key->family_indices.size(); ++i)
    quantity.family_indices[i] = number(key->family_indices[i], quantity.family_indices[i].span);
  const Owner& owner = builder.network.owners.at(*key);
  if (const auto* id = std::get_if<PopulationId>(&owner))
    check_population(*key, *id, quantity, span, use, builder);
  else
    check_projection(*key, std::get<ProjectionId>(owner), quantity, span, use, builder);
}

std::vector<TargetMember> members_of_target(const model::Expr& target,
                                            const std::optional<model::Expr>& value,
                                            Builder& builder) {
  model::Expr copy = target;
  const model::Quantity* quantity = quantity_in(copy);
  if (quantity == nullptr) return {{target, value}};
  const OwnerKey key = key_in(builder, quantity->circuit, quantity->owner);
  const auto& indices = quantity->family_indices;
  const bool whole = indices.empty() && builder.families.contains(key);
  if (!whole && std::ranges::none_of(indices, is_slice)) return {{target, value}};
  std::vector<TargetMember> members;
  for (const OwnerKey& found :
       find_members({target.span, quantity->circuit, quantity->owner, indices}, builder))
    members.push_back(member(target, value, found));
  return members;
}

}  // namespace bouton::elaborate
