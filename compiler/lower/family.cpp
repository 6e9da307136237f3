#include "compiler/lower/family.h"

#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/elaborate/rewrite.h"

namespace bouton::lower {

namespace {

bool is_open(const std::vector<model::Expr>& indices) {
  return !std::ranges::all_of(indices, [](const model::Expr& index) {
    return std::holds_alternative<model::Number>(index.node);
  });
}

bool has_variable(const elaborate::Network& network, const model::Quantity& quantity) {
  const elaborate::Owner* owner = elaborate::find_owner(network, quantity);
  if (owner == nullptr) return false;
  if (const auto* id = std::get_if<elaborate::PopulationId>(owner)) {
    const model::Neuron& neuron = network.neuron_of(network.populations[*id]);
    const bool spikes = quantity.variable.empty() || quantity.variable == "spike";
    return spikes ? neuron.spike.has_value() : neuron.scope.find(quantity.variable).has_value();
  }
  const auto& projection = network.projections[std::get<elaborate::ProjectionId>(*owner)];
  if (!quantity.rule) return true;
  const auto rule =
      std::ranges::find(projection.rules, *quantity.rule, &elaborate::RuleInstance::name);
  return rule != projection.rules.end() &&
         network.program->rules[rule->rule].scope.find(quantity.variable).has_value();
}

// Names and numbers combined in the same way: the same value wherever they stand in a statement.
bool is_same(const model::Expr& left, const model::Expr& right) {
  if (const auto* number = std::get_if<model::Number>(&left.node)) {
    const auto* other = std::get_if<model::Number>(&right.node);
    return other != nullptr && number->value == other->value;
  }
  if (const auto* ref = std::get_if<model::Ref>(&left.node)) {
    const auto* other = std::get_if<model::Ref>(&right.node);
    return other != nullptr && ref->symbol == other->symbol;
  }
  const auto* one = std::get_if<model::Binary>(&left.node);
  const auto* other = std::get_if<model::Binary>(&right.node);
  return one != nullptr && other != nullptr && one->op == other->op &&
         is_same(*one->left, *other->left) && is_same(*one->right, *other->right);
}

class OpenMemberFinder {
 public:
  void visit(model::Assign& assign) { visit_target(assign.target); }
  void visit(model::Normalise& normalise) { visit_target(normalise.target); }
  void visit(model::Clip& clip) {
    for (model::Expr& target : clip.targets) visit_target(target);
  }
  void visit(model::Reset& reset) {
    for (model::Target& target : reset.targets)
      note(target.circuit, target.owner, target.family_indices, target.span);
  }
  void visit(model::Replay& replay) { visit_quantity(replay.what, replay.tape.span); }
  void visit(model::Run& run) {
    for (model::Observation& observation : run.observing)
      elaborate::rewrite(observation.what, [&](model::Expr& part) {
        if (auto* quantity = std::get_if<model::Quantity>(&part.node))
          visit_quantity(*quantity, part.span);
      });
  }
  template <typename Other>
  void visit(Other&) {}  // names members in expressions only

  std::optional<OpenMember> found;

 private:
  bool note(const std::optional<model::SymbolId>& circuit, model::SymbolId owner,
            std::vector<model::Expr>& indices, source::Span span) {
    if (!is_open(indices)) return false;
    if (!found) {
      found.emplace();
      found->circuit = circuit;
      found->owner = owner;
      found->span = span;
    } else if (found->circuit != circuit || found->owner != owner ||
               !std::ranges::equal(found->indices(), indices, is_same)) {
      return false;
    }
    found->places.push_back(&indices);
    return true;
  }
  void visit_quantity(model::Quantity& quantity, source::Span span) {
    if (note(quantity.circuit, quantity.owner, quantity.family_indices, span))
      found->quantities.push_back(quantity);
  }
  void visit_target(model::Expr& target) {
    if (auto* index = std::get_if<model::Index>(&target.node)) return visit_target(*index->base);
    if (auto* quantity = std::get_if<model::Quantity>(&target.node))
      visit_quantity(*quantity, target.span);
  }
};

}  // namespace

bool is_open(const model::Quantity& quantity) { return is_open(quantity.family_indices); }

std::optional<OpenMember> find_open_member(model::Stmt& stmt) {
  OpenMemberFinder finder;
  std::visit([&](auto& node) { finder.visit(node); }, stmt.node);
  return finder.found;
}

void set_indices(const OpenMember& member, const elaborate::FamilyIndices& numbers) {
  for (std::vector<model::Expr>* indices : member.places) set_indices(*indices, numbers);
}

std::vector<elaborate::FamilyIndices> members_of(const elaborate::Network& network,
                                                 const std::optional<model::SymbolId>& circuit,
                                                 model::SymbolId owner, std::size_t rank) {
  std::vector<elaborate::FamilyIndices> members;
  for (const auto& [key, member] : network.owners)
    if (key.circuit == circuit && key.owner == owner && key.family_indices.size() == rank)
      members.push_back(key.family_indices);
  return members;
}

std::string family_name(const elaborate::Network& network,
                        const std::optional<model::SymbolId>& circuit, model::SymbolId owner) {
  return elaborate::spell({circuit, owner, {}}, network);
}

void set_indices(std::vector<model::Expr>& indices, const elaborate::FamilyIndices& numbers) {
  for (std::size_t i = 0; i < indices.size(); ++i)
    indices[i].node = model::Number{static_cast<double>(numbers[i])};
}

bool can_be(const OpenMember& member, const elaborate::FamilyIndices& indices,
            const elaborate::Network& network) {
  return std::ranges::all_of(member.quantities, [&](model::Quantity quantity) {
    set_indices(quantity.family_indices, indices);
    return has_variable(network, quantity);
  });
}

std::vector<model::Quantity> members_of(const elaborate::Network& network,
                                        const model::Quantity& quantity) {
  std::vector<model::Quantity> members;
  for (const auto& indices :
       members_of(network, quantity.circuit, quantity.owner, quantity.family_indices.size())) {
    members.push_back(quantity);
    set_indices(members.back().family_indices, indices);
  }
  return members;
}

}  // namespace bouton::lower
