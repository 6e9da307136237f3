#include "compiler/plan/builder.h"

#include <algorithm>

#include "compiler/base/check.h"

namespace bouton::plan {
namespace {

constexpr Type kNoType{};

std::vector<Type> types_of(const Kernel& kernel, const std::vector<ValueId>& values) {
  std::vector<Type> types;
  for (const ValueId value : values) {
    BOUTON_CHECK(value.value < kernel.body.size(), "operand of an op is not a value of its kernel");
    types.push_back(kernel.body[value.value].type);
  }
  return types;
}

AxisId only_index(const Plan& plan, const std::vector<AxisId>& space, AxisId axis) {
  if (std::ranges::find(space, axis) != space.end()) return axis;
  const auto fits = [&](AxisId candidate) { return can_index(plan, candidate, axis); };
  BOUTON_CHECK(std::ranges::count_if(space, fits) == 1,
               "an operand's axis fits no axis of the space, or several: give subscripts");
  return *std::ranges::find_if(space, fits);
}

}  // namespace

KernelBuilder::KernelBuilder(Plan& plan, std::string name, CircuitId circuit,
                             std::vector<AxisId> space)
    : plan_(plan) {
  kernel_.name = std::move(name);
  kernel_.circuit = circuit;
  kernel_.space = std::move(space);
}

KernelBuilder::KernelBuilder(Plan& plan, std::string name, CircuitId circuit, LinkId link)
    : KernelBuilder(plan, std::move(name), circuit, synapse_space(plan.links[link])) {
  kernel_.link = link;
}

ValueId KernelBuilder::append(OpCode code, std::vector<ValueId> in, Attribute attribute,
                              Type declared) {
  const std::vector<Type> types = types_of(kernel_, in);
  const Type type = result_type(code, types, declared).value_or(kNoType);
  kernel_.body.push_back({code, std::move(in), std::move(attribute), type});
  return ValueId{static_cast<std::uint32_t>(kernel_.body.size() - 1)};
}

ValueId KernelBuilder::real(double value) {
  return append(OpCode::Constant, {}, ConstantAttribute{value}, kReal);
}

ValueId KernelBuilder::whole(std::int64_t value, Type type) {
  return append(OpCode::Constant, {}, ConstantAttribute{value}, type);
}

ValueId KernelBuilder::fixed(std::int64_t multiple, Type type) { return whole(multiple, type); }

ValueId KernelBuilder::truth(bool value) {
  return append(OpCode::Constant, {}, ConstantAttribute{value}, kBool);
}

ValueId KernelBuilder::index(AxisId axis) {
  return append(OpCode::AxisIndex, {}, AxisAttribute{axis}, {});
}

ValueId KernelBuilder::post() { return append(OpCode::PostIndex, {}, {}, {}); }

ValueId KernelBuilder::pre() { return append(OpCode::PreIndex, {}, {}, {}); }

ValueId KernelBuilder::step() { return append(OpCode::Step, {}, {}, {}); }

ValueId KernelBuilder::input(Input input) {
  return append(OpCode::Input, {}, InputAttribute{input}, kI64);
}

ValueId KernelBuilder::load(Operand operand, Version version) {
  return load_at(operand, default_subscripts(operand), version);
}

ValueId KernelBuilder::load_at(Operand operand, std::vector<Subscript> at, Version version) {
  const std::uint32_t slot = read_slot({operand, version});
  return append(OpCode::Load, {}, AccessAttribute{slot, std::move(at)}, type_of(plan_, operand));
}

ValueId KernelBuilder::select(ValueId condition, ValueId when_true, ValueId when_false) {
  return op(OpCode::Select, condition, when_true, when_false);
}

ValueId KernelBuilder::word(StreamId stream, ValueId element, ValueId counter) {
  return append(OpCode::Word, {element, counter}, StreamAttribute{stream}, {});
}

ValueId KernelBuilder::words(StreamId stream, ValueId element, ValueId counter) {
  return append(OpCode::WordPair, {element, counter}, StreamAttribute{stream}, {});
}

void KernelBuilder::store(ColumnId column, ValueId value) {
  store_at(column, default_subscripts(column), value);
}

void KernelBuilder::store_at(ColumnId column, std::vector<Subscript> at, ValueId value) {
  append(OpCode::Store, {value}, AccessAttribute{write_slot(column), std::move(at)}, {});
}

void KernelBuilder::store_where(ColumnId column, ValueId mask, ValueId value) {
  AccessAttribute access{write_slot(column), default_subscripts(column)};
  append(OpCode::StoreWhere, {mask, value}, std::move(access), {});
}

void KernelBuilder::add_to(ColumnId column, std::vector<Subscript> at, ValueId value) {
  append(OpCode::AddTo, {value}, AccessAttribute{write_slot(column), std::move(at)}, {});
}

void KernelBuilder::subtract_from(ColumnId column, std::vector<Subscript> at, ValueId value) {
  append(OpCode::SubtractFrom, {value}, AccessAttribute{write_slot(column), std::move(at)}, {});
}

void KernelBuilder::require(FaultId fault, ValueId condition, ValueId number) {
  append(OpCode::Require, {condition, number}, FaultAttribute{fault}, {});
}

void KernelBuilder::reduce(ColumnId into, ValueId value, std::vector<AxisId> over, Order order) {
  add_reduction({value, {}, std::move(over), order, 0, false}, into);
}

void KernelBuilder::reduce_where(ColumnId into, ValueId where, ValueId value,
                                 std::vector<AxisId> over, Order order) {
  add_reduction({value, where, std::move(over), order, 0, false}, into);
}

void KernelBuilder::reduce_onto(ColumnId into, ValueId value, std::vector<AxisId> over,
                                Order order) {
  add_reduction({value, {}, std::move(over), order, 0, true}, into);
}

void KernelBuilder::add_reduction(Reduction reduction, ColumnId into) {
  reduction.into = write_slot(into);
  kernel_.reductions.push_back(std::move(reduction));
}

void KernelBuilder::cold() { kernel_.heat = Heat::Cold; }

void KernelBuilder::origin(Origin origin) { kernel_.origins.push_back(std::move(origin)); }
void KernelBuilder::widen() { kernel_.wide = true; }

std::string KernelBuilder::owner() const {
  if (kernel_.link) return plan_.links[*kernel_.link].name;
  if (kernel_.space.empty()) return "";
  const Axis& axis = plan_.axes[kernel_.space.back()];
  return axis.within ? plan_.axes[*axis.within].name : axis.name;
}

ValueId KernelBuilder::repeat(const Kernel& of, const Op& op,
                              const std::function<ValueId(ValueId)>& here) {
  std::vector<ValueId> in;
  for (const ValueId operand : op.in) in.push_back(here(operand));
  Attribute attribute = op.attribute;
  if (auto* access = std::get_if<AccessAttribute>(&attribute)) {
    for (Subscript& at : access->at)
      if (auto* computed = std::get_if<ValueId>(&at)) *computed = here(*computed);
    access->slot = op.code == OpCode::Load ? read_slot(of.reads[access->slot])
                                           : write_slot(of.writes[access->slot]);
  }
  return append(op.code, std::move(in), std::move(attribute), op.type);
}

KernelBuilder kernel_like(Plan& plan, KernelId other, std::string name) {
  const Kernel& kernel = plan.kernels[other];
  KernelBuilder builder = kernel.link
                              ? KernelBuilder(plan, std::move(name), kernel.circuit, *kernel.link)
                              : KernelBuilder(plan, std::move(name), kernel.circuit, kernel.space);
  if (kernel.wide) builder.widen();
  if (kernel.heat == Heat::Cold) builder.cold();
  return builder;
}

KernelId KernelBuilder::finish() { return plan_.kernels.add(std::move(kernel_)); }

std::vector<Subscript> KernelBuilder::default_subscripts(Operand operand) const {
  std::vector<Subscript> at;
  for (const AxisId axis : axes_of(plan_, operand))
    at.emplace_back(only_index(plan_, kernel_.space, axis));
  return at;
}

std::uint32_t KernelBuilder::read_slot(Read read) {
  const auto same = [&](const Read& other) {
    return other.what == read.what && other.version == read.version;
  };
  const auto found = std::ranges::find_if(kernel_.reads, same);
  const auto slot = static_cast<std::uint32_t>(found - kernel_.reads.begin());
  if (found == kernel_.reads.end()) kernel_.reads.push_back(read);
  return slot;
}

std::uint32_t KernelBuilder::write_slot(ColumnId column) {
  const auto found = std::ranges::find(kernel_.writes, column);
  const auto slot = static_cast<std::uint32_t>(found - kernel_.writes.begin());
  if (found == kernel_.writes.end()) kernel_.writes.push_back(column);
  return slot;
}

}  // namespace bouton::plan
