#include "compiler/lower/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "compiler/base/check.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/rule_windows.h"
#include "compiler/lower/arrival.h"
#include "compiler/lower/columns.h"
#include "compiler/lower/rule.h"
#include "compiler/lower/spike.h"
#include "compiler/model/builtins.h"

namespace bouton::lower {

namespace {

using elaborate::PopulationId;
using elaborate::ProjectionId;

bool is_comparison(const model::Expr& expr) {
  const auto* binary = std::get_if<model::Binary>(&expr.node);
  return binary != nullptr && binary->op >= model::BinaryOp::Equal &&
         binary->op <= model::BinaryOp::GreaterEqual;
}

// Where a window ends is up to comparisons, conditions, and which side `min` and `max` take.
bool decides(const model::Expr& expr) {
  if (std::holds_alternative<model::Ref>(expr.node)) return expr.type.kind == model::Kind::Boolean;
  const auto* call = std::get_if<model::Call>(&expr.node);
  const auto* id = call != nullptr ? std::get_if<model::BuiltinId>(&call->callee) : nullptr;
  if (id == nullptr) return is_comparison(expr);
  const std::string_view name = model::builtin(*id).name;
  return name == "min" || name == "max";
}

// Whether the experiment assigns something on which the end of the window depends.
bool can_be_widened(const Lowering& lowering, ProjectionId projection,
                    const elaborate::RuleInstance& instance, const model::OnPair& handler) {
  const model::Scope& scope = lowering.rule_of(instance).scope;
  bool widened = false;
  const auto visit = [&](const model::Expr& part) {
    const auto* ref = std::get_if<model::Ref>(&part.node);
    if (ref == nullptr) return;
    const Variable variable{projection, instance.name, scope[ref->symbol].name};
    widened = widened || lowering.mentions.assigned.contains(variable);
  };
  elaborate::walk(handler.body, [&](const model::Expr& part) {
    if (decides(part)) elaborate::walk(part, visit);
  });
  return widened;
}

// How many spikes lie within `steps`.
std::int64_t spikes_within(const Lowering& lowering, PopulationId population, std::int64_t steps) {
  return steps / least_interval(lowering, population) + 1;
}

using Depths = std::map<Lateness, std::int64_t>;

void deepen(Depths& depths, const Lateness& late, std::int64_t depth) {
  depths[late] = std::max(depths[late], depth);
}

void add_pair_depths(Lowering& lowering, ProjectionId id, const elaborate::RuleInstance& instance,
                     const model::OnPair& handler, Depths& depths) {
  const elaborate::Projection& projection = lowering.network.projections[id];
  const bool all = handler.pairing.kind == model::Pairing::Kind::All;
  const bool nearest = handler.pairing.kind == model::Pairing::Kind::Nearest;
  const std::int64_t support = all ? pair_support(lowering, id, instance, handler) : 0;
  for (const model::Side side : {model::Side::Pre, model::Side::Post}) {
    const Lateness late = at_synapse(projection, side);
    const std::int64_t depth = all ? spikes_within(lowering, late.population, support)
                                   : (nearest ? handler.pairing.depth : 1);
    deepen(depths, late, depth);
  }
}

// Pairs that traces compute need no history.
void add_rule_depths(Lowering& lowering, const RuleAt& at, Depths& depths) {
  const elaborate::RuleInstance& instance =
      lowering.network.projections[at.projection].rules[at.rule];
  const auto& windows = lowering.projections[at.projection].rules[at.rule].windows;
  const std::vector<model::RuleItem>& items = lowering.rule_of(instance).items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto* pair = std::get_if<model::OnPair>(&items[i].node);
    if (pair != nullptr && !windows.contains(i))
      add_pair_depths(lowering, at.projection, instance, *pair, depths);
  }
}

void add_psp_depth(const Lowering& lowering, const elaborate::Projection& projection,
                   Depths& depths) {
  if (!projection.synapse || !projection.synapse->psp) return;
  const model::Synapse& synapse = lowering.network.program->synapses[projection.synapse->synapse];
  if (synapse.psp->overlap != model::Psp::Overlap::Additive) return;
  const auto length = static_cast<std::int64_t>(projection.synapse->psp->samples.size());
  deepen(depths, at_neuron(projection), spikes_within(lowering, projection.pre.population, length));
}

// The next spike under way is found in the history of spikes.
void add_queue_depths(const Lowering& lowering, Depths& depths) {
  for (const PopulationId id : lowering.populations.ids())
    for (const auto& [steps, arrivals] : lowering.populations[id].arrivals)
      if (arrivals.arrived) deepen(depths, {id, 0}, most_under_way(lowering, {id, steps}));
}
void connect_queues(Lowering& lowering) {
  for (const PopulationParts& parts : lowering.populations)
    for (const auto& [steps, arrivals] : parts.arrivals)
      if (arrivals.arrived)
        lowering.plan.events[arrivals.event].queue = parts.arrivals.at(0).history;
}

void add_history(Lowering& lowering, const Lateness& late, std::int64_t depth) {
  const PopulationParts& parts = lowering.populations[late.population];
  if (!parts.spike) return;
  const std::string at = late.steps == 0 ? ".spikes" : fmt::format(".spikes, {} late", late.steps);
  const std::string name = lowering.network.populations[late.population].name + at;
  Arrivals& spikes = arrivals(lowering, late);
  const source::Span span = spikes.span;
  const plan::AxisId ring = plan::add_ring_axis(lowering.plan, name, depth);
  plan::History history;
  history.name = name;
  history.of = spikes.event;
  history.ring = add_column(lowering, {name,
                                       plan::kI64,
                                       {parts.axis, ring},
                                       plan::Role::History,
                                       parts.population,
                                       plan::whole(plan::kLongAgo),
                                       span});
  history.head = add_column(
      lowering,
      {name + " count", plan::kI64, {parts.axis}, plan::Role::History, parts.population, {}, span});
  spikes.history = lowering.plan.histories.add(history);
}

}  // namespace

std::int64_t pair_support(Lowering& lowering, ProjectionId projection,
                          const elaborate::RuleInstance& instance, const model::OnPair& handler) {
  const auto support = elaborate::find_longest_support(lowering.network, instance, handler);
  const auto* steps = std::get_if<std::int64_t>(&support);
  BOUTON_CHECK(steps != nullptr, "elaboration has refused windows without an end");
  if (!can_be_widened(lowering, projection, instance, handler)) return *steps;
  lowering.refuse(Unlowered::AssignedWindow, instance.span);
  return 0;
}

void add_histories(Lowering& lowering) {
  Depths depths;
  for (const ProjectionId id : lowering.network.projections.ids()) {
    const elaborate::Projection& projection = lowering.network.projections[id];
    add_psp_depth(lowering, projection, depths);
    for (std::size_t rule = 0; rule < projection.rules.size(); ++rule)
      add_rule_depths(lowering, {id, rule, {}}, depths);
  }
  add_queue_depths(lowering, depths);
  for (const auto& [late, depth] : depths) add_history(lowering, late, depth);
  connect_queues(lowering);
}

std::int64_t depth_of(const Lowering& lowering, plan::HistoryId id) {
  const plan::AxisId ring = lowering.plan.columns[lowering.plan.histories[id].ring].axes.back();
  const plan::ExtentId extent = lowering.plan.axes[ring].extent;
  return std::get<plan::HostInteger>(lowering.plan.extents[extent].value.node).value;
}

}  // namespace bouton::lower
