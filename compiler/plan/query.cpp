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

}  // namespace

const std::vector<AxisId>& axes_of(const Plan& plan, Operand operand) {
  if (const auto* view = std::get_if<ViewId>(&operand)) return plan.views[*view].axes;
  return plan.columns[std::get<ColumnId>(operand)].axes;
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

std::vector<AxisId> synapse_space(const Link& link) {
  return match(
      link.storage,
      [](const DenseStorage& dense) { return std::vector<AxisId>{dense.post, dense.pre}; },
      [](const SparseStorage& sparse) { return std::vector<AxisId>{sparse.synapse}; },
      [](const OneToOneStorage& one) { return std::vector<AxisId>{one.neuron}; });
}

}  // namespace bouton::plan
