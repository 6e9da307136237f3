#include "tests/unit/plan/breakages.h"
#include "tests/unit/plan/plans.h"

namespace bouton::plan {
namespace {

Kernel& kernel(Plan& plan, const char* name) { return plan.kernels[named(plan.kernels, name)]; }

// Appends a store of x[axis] = constant to a kernel of CUBA, at a subscript that all elements
// share.
void store_at_one_place(Plan& plan) {
  Kernel& spike = kernel(plan, "spike");
  const ColumnId total = add_column(plan, "total", kReal, {}, Role::State);
  spike.writes.push_back(total);
  spike.body.push_back({OpCode::Constant, {}, ConstantAttribute{1.0}, kReal});
  const ValueId one{static_cast<std::uint32_t>(spike.body.size() - 1)};
  const auto slot = static_cast<std::uint32_t>(spike.writes.size() - 1);
  spike.body.push_back({OpCode::Store, {one}, AccessAttribute{slot, {}}, {}});
}

void shift_post_axis(Plan& plan) {
  const LinkId link = named(plan.links, "W");
  const AxisId post = std::get<DenseStorage>(plan.links[link].storage).post;
  plan.axes[post].within.reset();
}

// The first column over the neurons of a population.
ColumnId first_column(const Plan& plan, std::uint32_t population) {
  const std::vector axes = {plan.populations[PopulationId{population}].axis};
  for (const ColumnId id : plan.columns.ids())
    if (plan.columns[id].axes == axes) return id;
  return {};
}

void pack_two(Plan& plan, std::vector<ColumnId> row) {
  plan.packs.add({{PopulationId{0}, PopulationId{1}}, {std::move(row)}});
}

}  // namespace

std::vector<Breakage> kernel_breakages() {
  return {
      {"ids refer to something", "a column of an axis that does not exist", sampler_plan,
       [](Plan& p) { p.columns[ColumnId{2}].axes = {AxisId{99}}; }},
      {"ids refer to something", "an event without an axis", sampler_plan,
       [](Plan& p) { p.events[EventId{0}].axis = {}; }},
      {"ids refer to something", "a load from a slot that is not there", sampler_plan,
       [](Plan& p) {
         std::get<AccessAttribute>(op_of(p, "rate", OpCode::Load).attribute).slot = 77;
       }},
      {"ids refer to something", "a host variable that was never declared", sampler_plan,
       [](Plan& p) { p.host.body.push_back({HostLet{HostVariableId{50}, whole(1)}, {}}); }},
      {"ids refer to something", "a pack of a population that does not exist", microcircuit_plan,
       [](Plan& p) { p.packs.add({{PopulationId{0}, PopulationId{99}}, {}}); }},
      {"packed columns fit side by side", "a pack of one population", microcircuit_plan,
       [](Plan& p) { p.packs.add({{PopulationId{0}}, {}}); }},
      {"packed columns fit side by side", "a population in two packs", microcircuit_plan,
       [](Plan& p) {
         p.packs.add({{PopulationId{0}, PopulationId{1}}, {}});
         p.packs.add({{PopulationId{1}, PopulationId{2}}, {}});
       }},
      {"packed columns fit side by side", "a row without a column of each population",
       microcircuit_plan, [](Plan& p) { pack_two(p, {first_column(p, 0)}); }},
      {"packed columns fit side by side", "a column of another population", microcircuit_plan,
       [](Plan& p) { pack_two(p, {first_column(p, 0), first_column(p, 2)}); }},
      {"packed columns fit side by side", "a column of another role", microcircuit_plan,
       [](Plan& p) {
         p.columns[first_column(p, 1)].role = Role::Parameter;
         pack_two(p, {first_column(p, 0), first_column(p, 1)});
       }},
      {"views are acyclic", "two views of each other", microcircuit_plan,
       [](Plan& p) {
         p.views[ViewId{0}].of = ViewId{1};
         p.views[ViewId{1}].of = ViewId{0};
       }},
      {"ops carry their attribute", "math without a function", sampler_plan,
       [](Plan& p) { op_of(p, "rate", OpCode::Math).attribute = std::monostate{}; }},
      {"values are defined before they are used", "a sum of itself", sampler_plan,
       [](Plan& p) { op_of(p, "rate", OpCode::AddReal).in[0] = ValueId{30}; }},
      {"values are defined before they are used", "a use of a store", sampler_plan,
       [](Plan& p) {
         Kernel& timers = kernel(p, "timers");
         timers.body[5].in[0] = ValueId{3};
       }},
      {"wide columns belong to wide kernels", "a wide kernel that writes a state", pal_plan,
       [](Plan& p) { kernel(p, "r").wide = true; }},
      {"wide columns belong to wide kernels", "a wide column that others read", sampler_plan,
       [](Plan& p) { p.columns[named(p.columns, "bias")].wide = true; }},
      {"types fit", "a sum of a real and a bool", sampler_plan,
       [](Plan& p) { op_of(p, "rate", OpCode::AddReal).in[0] = ValueId{0}; }},
      {"types fit", "a step stored as a flag", sampler_plan,
       [](Plan& p) { p.columns[named(p.columns, "ready")].type = kI64; }},
      {"types fit", "a reduction into another fraction", sampler_plan,
       [](Plan& p) { p.columns[named(p.columns, "I")].type = kHazardFixed; }},
      {"views have the shape of their column", "a view of a longer column", microcircuit_plan,
       [](Plan& p) {
         const AxisId post = p.views[ViewId{0}].axes[0];
         p.axes[post].extent = add_extent(p, 3);
       }},
      {"states are reals of their population", "a truth value", cuba_plan,
       [](Plan& p) {
         p.populations[PopulationId{0}].states.push_back(named(p.columns, "spiked"));
       }},
      {"states are reals of their population", "a weight", cuba_plan,
       [](Plan& p) { p.populations[PopulationId{0}].states.push_back(named(p.columns, "exc.w")); }},
      {"subscripts fit the axes", "a gather without a subscript", sampler_plan,
       [](Plan& p) {
         std::get<AccessAttribute>(op_of(p, "rate", OpCode::Load).attribute).at.clear();
       }},
      {"subscripts fit the axes", "post neurons of no population", sampler_plan, shift_post_axis},
      {"subscripts fit the axes", "a reduction over a foreign axis", sampler_plan,
       [](Plan& p) { kernel(p, "I").reductions[0].over = {AxisId{0}}; }},
      {"spaces are made of their own axes", "an axis twice", sampler_plan,
       [](Plan& p) { kernel(p, "timers").space = {AxisId{0}, AxisId{0}}; }},
      {"spaces are made of their own axes", "synapses that are not the projection's", sampler_plan,
       [](Plan& p) { kernel(p, "timers").link = LinkId{0}; }},
      {"inputs are given by the caller", "elapsed steps inside a step", sampler_plan,
       [](Plan& p) {
         const KernelId skip = named(p.kernels, "skip");
         stage_of(p, Stage::Kind::Evaluate).items.push_back(item(skip));
         p.schedules[ScheduleId{0}].between.clear();
       }},
      {"inputs are given by the caller", "an interval without a pair", sampler_plan,
       [](Plan& p) {
         for (Handler& handler : p.handlers) handler.body = named(p.kernels, "alignment");
       }},
      {"reductions name their order", "no order", sampler_plan,
       [](Plan& p) { kernel(p, "I").reductions[0].order = Order::Unspecified; }},
      {"reductions name their order", "reals in any order", cuba_plan,
       [](Plan& p) { kernel(p, "arrivals").reductions[0].order = Order::Exact; }},
      {"elements write different places", "a total without a reduction", cuba_plan,
       store_at_one_place},
      {"draws are used once", "the same element for all", sampler_plan,
       [](Plan& p) {
         Op& index = op_of(p, "spike", OpCode::AxisIndex);
         index.code = OpCode::Constant;
         index.attribute = ConstantAttribute{std::int64_t{0}};
       }},
      {"draws are used once", "an ordinal that jumps by two", sampler_plan,
       [](Plan& p) {
         Kernel& spike = kernel(p, "spike");
         const ValueId next = op_of(p, "spike", OpCode::Word).in[1];
         const ValueId one = spike.body[next.value].in[1];
         spike.body[one.value].attribute = ConstantAttribute{std::int64_t{2}};
       }},
      {"draws are used once", "two populations of one stream", microcircuit_plan,
       [](Plan& p) {
         for (Kernel& k : p.kernels)
           for (Op& op : k.body)
             if (op.code == OpCode::Word) op.attribute = StreamAttribute{StreamId{0}};
       }},
  };
}

}  // namespace bouton::plan
