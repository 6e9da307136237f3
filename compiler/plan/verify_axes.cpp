// Rules about index spaces: shapes of views, subscripts, spaces, reductions.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/plan/print_parts.h"
#include "compiler/plan/query.h"
#include "compiler/plan/verify_rules.h"

namespace bouton::plan {
namespace {

bool contains(const std::vector<AxisId>& axes, AxisId axis) {
  return std::ranges::find(axes, axis) != axes.end();
}

bool same_shape(const Plan& plan, const std::vector<AxisId>& a, const std::vector<AxisId>& b) {
  return std::ranges::equal(a, b, [&](AxisId left, AxisId right) {
    return same_extent(plan, plan.axes[left].extent, plan.axes[right].extent);
  });
}

std::string subscript_mismatch(const Plan& plan, const Kernel& kernel, const Subscript& subscript,
                               AxisId axis) {
  const auto* variable = std::get_if<AxisId>(&subscript);
  if (variable == nullptr) return {};
  if (!contains(kernel.space, *variable))
    return fmt::format("subscript {} is no axis of the space", print(*variable));
  if (!can_index(plan, *variable, axis))
    return fmt::format("subscript {} does not index {}", print(*variable), print(axis));
  return {};
}

void verify_access(const Plan& plan, const Kernel& kernel, const Op& op, const std::string& where,
                   Messages& messages) {
  const auto& access = std::get<AccessAttribute>(op.attribute);
  const Operand what = op.code == OpCode::Load ? kernel.reads[access.slot].what
                                               : Operand{kernel.writes[access.slot]};
  const std::vector<AxisId>& axes = axes_of(plan, what);
  if (access.at.size() != axes.size()) {
    messages.push_back(fmt::format("{}: {} has {} axes, {} subscripts given", where, print(what),
                                   axes.size(), access.at.size()));
    return;
  }
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const std::string mismatch = subscript_mismatch(plan, kernel, access.at[i], axes[i]);
    if (!mismatch.empty()) messages.push_back(where + ": " + mismatch);
  }
}

void verify_op_axes(const Plan& plan, const Kernel& kernel, const Op& op, const std::string& where,
                    Messages& messages) {
  if (std::holds_alternative<AccessAttribute>(op.attribute))
    verify_access(plan, kernel, op, where, messages);
  if (const auto* index = std::get_if<AxisAttribute>(&op.attribute))
    if (!contains(kernel.space, index->axis))
      messages.push_back(fmt::format("{}: {} is no axis of the space", where, print(index->axis)));
  if ((op.code == OpCode::PostIndex || op.code == OpCode::PreIndex) && !kernel.link)
    messages.push_back(where + ": post and pre exist over synapses only");
}

std::vector<AxisId> remaining(const Kernel& kernel, const Reduction& reduction) {
  std::vector<AxisId> rest;
  for (const AxisId axis : kernel.space)
    if (!contains(reduction.over, axis)) rest.push_back(axis);
  return rest;
}

// A reduction over the synapses of a list gives one number per post neuron.
bool reduces_rows(const Plan& plan, const Kernel& kernel, const std::vector<AxisId>& into) {
  if (!kernel.link || into.size() != 1) return false;
  const Link& link = plan.links[*kernel.link];
  return std::holds_alternative<SparseStorage>(link.storage) &&
         into[0] == plan.populations[link.post].axis;
}

void verify_reduction_axes(const Plan& plan, KernelId id, const Reduction& reduction,
                           Messages& messages) {
  const Kernel& kernel = plan.kernels[id];
  const auto in_space = [&](AxisId axis) { return contains(kernel.space, axis); };
  if (reduction.over.empty() || !std::ranges::all_of(reduction.over, in_space)) {
    messages.push_back(print(id) + " reduces over axes that its space does not have");
    return;
  }
  const ColumnId column = kernel.writes[reduction.into];
  const std::vector<AxisId>& into = plan.columns[column].axes;
  const std::vector<AxisId> rest = remaining(kernel, reduction);
  const auto fits = [&](AxisId space, AxisId stored) { return can_index(plan, space, stored); };
  if (std::ranges::equal(rest, into, fits)) return;
  if (rest.empty() && reduces_rows(plan, kernel, into)) return;
  messages.push_back(fmt::format("{} reduces to [{}], {} has [{}]", print(id), print_list(rest),
                                 print(column), print_list(into)));
}

bool sums_reals(const Plan& plan, const Kernel& kernel, const Reduction& reduction) {
  return plan.columns[kernel.writes[reduction.into]].type == kReal;
}

}  // namespace

void verify_view_shapes(const Plan& plan, Messages& messages) {
  for (const ViewId id : plan.views.ids()) {
    const View& view = plan.views[id];
    std::vector<AxisId> shape = axes_of(plan, view.of);
    if (view.transposed && shape.size() != 2) {
      messages.push_back(fmt::format("{} transposes {} axes", print(id), shape.size()));
      continue;
    }
    if (view.transposed) std::ranges::reverse(shape);
    if (!same_shape(plan, view.axes, shape))
      messages.push_back(fmt::format("{} has axes [{}], {} gives [{}]", print(id),
                                     print_list(view.axes), print(view.of), print_list(shape)));
    if (type_of(plan, view.of) != kReal && view.scale != 1)
      messages.push_back(print(id) + " scales a column that is not real");
  }
}

void verify_states(const Plan& plan, Messages& messages) {
  for (const PopulationId id : plan.populations.ids())
    for (const ColumnId state : plan.populations[id].states) {
      const Column& column = plan.columns[state];
      const bool fits = column.type == kReal && column.owner == Owner{id} &&
                        column.axes == std::vector{plan.populations[id].axis};
      if (!fits)
        messages.push_back(fmt::format("{} is no real of {}'s neurons", print(state), print(id)));
    }
}

void verify_subscripts(const Plan& plan, Messages& messages) {
  for (const KernelId id : plan.kernels.ids()) {
    const Kernel& kernel = plan.kernels[id];
    for (std::size_t i = 0; i < kernel.body.size(); ++i)
      verify_op_axes(plan, kernel, kernel.body[i], fmt::format("{} %{}", print(id), i), messages);
    for (const Reduction& reduction : kernel.reductions)
      verify_reduction_axes(plan, id, reduction, messages);
  }
}

void verify_spaces(const Plan& plan, Messages& messages) {
  for (const KernelId id : plan.kernels.ids()) {
    const Kernel& kernel = plan.kernels[id];
    for (const AxisId axis : kernel.space)
      if (std::ranges::count(kernel.space, axis) > 1)
        messages.push_back(fmt::format("{} runs over {} twice", print(id), print(axis)));
    if (kernel.link && kernel.space != synapse_space(plan.links[*kernel.link]))
      messages.push_back(fmt::format("{} runs over [{}], the synapses of {} are [{}]", print(id),
                                     print_list(kernel.space), print(*kernel.link),
                                     print_list(synapse_space(plan.links[*kernel.link]))));
  }
}

void verify_reduction_orders(const Plan& plan, Messages& messages) {
  for (const KernelId id : plan.kernels.ids())
    for (const Reduction& reduction : plan.kernels[id].reductions) {
      const bool real = sums_reals(plan, plan.kernels[id], reduction);
      if (reduction.order == Order::Unspecified)
        messages.push_back(print(id) + " has a reduction without an order");
      if (reduction.order == Order::Exact && real)
        messages.push_back(print(id) + " sums reals as if their order did not matter");
      if (reduction.order == Order::PartialSums && !real)
        messages.push_back(print(id) + " forms partial sums of what is not real");
    }
}

}  // namespace bouton::plan
