// The part of builder.h that fills tables.
#include "compiler/plan/builder.h"

namespace bouton::plan {

ExtentId add_extent(Plan& plan, std::int64_t value) {
  return plan.extents.add({whole(value), true});
}

AxisId add_neuron_axis(Plan& plan, std::string name, std::int64_t size) {
  return plan.axes.add({std::move(name), Axis::Kind::Neuron, add_extent(plan, size), {}, {}});
}

AxisId add_ring_axis(Plan& plan, std::string name, std::int64_t depth) {
  return plan.axes.add({std::move(name), Axis::Kind::Ring, add_extent(plan, depth), {}, {}});
}

DenseStorage add_dense_axes(Plan& plan, const std::string& name, AxisId post, AxisId pre,
                            bool no_self) {
  const ExtentId post_extent = plan.axes[post].extent;
  const ExtentId pre_extent = plan.axes[pre].extent;
  DenseStorage storage;
  storage.post = plan.axes.add({name + ".post", Axis::Kind::Post, post_extent, post, {}});
  storage.pre = plan.axes.add({name + ".pre", Axis::Kind::Pre, pre_extent, pre, {}});
  storage.no_self = no_self;
  return storage;
}

ColumnId add_column(Plan& plan, std::string name, Type type, std::vector<AxisId> axes, Role role,
                    Initial initial) {
  Column column;
  column.name = std::move(name);
  column.type = type;
  column.axes = std::move(axes);
  column.role = role;
  column.initial = std::move(initial);
  return plan.columns.add(std::move(column));
}

CircuitId add_circuit(Plan& plan, std::string name) {
  const ColumnId clock = add_column(plan, name + ".k", kI64, {}, Role::Clock);
  const CircuitId circuit = plan.circuits.add({std::move(name), clock});
  plan.columns[clock].owner = circuit;
  return circuit;
}

Item item(KernelId kernel) { return {kernel, {}, {}}; }

Item item_when(KernelId kernel, std::vector<EventId> events) {
  return {kernel, std::move(events), {}};
}

void complete_checkpoint(Plan& plan) { plan.checkpoint = checkpoint_of(plan.columns); }

}  // namespace bouton::plan
