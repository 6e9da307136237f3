#include "compiler/lower/columns.h"

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/plan/query.h"

namespace bouton::lower {

namespace {

// The part of an array below one position of its first axes.
plan::HostExpr literal_from(const runtime::Tensor& tensor, std::size_t axis, std::size_t first,
                            std::size_t count) {
  if (axis == tensor.rank()) return plan::real(tensor[first]);
  const std::size_t extent = tensor.shape()[axis];
  const std::size_t stride = extent == 0 ? 0 : count / extent;
  plan::HostArray array;
  for (std::size_t i = 0; i < extent; ++i)
    array.elements.push_back(literal_from(tensor, axis + 1, first + i * stride, stride));
  return {std::move(array), {}};
}

plan::HostExpr host_constant(const Value& value) {
  if (const auto* truth = constant_of<bool>(value)) return {plan::HostTruth{*truth}, {}};
  if (const auto* steps = constant_of<std::int64_t>(value)) return plan::whole(*steps);
  return plan::real(std::get<double>(value));
}

plan::KernelBuilder initial_builder(Lowering& lowering, plan::ColumnId column,
                                    std::optional<plan::LinkId> link) {
  const std::string name = lowering.plan.columns[column].name + " at first";
  const auto circuit = plan::circuit_of(lowering.plan, lowering.plan.columns[column]);
  BOUTON_CHECK(circuit.has_value(), "a column with an initial kernel has an owner");
  if (link) return {lowering.plan, name, *circuit, *link};
  return {lowering.plan, name, *circuit, lowering.plan.columns[column].axes};
}

// Of what every step computes anew there is nothing before the first one.
bool reads_scratch(const plan::Plan& plan, plan::KernelId kernel) {
  return std::ranges::any_of(plan.kernels[kernel].reads, [&](const plan::Read& read) {
    return plan.columns[plan::column_behind(plan, read.what)].role == plan::Role::Scratch;
  });
}

}  // namespace

plan::Type column_type(const model::Type& type) {
  if (type.kind == model::Kind::Boolean) return plan::kBool;
  return type.kind == model::Kind::Steps ? plan::kI64 : plan::kReal;
}

plan::HostExpr literal(const runtime::Tensor& tensor) {
  return literal_from(tensor, 0, 0, tensor.size());
}

Value constant(const runtime::Tensor& tensor, const model::Type& type) {
  if (type.kind == model::Kind::Boolean) return tensor.scalar() != 0.0;
  if (type.kind == model::Kind::Steps) return static_cast<std::int64_t>(tensor.scalar());
  return tensor.scalar();
}

plan::ColumnId add_column(Lowering& lowering, NewColumn column) {
  const plan::ColumnId id =
      plan::add_column(lowering.plan, std::move(column.name), column.type, std::move(column.axes),
                       column.role, std::move(column.initial));
  lowering.plan.columns[id].owner = column.owner;
  lowering.plan.columns[id].span = column.span;
  lowering.plan.columns[id].reason = std::move(column.reason);
  return id;
}

void set_initial(Lowering& lowering, plan::ColumnId column, const model::Expr& initial,
                 std::optional<plan::LinkId> link, const NamesIn& names_in) {
  plan::KernelBuilder kernel = initial_builder(lowering, column, link);
  Emitter emit(lowering, kernel);
  const Value value = lower_expression(initial, names_in(emit), emit);
  if (!std::holds_alternative<plan::ValueId>(value)) {
    lowering.plan.columns[column].initial = host_constant(value);
    return;
  }
  kernel.store(column, std::get<plan::ValueId>(value));
  const plan::KernelId id = kernel.finish();
  if (reads_scratch(lowering.plan, id)) lowering.refuse(Unlowered::InitialOfVariable, initial.span);
  lowering.plan.columns[column].initial = plan::InitialKernel{id};
}

}  // namespace bouton::lower
