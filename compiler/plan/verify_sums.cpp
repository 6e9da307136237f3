// Rule: what events both add and take away is held in fixed point. A real sum would not return to
// where it was, and would depend on the order of events. Weights and the states of rules are no
// such sums: their order is defined by the language.
#include <fmt/format.h>

#include "compiler/plan/effects.h"
#include "compiler/plan/print_parts.h"
#include "compiler/plan/verify_rules.h"

namespace bouton::plan {
namespace {

struct Signs {
  bool adds = false;
  bool subtracts = false;
};

bool is_event_sum(const Column& column) {
  return column.type == kReal && column.role != Role::Weight &&
         !std::holds_alternative<RuleId>(column.owner);
}

bool loads(const Kernel& kernel, ValueId value, ColumnId column) {
  const Op& op = kernel.body[value.value];
  if (op.code != OpCode::Load) return false;
  return kernel.reads[std::get<AccessAttribute>(op.attribute).slot].what == Operand{column};
}

void count_sign(Signs& signs, bool negative) { (negative ? signs.subtracts : signs.adds) = true; }

// A store of column + x or column - x.
void count_store(const Kernel& kernel, ValueId value, ColumnId column, Signs& signs) {
  const Op& op = kernel.body[value.value];
  if (op.code != OpCode::AddReal && op.code != OpCode::SubtractReal) return;
  if (!loads(kernel, op.in[0], column) && !loads(kernel, op.in[1], column)) return;
  const ValueId change = loads(kernel, op.in[0], column) ? op.in[1] : op.in[0];
  const bool negated = kernel.body[change.value].code == OpCode::NegateReal;
  count_sign(signs, negated != (op.code == OpCode::SubtractReal));
}

void count_op(const Kernel& kernel, const Op& op, ColumnId column, Signs& signs) {
  if (info_of(op.code).attribute != AttributeKind::Access || op.code == OpCode::Load) return;
  if (kernel.writes[std::get<AccessAttribute>(op.attribute).slot] != column) return;
  if (op.code == OpCode::AddTo || op.code == OpCode::SubtractFrom)
    count_sign(signs, op.code == OpCode::SubtractFrom);
  else
    count_store(kernel, op.in.back(), column, signs);
}

void count_kernel(const Kernel& kernel, ColumnId column, Signs& signs) {
  for (const Op& op : kernel.body) count_op(kernel, op, column, signs);
  for (const Reduction& reduction : kernel.reductions)
    if (reduction.accumulate && kernel.writes[reduction.into] == column)
      count_sign(signs, kernel.body[reduction.value.value].code == OpCode::NegateReal);
}

Signs signs_of(const Plan& plan, const Schedule& schedule, ColumnId column) {
  Signs signs;
  for (const Stage& stage : schedule.stages)
    for (const Item& item : stage.items) {
      const Effects effects = effects_of(plan, item);
      if (effects.guards.empty() || !effects.kernel) continue;
      count_kernel(plan.kernels[*effects.kernel], column, signs);
    }
  return signs;
}

}  // namespace

void verify_event_sums(const Plan& plan, Messages& messages) {
  for (const ScheduleId id : plan.schedules.ids())
    for (const ColumnId column : plan.columns.ids()) {
      if (!is_event_sum(plan.columns[column])) continue;
      const Signs signs = signs_of(plan, plan.schedules[id], column);
      if (signs.adds && signs.subtracts)
        messages.push_back(fmt::format("{}: events add to and subtract from {}, a real", print(id),
                                       print(column)));
    }
}

}  // namespace bouton::plan
