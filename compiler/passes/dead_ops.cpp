#include "compiler/passes/dead_ops.h"

#include <map>
#include <utility>
#include <vector>

#include "compiler/plan/query.h"

namespace bouton::passes {

namespace {

using plan::Op;
using plan::OpCode;
using plan::ValueId;

class Cleaner {
 public:
  explicit Cleaner(plan::Kernel& kernel) : kernel_(kernel), live_(kernel.body.size(), false) {}

  void clean() {
    for (const plan::Reduction& reduction : kernel_.reductions) {
      mark(reduction.value);
      if (reduction.where) mark(*reduction.where);
    }
    for (std::size_t i = kernel_.body.size(); i-- > 0;)
      if (live_[i] || !plan::has_result(kernel_.body[i].code)) mark_op(i);
    keep_live_ops();
    for (plan::Reduction& reduction : kernel_.reductions) {
      reduction.value = moved(reduction.value);
      if (reduction.where) reduction.where = moved(*reduction.where);
    }
  }

 private:
  void mark(ValueId value) { live_[value.value] = true; }

  void mark_op(std::size_t i) {
    live_[i] = true;
    for (const ValueId operand : kernel_.body[i].in) mark(operand);
    if (const auto* access = std::get_if<plan::AccessAttribute>(&kernel_.body[i].attribute))
      for (const plan::Subscript& at : access->at)
        if (const auto* computed = std::get_if<ValueId>(&at)) mark(*computed);
  }

  ValueId moved(ValueId value) const { return moved_[value.value]; }

  void keep_live_ops() {
    std::vector<Op> body;
    moved_.resize(kernel_.body.size());
    reads_ = std::exchange(kernel_.reads, {});
    for (std::size_t i = 0; i < kernel_.body.size(); ++i) {
      if (!live_[i]) continue;
      moved_[i] = ValueId{static_cast<std::uint32_t>(body.size())};
      body.push_back(renumbered(std::move(kernel_.body[i])));
    }
    kernel_.body = std::move(body);
  }

  Op renumbered(Op op) {
    for (ValueId& operand : op.in) operand = moved(operand);
    auto* access = std::get_if<plan::AccessAttribute>(&op.attribute);
    if (access == nullptr) return op;
    for (plan::Subscript& at : access->at)
      if (auto* computed = std::get_if<ValueId>(&at)) *computed = moved(*computed);
    if (op.code == OpCode::Load) access->slot = read_slot(access->slot);
    return op;
  }

  std::uint32_t read_slot(std::uint32_t before) {
    const auto next = static_cast<std::uint32_t>(kernel_.reads.size());
    const auto [slot, is_new] = slots_.try_emplace(before, next);
    if (is_new) kernel_.reads.push_back(reads_[before]);
    return slot->second;
  }

  plan::Kernel& kernel_;
  std::vector<bool> live_;
  std::vector<ValueId> moved_;
  std::vector<plan::Read> reads_;
  std::map<std::uint32_t, std::uint32_t> slots_;
};

}  // namespace

void remove_dead_ops(plan::Kernel& kernel) { Cleaner(kernel).clean(); }

}  // namespace bouton::passes
