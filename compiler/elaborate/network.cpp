#include "compiler/elaborate/network.h"

#include <algorithm>

#include "compiler/base/match.h"

namespace bouton::elaborate {

bool has_synapse(const Projection& projection, std::int64_t post, std::int64_t pre) {
  const bool same = projection.pre.population == projection.post.population &&
                    projection.pre.first + pre == projection.post.first + post;
  return match(
      projection.connectivity,
      [&](const DenseConnectivity& dense) { return !dense.no_self || !same; },
      [&](const OneToOneConnectivity&) { return pre == post; },
      [&](const SparseConnectivity& sparse) {
        const auto row = std::equal_range(sparse.post.begin(), sparse.post.end(), post);
        const auto first = sparse.pre.begin() + (row.first - sparse.post.begin());
        const auto last = sparse.pre.begin() + (row.second - sparse.post.begin());
        return std::binary_search(first, last, pre);
      });
}

std::int64_t synapse_count(const Projection& projection) {
  std::int64_t count = 0;
  for (std::int64_t post = 0; post < projection.post.count; ++post)
    for (std::int64_t pre = 0; pre < projection.pre.count; ++pre)
      if (has_synapse(projection, post, pre)) ++count;
  return count;
}

ClockId clock_of_instance(const Network& network, model::SymbolId instance) {
  const auto found = std::ranges::find_if(
      network.circuits, [&](const Circuit& circuit) { return circuit.instance == instance; });
  BOUTON_CHECK(found != network.circuits.end(), "elaboration has made the circuit");
  return found->clock;
}

std::optional<OwnerKey> key_of(const std::optional<model::SymbolId>& circuit, model::SymbolId owner,
                               const std::vector<model::Expr>& family_indices) {
  OwnerKey key{circuit, owner, {}};
  for (const model::Expr& index : family_indices) {
    const auto* number = std::get_if<model::Number>(&index.node);
    if (number == nullptr) return std::nullopt;
    key.family_indices.push_back(static_cast<std::int64_t>(number->value));
  }
  return key;
}

const Owner* find_owner(const Network& network, const model::Quantity& quantity) {
  const auto key = key_of(quantity.circuit, quantity.owner, quantity.family_indices);
  if (!key) return nullptr;
  const auto found = network.owners.find(*key);
  return found == network.owners.end() ? nullptr : &found->second;
}

std::string member_name(const std::string& name, const FamilyIndices& indices) {
  std::string text = name;
  for (const std::int64_t index : indices) text += "[" + std::to_string(index) + "]";
  return text;
}

std::string spell(const OwnerKey& key, const Network& network) {
  const model::Scope& outer = network.source().scope;
  if (!key.circuit) return member_name(outer[key.owner].name, key.family_indices);
  const auto circuit = std::ranges::find(network.circuits, key.circuit, &Circuit::instance);
  BOUTON_CHECK(circuit != network.circuits.end(), "a circuit is named before it is made");
  const model::Scope& inner = network.program->circuits[*circuit->declaration].scope;
  return outer[*key.circuit].name + "." + member_name(inner[key.owner].name, key.family_indices);
}

}  // namespace bouton::elaborate
