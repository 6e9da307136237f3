// Questions about a plan that builder, verifier, printer and code generation all ask.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"

namespace bouton::plan {

[[nodiscard]] const std::vector<AxisId>& axes_of(const Plan& plan, Operand operand);
// Of what an observer counts or samples.
[[nodiscard]] const std::vector<AxisId>& axes_of(const Plan& plan, const Observer& observer);
// The stored column behind an operand. Views must be acyclic.
[[nodiscard]] ColumnId column_behind(const Plan& plan, Operand operand);
[[nodiscard]] Type type_of(const Plan& plan, Operand operand);

// The part of a column's name behind what it belongs to: `u` of `z.u`.
[[nodiscard]] std::string variable_name(const Column& column);

// Constants of equal value, or the same expression.
[[nodiscard]] bool same_extent(const Plan& plan, ExtentId a, ExtentId b);
// Whether the variable of `of_space` is an index for `of_operand`: the same axis, one within it, or
// one of the same range of the same neurons (post and pre axes of two projections).
[[nodiscard]] bool can_index(const Plan& plan, AxisId of_space, AxisId of_operand);

// The circuit that an item, or whatever a column belongs to, advances with; nothing for a column
// without an owner.
[[nodiscard]] CircuitId circuit_of(const Plan& plan, const Item& item);
[[nodiscard]] std::optional<CircuitId> circuit_of(const Plan& plan, const Column& column);
[[nodiscard]] CircuitId circuit_of(const Plan& plan, RuleId rule);
// The rule whose learning an item is: executed where it learns only.
[[nodiscard]] std::optional<RuleId> learning_rule_of(const Plan& plan, const Item& item);

[[nodiscard]] KernelId kernel_of(const Item& item);  // of an item that is one

// The step before which there are no spikes for a handler of pairs; nothing if all are known.
[[nodiscard]] std::optional<ColumnId> first_seen_by(const Plan& plan, const Handler& handler);

// All that a phase runs, part by part.
[[nodiscard]] std::vector<ScheduleId> schedules_of(const Phase& phase);

// The axes of a projection's synapses, in order.
[[nodiscard]] std::vector<AxisId> synapse_space(const Link& link);

// The type of an op's result, from ops.def and its operands' types; `declared` where ops.def says
// attr. Nothing if it has no result or the operands do not fit.
[[nodiscard]] std::optional<Type> result_type(OpCode code, std::span<const Type> operands,
                                              Type declared);
// Why the operands do not fit ("operand 2 is bool, needs real"), or empty.
[[nodiscard]] std::string operand_mismatch(OpCode code, std::span<const Type> operands);
// False for stores and `require`: they define no value.
[[nodiscard]] bool has_result(OpCode code);
// Whether ops.def leaves the result's type to the op.
[[nodiscard]] bool declares_result(OpCode code);

[[nodiscard]] std::string print(Type type);  // "real", "i64", "fixed44"

}  // namespace bouton::plan
