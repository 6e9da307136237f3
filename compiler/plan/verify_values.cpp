// Decisive rules about kernels' bodies: attributes, definition before use, types; and that
// following a view ends at a column.
#include <fmt/format.h>

#include "compiler/base/match.h"
#include "compiler/plan/print_parts.h"
#include "compiler/plan/query.h"
#include "compiler/plan/verify_rules.h"

namespace bouton::plan {
namespace {

std::string place(KernelId kernel, std::size_t op) {
  return fmt::format("{} %{}", print(kernel), op);
}

// Calls `visit(kernel id, index of the op)` for all ops.
template <typename Visit>
void for_each_op(const Plan& plan, const Visit& visit) {
  for (const KernelId id : plan.kernels.ids())
    for (std::size_t i = 0; i < plan.kernels[id].body.size(); ++i) visit(id, i);
}

bool defines(const Kernel& kernel, ValueId value, std::size_t before) {
  return value.value < before && value.value < kernel.body.size() &&
         has_result(kernel.body[value.value].code);
}

std::vector<ValueId> operands_of(const Op& op) {
  std::vector<ValueId> values = op.in;
  const auto* access = std::get_if<AccessAttribute>(&op.attribute);
  if (access == nullptr) return values;
  for (const Subscript& subscript : access->at)
    if (const auto* value = std::get_if<ValueId>(&subscript)) values.push_back(*value);
  return values;
}

std::string constant_mismatch(const ConstantAttribute& constant, Type type) {
  const std::size_t needed = type == kBool ? 0 : (type == kReal || type == kDouble ? 2 : 1);
  return constant.value.index() == needed ? "" : "is not a constant of type " + print(type);
}

std::string load_mismatch(const Plan& plan, const Kernel& kernel, const Op& op) {
  const Read& read = kernel.reads[std::get<AccessAttribute>(op.attribute).slot];
  const Type stored = type_of(plan, read.what);
  if (stored == op.type) return {};
  return fmt::format("loads {} as {}, it holds {}", print(read.what), print(op.type),
                     print(stored));
}

std::string store_mismatch(const Plan& plan, const Kernel& kernel, const Op& op) {
  const ColumnId column = kernel.writes[std::get<AccessAttribute>(op.attribute).slot];
  const Type value = kernel.body[op.in.back().value].type;
  if (value == plan.columns[column].type) return {};
  return fmt::format("stores {} to {}, which holds {}", print(value), print(column),
                     print(plan.columns[column].type));
}

std::string declared_mismatch(const Op& op) {
  const bool fixed = op.type.scalar == Scalar::Fixed;
  const bool integer = op.type == kI32 || op.type == kI64 || op.type == kU32 || op.type == kU64;
  const bool needs_fixed = op.code == OpCode::RoundToFixed || op.code == OpCode::HazardThreshold;
  const bool needs_int = op.code == OpCode::BoolToInt || op.code == OpCode::ConvertInt;
  if (needs_fixed && !fixed) return "gives fixed point, declared as " + print(op.type);
  if (needs_int && !integer) return "gives a whole number, declared as " + print(op.type);
  return {};
}

std::string result_mismatch(const Op& op, const std::vector<Type>& operands) {
  const std::optional<Type> type = result_type(op.code, operands, op.type);
  if (!type || *type == op.type) return {};
  return fmt::format("gives {}, declared as {}", print(*type), print(op.type));
}

// The first thing wrong with an op, or empty.
std::string op_mismatch(const Plan& plan, const Kernel& kernel, const Op& op) {
  std::vector<Type> operands;
  for (const ValueId value : op.in) operands.push_back(kernel.body[value.value].type);
  if (std::string mismatch = operand_mismatch(op.code, operands); !mismatch.empty())
    return mismatch;
  if (std::string mismatch = result_mismatch(op, operands); !mismatch.empty()) return mismatch;
  if (op.code == OpCode::Load) return load_mismatch(plan, kernel, op);
  if (std::holds_alternative<AccessAttribute>(op.attribute))
    return store_mismatch(plan, kernel, op);
  if (const auto* constant = std::get_if<ConstantAttribute>(&op.attribute))
    return constant_mismatch(*constant, op.type);
  return declared_mismatch(op);
}

void verify_subscript_types(const Kernel& kernel, const Op& op, const std::string& where,
                            Messages& messages) {
  const auto* access = std::get_if<AccessAttribute>(&op.attribute);
  if (access == nullptr) return;
  for (const Subscript& subscript : access->at) {
    const auto* value = std::get_if<ValueId>(&subscript);
    if (value == nullptr) continue;
    const Type type = kernel.body[value->value].type;
    if (type != kI64 && type != kI32)
      messages.push_back(fmt::format("{}: subscript {} is {}", where, print(*value), print(type)));
  }
}

void verify_reduction_types(const Plan& plan, KernelId id, Messages& messages) {
  const Kernel& kernel = plan.kernels[id];
  for (const Reduction& reduction : kernel.reductions) {
    const Type value = kernel.body[reduction.value.value].type;
    const ColumnId into = kernel.writes[reduction.into];
    if (value != plan.columns[into].type)
      messages.push_back(fmt::format("{} reduces {} into {}, which holds {}", print(id),
                                     print(value), print(into), print(plan.columns[into].type)));
    if (reduction.where && kernel.body[reduction.where->value].type != kBool)
      messages.push_back(
          fmt::format("{} reduces where {}, which is no bool", print(id), print(*reduction.where)));
  }
}

bool is_cyclic(const Plan& plan, ViewId start) {
  std::size_t steps = 0;
  Operand operand = start;
  while (const auto* view = std::get_if<ViewId>(&operand)) {
    if (++steps > plan.views.size()) return true;
    operand = plan.views[*view].of;
  }
  return false;
}

// AttributeKind lists the alternatives of Attribute in their order.
static_assert(std::variant_size_v<Attribute> ==
              static_cast<std::size_t>(AttributeKind::Stream) + 1);
static_assert(
    std::is_same_v<
        std::variant_alternative_t<static_cast<std::size_t>(AttributeKind::Access), Attribute>,
        AccessAttribute>);

bool has_attribute(const Op& op) {
  return op.attribute.index() == static_cast<std::size_t>(info_of(op.code).attribute);
}

}  // namespace

void verify_views_acyclic(const Plan& plan, Messages& messages) {
  for (const ViewId id : plan.views.ids())
    if (is_cyclic(plan, id)) messages.push_back(print(id) + " is a view of itself");
}

void verify_attributes(const Plan& plan, Messages& messages) {
  for_each_op(plan, [&](KernelId id, std::size_t index) {
    const Op& op = plan.kernels[id].body[index];
    if (!has_attribute(op))
      messages.push_back(fmt::format("{}: `{}` carries another op's attribute", place(id, index),
                                     info_of(op.code).text));
  });
}

void verify_definitions(const Plan& plan, Messages& messages) {
  for_each_op(plan, [&](KernelId id, std::size_t index) {
    const Kernel& kernel = plan.kernels[id];
    for (const ValueId value : operands_of(kernel.body[index]))
      if (!defines(kernel, value, index))
        messages.push_back(fmt::format("{} uses {}, which is not defined before it",
                                       place(id, index), print(value)));
  });
  for (const KernelId id : plan.kernels.ids())
    for (const Reduction& reduction : plan.kernels[id].reductions)
      for (const ValueId value : {reduction.value, reduction.where.value_or(reduction.value)})
        if (!defines(plan.kernels[id], value, plan.kernels[id].body.size()))
          messages.push_back(
              fmt::format("{} reduces {}, which is not defined", print(id), print(value)));
}

void verify_types(const Plan& plan, Messages& messages) {
  for_each_op(plan, [&](KernelId id, std::size_t index) {
    const Kernel& kernel = plan.kernels[id];
    const Op& op = kernel.body[index];
    const std::string mismatch = op_mismatch(plan, kernel, op);
    if (!mismatch.empty())
      messages.push_back(
          fmt::format("{} `{}`: {}", place(id, index), info_of(op.code).text, mismatch));
    verify_subscript_types(kernel, op, place(id, index), messages);
  });
  for (const KernelId id : plan.kernels.ids()) verify_reduction_types(plan, id, messages);
}

void verify_wide(const Plan& plan, Messages& messages) {
  for (const KernelId id : plan.kernels.ids()) {
    const Kernel& kernel = plan.kernels[id];
    for (const ColumnId column : kernel.writes)
      if (plan.columns[column].type == kReal && plan.columns[column].wide != kernel.wide)
        messages.push_back(
            fmt::format("{} writes {}, but only one of them is wide", print(id), print(column)));
    for (const Read& read : kernel.reads) {
      const ColumnId column = column_behind(plan, read.what);
      if (plan.columns[column].wide && !kernel.wide)
        messages.push_back(
            fmt::format("{} is not wide, but reads {}, which is", print(id), print(column)));
    }
  }
}

}  // namespace bouton::plan
