#include "compiler/passes/value_copier.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/check.h"

namespace bouton::passes {

namespace {

using plan::Op;
using plan::OpCode;
using plan::ValueId;

bool is_plain_load(const plan::Kernel& kernel, const Op& op) {
  const auto& access = std::get<plan::AccessAttribute>(op.attribute);
  const auto is_axis = [](const plan::Subscript& at) {
    return std::holds_alternative<plan::AxisId>(at);
  };
  return kernel.reads[access.slot].version == plan::Version::Current &&
         std::ranges::all_of(access.at, is_axis);
}

// One instruction, or as good as none.
bool is_cheap(const plan::Kernel& kernel, const Op& op) {
  switch (op.code) {
    case OpCode::Load:
      return is_plain_load(kernel, op);
    case OpCode::Constant:
    case OpCode::AxisIndex:
    case OpCode::PostIndex:
    case OpCode::PreIndex:
    case OpCode::AddInt:
    case OpCode::SubtractInt:
    case OpCode::MinInt:
    case OpCode::MaxInt:
    case OpCode::LessInt:
    case OpCode::LessEqualInt:
    case OpCode::EqualInt:
    case OpCode::NotEqualInt:
    case OpCode::And:
    case OpCode::Or:
    case OpCode::Not:
      return true;
    default:
      return false;
  }
}

bool can_be_made_again(const plan::Kernel& kernel, ValueId value) {
  const Op& op = kernel.body[value.value];
  return is_cheap(kernel, op) && std::ranges::all_of(op.in, [&](ValueId operand) {
           return can_be_made_again(kernel, operand);
         });
}

}  // namespace

ValueId ValueCopier::copy(ValueId value) {
  if (const auto known = copied_.find(value); known != copied_.end()) return known->second;
  const ValueId copied =
      can_be_made_again(plan_.kernels[from_], value) ? made_again(value) : into_.load(kept(value));
  return copied_[value] = copied;
}

ValueId ValueCopier::made_again(ValueId value) {
  const plan::Kernel& from = plan_.kernels[from_];  // does not change: all operands are cheap
  return into_.repeat(from, from.body[value.value],
                      [this](ValueId operand) { return copy(operand); });
}

plan::ColumnId ValueCopier::kept(ValueId value) {
  const auto [found, is_new] = kept_.try_emplace({from_, value});
  if (!is_new) return found->second;
  plan::Kernel& kernel = plan_.kernels[from_];
  const plan::ColumnId column =
      plan::add_column(plan_, fmt::format("{}.kept{}", kernel.name, value.value),
                       kernel.body[value.value].type, kernel.space, plan::Role::Scratch);
  plan_.columns[column].wide = kernel.wide && plan_.columns[column].type == plan::kReal;
  plan_.columns[column].owner = kernel.circuit;
  plan_.columns[column].reason = "how far the next event is away follows from it";
  plan::AccessAttribute access{static_cast<std::uint32_t>(kernel.writes.size()), {}};
  for (const plan::AxisId axis : kernel.space) access.at.emplace_back(axis);
  kernel.writes.push_back(column);
  kernel.body.push_back({OpCode::Store, {value}, std::move(access), {}});
  return found->second = column;
}

}  // namespace bouton::passes
