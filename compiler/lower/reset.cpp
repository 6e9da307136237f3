#include "compiler/lower/reset.h"

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/elaborate/rule_named.h"
#include "compiler/lower/family.h"
#include "compiler/lower/input.h"
#include "compiler/lower/spike.h"

namespace bouton::lower {

namespace {

using elaborate::PopulationId;
using elaborate::ProjectionId;

using RulePlace = std::pair<ProjectionId, std::size_t>;

struct Targets {
  std::set<PopulationId> populations;
  std::set<ProjectionId> projections;
  std::set<RulePlace> rules;  // without their projections
};

// SEMANTICS 16: parameters, weights, step counts and draws are never set back; what a step computes
// anew needs not be, unless the experiment reads it.
bool is_reset(plan::Role role) {
  switch (role) {
    case plan::Role::State:
    case plan::Role::TraceBase:
    case plan::Role::TraceStamp:
    case plan::Role::History:
    case plan::Role::HazardClock:
    case plan::Role::Threshold:
    case plan::Role::Flag:
    case plan::Role::Accumulator:
      return true;
    case plan::Role::Parameter:
    case plan::Role::Constant:
    case plan::Role::Weight:
    case plan::Role::DrawOrdinal:
    case plan::Role::Clock:
    case plan::Role::Tape:
    case plan::Role::Scratch:
      return false;
  }
  BOUTON_UNREACHABLE("role");
}

Targets targets_of(const elaborate::Network& network, const model::Reset& reset) {
  Targets targets;
  if (reset.targets.empty()) {
    for (const PopulationId id : network.populations.ids()) targets.populations.insert(id);
    for (const ProjectionId id : network.projections.ids()) targets.projections.insert(id);
  }
  for (const model::Target& target : reset.targets) {
    const auto key = elaborate::key_of(target.circuit, target.owner, target.family_indices);
    BOUTON_CHECK(key.has_value(), "a member that is reset is known by now");
    match(
        network.owners.at(*key), [&](PopulationId id) { targets.populations.insert(id); },
        [&](ProjectionId id) {
          if (!target.rule)
            targets.projections.insert(id);
          else
            targets.rules.emplace(id, elaborate::rule_named(*target.rule, id, network).value());
        });
  }
  return targets;
}

bool pairs_spikes(const Lowering& lowering, const elaborate::RuleInstance& rule) {
  return std::ranges::any_of(lowering.rule_of(rule).items, [](const model::RuleItem& item) {
    return std::holds_alternative<model::OnPair>(item.node);
  });
}

// Whether a projection looks back on spikes that its populations remember.
bool remembers_spikes(const Lowering& lowering, const elaborate::Projection& projection) {
  if (projection.synapse) return true;
  return std::ranges::any_of(projection.rules, [&](const elaborate::RuleInstance& rule) {
    return pairs_spikes(lowering, rule);
  });
}

bool forgets_alone(const Lowering& lowering, const Targets& targets, ProjectionId id) {
  const elaborate::Projection& projection = lowering.network.projections[id];
  return remembers_spikes(lowering, projection) &&
         !(targets.populations.contains(projection.pre.population) &&
           targets.populations.contains(projection.post.population));
}

class OwnerTest {
 public:
  OwnerTest(const Lowering& lowering, const Targets& targets) : plan_(lowering.plan) {
    for (const PopulationId id : targets.populations)
      populations_.insert(lowering.populations[id].population);
    for (const ProjectionId id : targets.projections) links_.insert(lowering.projections[id].link);
    for (const auto& [id, rule] : targets.rules)
      rules_.insert(lowering.projections[id].rules[rule].rule);
  }
  [[nodiscard]] bool contains(const plan::Owner& owner) const {
    return match(
        owner, [](const std::monostate&) { return false; }, [](plan::CircuitId) { return false; },
        [&](plan::PopulationId id) { return populations_.contains(id); },
        [&](plan::LinkId id) { return links_.contains(id); },
        [&](plan::RuleId id) {
          return rules_.contains(id) || links_.contains(plan_.rules[id].link);
        });
  }

 private:
  const plan::Plan& plan_;
  std::set<plan::PopulationId> populations_;
  std::set<plan::LinkId> links_;
  std::set<plan::RuleId> rules_;
};

class LoneResets {
 public:
  explicit LoneResets(Lowering& lowering) : lowering_(lowering) {}

  void visit(const model::Body& body) {
    for (const model::Stmt& stmt : body) visit(stmt);
  }

 private:
  void visit(model::Stmt stmt) {
    if (const auto* loop = std::get_if<model::For>(&stmt.node)) visit(loop->body);
    if (const auto* every = std::get_if<model::Every>(&stmt.node)) visit(every->body);
    if (const auto* choice = std::get_if<model::If>(&stmt.node)) {
      visit(choice->when_true);
      visit(choice->when_false);
    }
    const auto* reset = std::get_if<model::Reset>(&stmt.node);
    if (reset == nullptr) return;
    const auto open = find_open_member(stmt);
    if (!open) return note(*reset);
    for (const auto& indices :
         members_of(lowering_.network, open->circuit, open->owner, open->indices().size())) {
      set_indices(*open, indices);
      visit(stmt);
    }
  }

  void note(const model::Reset& reset) {
    const Targets targets = targets_of(lowering_.network, reset);
    for (const ProjectionId id : targets.projections)
      if (forgets_alone(lowering_, targets, id)) lowering_.reset_alone.insert(id);
    for (const auto& [id, rule] : targets.rules)
      if (pairs_spikes(lowering_, lowering_.network.projections[id].rules[rule]))
        lowering_.rules_reset_alone.emplace(id, rule);
  }

  Lowering& lowering_;
};

// What a population has sent and what has not arrived yet is forgotten with it.
std::set<plan::ColumnId> under_way(const Lowering& lowering, const Targets& targets) {
  std::set<plan::ColumnId> columns;
  for (const ProjectionId id : lowering.projections.ids()) {
    const elaborate::Projection& projection = lowering.network.projections[id];
    if (receives_sum_late(projection) && targets.populations.contains(projection.pre.population))
      columns.insert(*lowering.projections[id].sum);
  }
  return columns;
}

// Whose spikes until now are forgotten, with the circuit that counts their steps.
std::vector<std::pair<plan::ColumnId, plan::CircuitId>> forgetting(const Lowering& lowering,
                                                                   const Targets& targets) {
  std::vector<std::pair<plan::ColumnId, plan::CircuitId>> columns;
  const auto add = [&](const std::optional<plan::ColumnId>& first_seen, ProjectionId id) {
    if (first_seen) columns.emplace_back(*first_seen, lowering.projections[id].circuit);
  };
  for (const ProjectionId id : targets.projections) {
    add(lowering.projections[id].first_seen, id);
    for (const RuleParts& rule : lowering.projections[id].rules) add(rule.first_seen, id);
  }
  for (const auto& [id, rule] : targets.rules)
    add(lowering.projections[id].rules[rule].first_seen, id);
  return columns;
}

}  // namespace

void find_lone_resets(Lowering& lowering) {
  LoneResets(lowering).visit(lowering.network.statements);
}

plan::HostBody lower_reset(Lowering& lowering, const model::Reset& reset, source::Span span) {
  const Targets targets = targets_of(lowering.network, reset);
  const OwnerTest is_target(lowering, targets);
  const std::set<plan::ColumnId> sent = under_way(lowering, targets);
  plan::HostReset lowered;
  for (const plan::ColumnId id : lowering.plan.columns.ids()) {
    const plan::Column& column = lowering.plan.columns[id];
    const bool holds = is_reset(column.role) || lowering.shown.contains(id);
    if (holds && (is_target.contains(column.owner) || sent.contains(id)))
      lowered.columns.push_back(id);
  }
  lowered.kernels = lower_new_draws(lowering, targets.populations);
  plan::HostBody body;
  body.push_back({std::move(lowered), span});
  for (const auto& [first_seen, circuit] : forgetting(lowering, targets)) {
    const plan::ColumnId clock = lowering.plan.circuits[circuit].clock;
    body.push_back({plan::HostAssign{first_seen, {}, plan::contents(clock)}, span});
  }
  return body;
}

}  // namespace bouton::lower
