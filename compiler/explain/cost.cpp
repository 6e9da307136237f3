#include "compiler/explain/cost.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "compiler/base/match.h"
#include "compiler/plan/query.h"

namespace bouton::explain {

namespace {

using plan::AttributeKind;
using plan::OpCode;

bool is_access(const plan::Op& op) {
  return plan::info_of(op.code).attribute == AttributeKind::Access;
}

bool is_constant_one(const plan::Op& op) {
  if (op.code != OpCode::Constant) return false;
  const auto* value = std::get_if<double>(&std::get<plan::ConstantAttribute>(op.attribute).value);
  return value != nullptr && !(*value < 1.0) && !(1.0 < *value);
}

// Value numbering: for every op the first one that computes the same.
class Numbering {
 public:
  explicit Numbering(const plan::Kernel& kernel) : kernel_(kernel) {
    for (std::uint32_t i = 0; i < kernel.body.size(); ++i) firsts_.push_back(first_of(i));
    for (std::uint32_t i = 0; i < kernel.body.size(); ++i)
      if (!plan::has_result(kernel.body[i].code)) use_operands(i);
    for (const plan::Reduction& reduction : kernel.reductions) {
      use(reduction.value);
      if (reduction.where) use(*reduction.where);
    }
  }

  // Whether the op is executed: an effect, or the first to compute a value that is used.
  [[nodiscard]] bool counts(std::uint32_t op) const {
    return !plan::has_result(kernel_.body[op].code) || used_.contains(op);
  }

 private:
  std::uint32_t first_of(std::uint32_t index) {
    const plan::Op& op = kernel_.body[index];
    if (!plan::has_result(op.code)) {
      if (is_access(op)) ++stores_[std::get<plan::AccessAttribute>(op.attribute).slot];
      return index;
    }
    if (const auto same = operand_that_stays(op)) return firsts_[same->value];
    return seen_.emplace(key_of(op), index).first->second;
  }

  // x of x*1 and x/1.
  [[nodiscard]] std::optional<plan::ValueId> operand_that_stays(const plan::Op& op) const {
    const bool product = op.code == OpCode::MultiplyReal;
    if (!product && op.code != OpCode::DivideReal) return std::nullopt;
    if (is_constant_one(kernel_.body[op.in[1].value])) return op.in[0];
    if (product && is_constant_one(kernel_.body[op.in[0].value])) return op.in[1];
    return std::nullopt;
  }

  [[nodiscard]] std::string key_of(const plan::Op& op) const {
    std::string key = fmt::format("{} {}.{}", static_cast<int>(op.code),
                                  static_cast<int>(op.type.scalar), op.type.fraction_bits);
    for (const plan::ValueId in : op.in) key += fmt::format(" %{}", firsts_[in.value]);
    return key + attribute_key(op);
  }

  [[nodiscard]] std::string attribute_key(const plan::Op& op) const {
    return match(
        op.attribute, [](const std::monostate&) { return std::string(); },
        [](const plan::ConstantAttribute& constant) {
          return match(
              constant.value, [](bool value) { return fmt::format(" {}", value); },
              [](std::int64_t value) { return fmt::format(" {}", value); },
              [](double value) { return fmt::format(" {:a}", value); });
        },
        [](const plan::AxisAttribute& axis) { return fmt::format(" {}", axis.axis.value); },
        [](const plan::InputAttribute& input) {
          return fmt::format(" {}", static_cast<int>(input.input));
        },
        [&](const plan::AccessAttribute& access) { return access_key(access); },
        [](const plan::FaultAttribute& fault) { return fmt::format(" {}", fault.fault.value); },
        [](const plan::FunctionAttribute& function) { return " " + function.name; },
        [](const plan::StreamAttribute& stream) {
          return fmt::format(" {}", stream.stream.value);
        });
  }

  // A load after a store is another load.
  [[nodiscard]] std::string access_key(const plan::AccessAttribute& access) const {
    const plan::Read& read = kernel_.reads[access.slot];
    std::string key = fmt::format(" slot {}", access.slot);
    for (const plan::Subscript& at : access.at)
      key += match(
          at, [](plan::AxisId axis) { return fmt::format(" a{}", axis.value); },
          [&](plan::ValueId value) { return fmt::format(" %{}", firsts_[value.value]); });
    const auto* column = std::get_if<plan::ColumnId>(&read.what);
    for (const auto& [slot, times] : stores_)
      if (column != nullptr && kernel_.writes[slot] == *column)
        key += fmt::format(" after {}", times);
    return key;
  }

  void use(plan::ValueId value) {
    const std::uint32_t first = firsts_[value.value];
    if (used_[first]++ == 0) use_operands(first);
  }
  void use_operands(std::uint32_t op) {
    for (const plan::ValueId in : kernel_.body[op].in) use(in);
    if (!is_access(kernel_.body[op])) return;
    for (const plan::Subscript& at : std::get<plan::AccessAttribute>(kernel_.body[op].attribute).at)
      if (const auto* value = std::get_if<plan::ValueId>(&at)) use(*value);
  }

  const plan::Kernel& kernel_;
  std::vector<std::uint32_t> firsts_;
  std::map<std::string, std::uint32_t> seen_;
  std::map<std::uint32_t, int> stores_;  // by slot, so far
  std::map<std::uint32_t, int> used_;
};

bool is_number(plan::Type type) {
  return type.scalar == plan::Scalar::Real || type.scalar == plan::Scalar::Double ||
         type.scalar == plan::Scalar::Fixed;
}

Cost access_cost(const plan::Plan& plan, const plan::Kernel& kernel, const plan::Op& op) {
  const std::uint32_t slot = std::get<plan::AccessAttribute>(op.attribute).slot;
  Cost cost;
  if (op.code == OpCode::Load) {
    cost.read = bytes_of(plan, op.type);
    return cost;
  }
  cost.written = bytes_of(plan, plan.columns[kernel.writes[slot]].type);
  if (op.code != OpCode::AddTo && op.code != OpCode::SubtractFrom) return cost;
  cost.read = cost.written;
  (is_number(plan.columns[kernel.writes[slot]].type) ? cost.arithmetic : cost.other) = 1;
  return cost;
}

Cost cost_of(const plan::Plan& plan, const plan::Kernel& kernel, const plan::Op& op) {
  if (is_access(op)) return access_cost(plan, kernel, op);
  Cost cost;
  switch (op.code) {
    case OpCode::Constant:
    case OpCode::AxisIndex:
    case OpCode::PostIndex:
    case OpCode::PreIndex:
    case OpCode::Input:
    case OpCode::Step:
      return cost;
    case OpCode::Math:
    case OpCode::HazardThreshold:  // a logarithm
    case OpCode::NormalReal:       // the normal quantile
      cost.math = 1;
      return cost;
    case OpCode::Word:
      cost.random = 1;
      return cost;
    case OpCode::WordPair:
      cost.random = 2;
      return cost;
    default:
      (is_number(op.type) && op.code != OpCode::Select ? cost.arithmetic : cost.other) = 1;
      return cost;
  }
}

}  // namespace

Cost& Cost::operator+=(const Cost& cost) {
  arithmetic += cost.arithmetic;
  math += cost.math;
  other += cost.other;
  random += cost.random;
  read += cost.read;
  written += cost.written;
  return *this;
}

Cost operator*(std::int64_t times, Cost cost) {
  return {times * cost.arithmetic, times * cost.math, times * cost.other,
          times * cost.random,     times * cost.read, times * cost.written};
}

std::int64_t bytes_of(const plan::Plan& plan, plan::Type type) {
  switch (type.scalar) {
    case plan::Scalar::Bool:
      return 1;
    case plan::Scalar::I32:
    case plan::Scalar::U32:
      return 4;
    case plan::Scalar::I64:
    case plan::Scalar::U64:
    case plan::Scalar::Fixed:
    case plan::Scalar::Double:
      return 8;
    case plan::Scalar::Real:
      return plan.precision == plan::Precision::Single ? 4 : 8;
  }
  BOUTON_UNREACHABLE("scalar type");
}

Cost cost_of(const plan::Plan& plan, const plan::Kernel& kernel) {
  const Numbering numbering(kernel);
  Cost cost;
  for (std::uint32_t i = 0; i < kernel.body.size(); ++i)
    if (numbering.counts(i)) cost += cost_of(plan, kernel, kernel.body[i]);
  for (const plan::Reduction& reduction : kernel.reductions)
    (is_number(kernel.body[reduction.value.value].type) ? cost.arithmetic : cost.other) += 1;
  return cost;
}

}  // namespace bouton::explain
