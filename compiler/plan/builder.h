// How lowering and tests write plans: kernels as a list of small sentences.
//
//   KernelBuilder k(plan, "potential", circuit, {neuron});
//   auto u = k.op(OpCode::AddReal, k.load(bias), k.load(input));
//   k.store(potential, u);
//   KernelId potential_kernel = k.finish();
//
// Operand types are not checked here but by verify. Broken use of the builder itself is an internal
// error.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/plan/query.h"

namespace bouton::plan {

class KernelBuilder {
 public:
  KernelBuilder(Plan& plan, std::string name, CircuitId circuit, std::vector<AxisId> space);
  // Over the synapses of a projection.
  KernelBuilder(Plan& plan, std::string name, CircuitId circuit, LinkId link);

  ValueId real(double value);
  ValueId whole(std::int64_t value, Type type = kI64);
  ValueId fixed(std::int64_t multiple, Type type);  // multiple * 2^-fraction_bits
  ValueId truth(bool value);
  ValueId index(AxisId axis);
  ValueId post();
  ValueId pre();
  ValueId step();
  ValueId input(Input input);

  // At the only axes of the space that fit; `load_at` where there is a choice or a gather.
  ValueId load(Operand operand, Version version = Version::Current);
  ValueId load_at(Operand operand, std::vector<Subscript> at, Version version = Version::Current);

  template <std::same_as<ValueId>... Values>
  ValueId op(OpCode code, Values... in) {
    return append(code, {in...}, {}, {});
  }
  // For ops whose result type ops.def leaves open.
  template <std::same_as<ValueId>... Values>
  ValueId op_as(Type type, OpCode code, Values... in) {
    return append(code, {in...}, {}, type);
  }
  template <std::same_as<ValueId>... Values>
  ValueId math(std::string function, Values... in) {
    return append(OpCode::Math, {in...}, FunctionAttribute{std::move(function)}, {});
  }
  ValueId select(ValueId condition, ValueId when_true, ValueId when_false);
  ValueId word(StreamId stream, ValueId element, ValueId counter);
  ValueId words(StreamId stream, ValueId element, ValueId counter);

  void store(ColumnId column, ValueId value);
  void store_at(ColumnId column, std::vector<Subscript> at, ValueId value);
  void store_where(ColumnId column, ValueId mask, ValueId value);
  void add_to(ColumnId column, std::vector<Subscript> at, ValueId value);
  void subtract_from(ColumnId column, std::vector<Subscript> at, ValueId value);
  void require(FaultId fault, ValueId condition, ValueId number);
  void reduce(ColumnId into, ValueId value, std::vector<AxisId> over, Order order);
  void reduce_where(ColumnId into, ValueId where, ValueId value, std::vector<AxisId> over,
                    Order order);
  void reduce_onto(ColumnId into, ValueId value, std::vector<AxisId> over, Order order);  // adds

  // The projection or population whose elements are computed; empty if there is no space.
  [[nodiscard]] std::string owner() const;

  void cold();
  // Says which part of the program the ops are, in the order of execution.
  void origin(Origin origin);
  void widen();  // Kernel::wide
  [[nodiscard]] bool is_wide() const { return kernel_.wide; }
  // The same op as in another kernel, of the values that `here` gives for those of that kernel.
  ValueId repeat(const Kernel& of, const Op& op, const std::function<ValueId(ValueId)>& here);
  // Puts the kernel into the plan; the builder is used up.
  KernelId finish();

 private:
  ValueId append(OpCode code, std::vector<ValueId> in, Attribute attribute, Type declared);
  std::vector<Subscript> default_subscripts(Operand operand) const;
  std::uint32_t read_slot(Read read);
  std::uint32_t write_slot(ColumnId column);
  void add_reduction(Reduction reduction, ColumnId into);

  Plan& plan_;
  Kernel kernel_;
};

// An empty kernel over the space of another, as wide and as hot.
[[nodiscard]] KernelBuilder kernel_like(Plan& plan, KernelId other, std::string name);

// Tables.
ExtentId add_extent(Plan& plan, std::int64_t value);
AxisId add_neuron_axis(Plan& plan, std::string name, std::int64_t size);
AxisId add_ring_axis(Plan& plan, std::string name, std::int64_t depth);
// Post and pre axes of a dense projection between whole populations.
DenseStorage add_dense_axes(Plan& plan, const std::string& name, AxisId post, AxisId pre,
                            bool no_self = false);
ColumnId add_column(Plan& plan, std::string name, Type type, std::vector<AxisId> axes, Role role,
                    Initial initial = {});
// A circuit with its clock.
CircuitId add_circuit(Plan& plan, std::string name);
Item item(KernelId kernel);
Item item_when(KernelId kernel, std::vector<EventId> events);
// To be called last: lists the columns of a checkpoint.
void complete_checkpoint(Plan& plan);

}  // namespace bouton::plan
