#include "compiler/plan/query.h"

#include "compiler/base/match.h"
#include "compiler/plan/printer.h"

namespace bouton::plan {
namespace {

ExtentId offset_of(const Axis& axis) { return axis.offset.value_or(ExtentId{}); }

// Missing offsets are 0; an offset expression never is.
bool same_offset(const Plan& plan, const Axis& a, const Axis& b) {
  if (!a.offset || !b.offset) return a.offset.has_value() == b.offset.has_value();
  return same_extent(plan, offset_of(a), offset_of(b));
}

bool covers_whole(const Plan& plan, const Axis& part, AxisId whole_axis) {
  return part.within == whole_axis && !part.offset &&
         same_extent(plan, part.extent, plan.axes[whole_axis].extent);
}

CircuitId circuit_of_link(const Plan& plan, LinkId link) {
  return plan.populations[plan.links[link].post].circuit;
}

}  // namespace

const std::vector<AxisId>& axes_of(const Plan& plan, Operand operand) {
  if (const auto* view = std::get_if<ViewId>(&operand)) return plan.views[*view].axes;
  return plan.columns[std::get<ColumnId>(operand)].axes;
}

const std::vector<AxisId>& axes_of(const Plan& plan, const Observer& observer) {
  if (observer.what) return axes_of(plan, observer.what->what);
  return plan.columns[plan.events[*observer.event].fired].axes;
}

ColumnId column_behind(const Plan& plan, Operand operand) {
  while (const auto* view = std::get_if<ViewId>(&operand)) operand = plan.views[*view].of;
  return std::get<ColumnId>(operand);
}

Type type_of(const Plan& plan, Operand operand) {
  return plan.columns[column_behind(plan, operand)].type;
}

bool same_extent(const Plan& plan, ExtentId a, ExtentId b) {
  if (a == b) return true;
  return print(plan, plan.extents[a].value) == print(plan, plan.extents[b].value);
}

bool can_index(const Plan& plan, AxisId of_space, AxisId of_operand) {
  if (of_space == of_operand) return true;
  const Axis& space = plan.axes[of_space];
  const Axis& operand = plan.axes[of_operand];
  if (space.within == of_operand) return true;
  if (covers_whole(plan, operand, of_space)) return true;
  return space.within && space.within == operand.within && same_offset(plan, space, operand) &&
         same_extent(plan, space.extent, operand.extent);
}

CircuitId circuit_of(const Plan& plan, const Item& item) {
  return match(
      item.what, [&](KernelId id) { return plan.kernels[id].circuit; },
      [&](DenseId id) { return plan.denses[id].circuit; },
      [&](MovingAverageId id) { return plan.moving_averages[id].circuit; },
      [&](HandlerId id) { return plan.kernels[plan.handlers[id].body].circuit; },
      [&](ObserverId id) { return plan.observers[id].circuit; },
      [&](const Push& push) { return plan.events[plan.histories[push.history].of].circuit; });
}

std::optional<CircuitId> circuit_of(const Plan& plan, const Column& column) {
  using Result = std::optional<CircuitId>;
  return match(
      column.owner, [](const std::monostate&) { return Result(); },
      [](CircuitId id) -> Result { return id; },
      [&](PopulationId id) -> Result { return plan.populations[id].circuit; },
      [&](LinkId id) -> Result { return circuit_of_link(plan, id); },
      [&](RuleId id) -> Result { return circuit_of(plan, id); });
}

std::string variable_name(const Column& column) {
  return column.name.substr(column.name.rfind('.') + 1);
}

CircuitId circuit_of(const Plan& plan, RuleId rule) {
  return circuit_of_link(plan, plan.rules[rule].link);
}

std::optional<RuleId> learning_rule_of(const Plan& plan, const Item& item) {
  if (item.rule) return item.rule;
  const auto* handler = std::get_if<HandlerId>(&item.what);
  return handler == nullptr ? std::nullopt : plan.handlers[*handler].rule;
}

std::optional<ColumnId> first_seen_by(const Plan& plan, const Handler& handler) {
  const auto of_rule = handler.rule ? plan.rules[*handler.rule].first_seen : std::nullopt;
  return of_rule ? of_rule : plan.links[*handler.link].first_seen;
}

std::vector<ScheduleId> schedules_of(const Phase& phase) {
  std::vector<ScheduleId> schedules;
  for (const PhasePart& part : phase.parts)
    for (const Segment& segment : part.segments) schedules.push_back(segment.schedule);
  return schedules;
}

std::vector<AxisId> synapse_space(const Link& link) {
  return match(
      link.storage,
      [](const DenseStorage& dense) { return std::vector<AxisId>{dense.post, dense.pre}; },
      [](const SparseStorage& sparse) { return std::vector<AxisId>{sparse.synapse}; },
      [](const OneToOneStorage& one) { return std::vector<AxisId>{one.neuron}; });
}

KernelId kernel_of(const Item& item) { return std::get<KernelId>(item.what); }

}  // namespace bouton::plan
