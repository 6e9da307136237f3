#include "compiler/image/pool.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <set>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/image/kernels.h"
#include "compiler/image/layout.h"
#include "compiler/plan/printer.h"

namespace bouton::image {

namespace {

using Number = std::variant<bool, std::int64_t, double>;

bool same(const Number& a, const Number& b) {
  const auto bits = [](const Number& number) {
    return match(
        number, [](bool truth) { return std::uint64_t{truth}; },
        [](std::int64_t whole) { return static_cast<std::uint64_t>(whole); },
        [](double real) { return std::bit_cast<std::uint64_t>(real); });
  };
  return a.index() == b.index() && bits(a) == bits(b);
}

const Number& value_of(const plan::Plan& plan, PooledConstant constant) {
  const plan::Op& op = plan.kernels[constant.kernel].body[constant.op.value];
  return std::get<plan::ConstantAttribute>(op.attribute).value;
}

std::uint64_t cell_of(const plan::Plan& plan, PooledConstant constant) {
  const plan::Kernel& kernel = plan.kernels[constant.kernel];
  const plan::Type type = kernel.body[constant.op.value].type;
  const auto precision = kernel.wide ? plan::Precision::Double : plan.precision;
  return match(
      value_of(plan, constant), [](bool truth) { return std::uint64_t{truth}; },
      [](std::int64_t whole) { return static_cast<std::uint64_t>(whole); },
      [&](double real) -> std::uint64_t {
        if (cell_type_of(type, precision) == runtime::CellType::Real32)
          return std::bit_cast<std::uint32_t>(static_cast<float>(real));
        return std::bit_cast<std::uint64_t>(real);
      });
}

std::set<plan::ExtentId> extents_of_rings(const plan::Plan& plan) {
  std::set<plan::ExtentId> rings;
  for (const plan::Axis& axis : plan.axes)
    if (axis.kind == plan::Axis::Kind::Ring) rings.insert(axis.extent);
  return rings;
}

void forget(Number& number) {
  match(
      number, [](bool& truth) { truth = false; }, [](std::int64_t& whole) { whole = 0; },
      [](double& real) { real = 0; });
}

// Nothing in a plan of another shape.
plan::ConstantAttribute* find_constant(plan::Plan& plan, PooledConstant constant) {
  if (!plan.kernels.contains(constant.kernel)) return nullptr;
  auto& body = plan.kernels[constant.kernel].body;
  if (constant.op.value >= body.size()) return nullptr;
  return std::get_if<plan::ConstantAttribute>(&body[constant.op.value].attribute);
}

// What the runtime reads from the plan and code does not.
void forget_host(plan::Plan& plan) {
  plan.seed = plan::whole(0);
  plan.timestep = 0;
  plan.host = {};
  plan.parameters = {};
  plan.variables = {};
  plan.record_tables = {};
  plan.phases = {};
  plan.traces = {};
  for (plan::Column& column : plan.columns) {
    column.dimension = {};
    if (std::holds_alternative<plan::HostExpr>(column.initial)) column.initial = {};
  }
  for (plan::Observer& observer : plan.observers) observer.every = observer.after = plan::whole(0);
}

std::string print_outside(const plan::Plan& plan) {
  std::string text;
  for (const plan::KernelId kernel : kernels_outside_of_schedules(plan))
    text += "outside " + std::to_string(kernel.value) + "\n";
  for (const plan::Stream& stream : plan.streams) text += "site " + stream.site + "\n";
  return text;
}

}  // namespace

Pool pool_of_all(const plan::Plan& plan) {
  Pool pool;
  for (const plan::KernelId id : plan.kernels.ids()) {
    const auto& body = plan.kernels[id].body;
    for (std::uint32_t op = 0; op < body.size(); ++op)
      if (body[op].code == plan::OpCode::Constant)
        pool.constants.push_back({id, plan::ValueId{op}});
  }
  const auto rings = extents_of_rings(plan);
  for (const plan::ExtentId id : plan.extents.ids())
    if (!rings.contains(id)) pool.extents.push_back(id);
  return pool;
}

BareShape bare_shape(const plan::Plan& plan) {
  const Pool all = pool_of_all(plan);
  return {all, code_shape(plan, all)};
}

Pool differences(const Pool& all, const plan::Plan& a, const plan::Plan& b) {
  Pool differing;
  std::ranges::copy_if(
      all.constants, std::back_inserter(differing.constants),
      [&](PooledConstant constant) { return !same(value_of(a, constant), value_of(b, constant)); });
  std::ranges::copy_if(
      all.extents, std::back_inserter(differing.extents),
      [&](plan::ExtentId extent) { return length_of(a, extent) != length_of(b, extent); });
  return differing;
}

Pool join(const Pool& a, const Pool& b) {
  Pool joined;
  std::ranges::set_union(a.constants, b.constants, std::back_inserter(joined.constants));
  std::ranges::set_union(a.extents, b.extents, std::back_inserter(joined.extents));
  return joined;
}

std::string code_shape(const plan::Plan& plan, const Pool& pool) {
  plan::Plan shape = plan;
  forget_host(shape);
  if (pool.has_offsets()) shape.packs = {};  // code that reads sizes makes nothing of them
  for (const PooledConstant constant : pool.constants)
    if (plan::ConstantAttribute* attribute = find_constant(shape, constant))
      forget(attribute->value);
  for (const plan::ExtentId extent : pool.extents)
    if (shape.extents.contains(extent)) shape.extents[extent].value = plan::whole(0);
  return plan::print(shape, plan::Names::Positional) + print_outside(plan);
}

std::string lane_shape(const plan::Plan& plan) {
  plan::Plan shape = plan;
  for (plan::ProgramParameter& parameter : shape.parameters) parameter.value = {};
  for (const PooledConstant constant : pool_of_all(plan).constants)
    forget(find_constant(shape, constant)->value);
  return plan::print(shape) + print_outside(plan);
}

std::vector<std::uint64_t> fill_table(const Pool& pool, const plan::Plan& plan,
                                      const runtime::ArenaLayout& layout) {
  std::vector<std::uint64_t> table;
  const auto add_slot = [&](std::uint64_t cell) {
    table.insert(table.end(), static_cast<std::size_t>(layout.lanes), cell);
  };
  for (const PooledConstant constant : pool.constants) add_slot(cell_of(plan, constant));
  for (const plan::ExtentId extent : pool.extents)
    add_slot(static_cast<std::uint64_t>(length_of(plan, extent)));
  if (!pool.has_offsets()) return table;
  for (const runtime::ColumnLayout& column : layout.columns)
    for (const std::int64_t offset : {column.offset, column.next_offset, column.previous_offset})
      add_slot(static_cast<std::uint64_t>(offset));
  return table;
}

}  // namespace bouton::image
