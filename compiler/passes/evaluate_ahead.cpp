#include "compiler/passes/evaluate_ahead.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "compiler/plan/effects.h"
#include "compiler/plan/query.h"

namespace bouton::passes {

namespace {

using plan::ColumnId;
using plan::Op;
using plan::OpCode;

bool is_clock(const plan::Plan& plan, ColumnId column) {
  return plan.columns[column].role == plan::Role::HazardClock;
}

// Which ops of a kernel do not depend on a clock. Those that only store what others compute go
// with them.
std::vector<bool> find_ops_without_clocks(const plan::Plan& plan, const plan::Kernel& kernel) {
  std::vector<bool> found;
  const auto accesses_clock = [&](const Op& op) {
    const auto* access = std::get_if<plan::AccessAttribute>(&op.attribute);
    if (access == nullptr) return false;
    return op.code == OpCode::Load
               ? is_clock(plan, plan::column_behind(plan, kernel.reads[access->slot].what))
               : is_clock(plan, kernel.writes[access->slot]);
  };
  for (const Op& op : kernel.body)
    found.push_back(!accesses_clock(op) && std::ranges::all_of(op.in, [&](plan::ValueId value) {
      return found[value.value];
    }));
  return found;
}

bool has_clocks(const plan::Plan& plan, const plan::Kernel& kernel) {
  return std::ranges::any_of(kernel.writes, [&](ColumnId id) { return is_clock(plan, id); });
}

class Sorter {
 public:
  Sorter(plan::Plan& plan, KnownHalves& known) : plan_(plan), known_(known) {}

  void add(const plan::Item& item) {
    const auto* kernel = std::get_if<plan::KernelId>(&item.what);
    if (kernel == nullptr || !item.when.empty()) return stay(item);
    if (!has_clocks(plan_, plan_.kernels[*kernel])) return go_or_stay(item);
    if (!plan_.kernels[*kernel].reductions.empty()) return stay(item);
    const Halves halves = halves_of(*kernel);
    plan::Item half = item;
    half.what = halves.first;
    go_or_stay(half);
    half.what = halves.second;
    stay(half);
  }

  // Of a stage behind the first one: only what can go, and not what is learnt.
  void take_from(plan::Stage& stage) {
    std::vector<plan::Item> left;
    for (const plan::Item& item : stage.items) {
      const plan::Effects effects = effects_of(plan_, item);
      const bool computes = std::holds_alternative<plan::KernelId>(item.what) && !item.rule;
      const bool goes = computes && item.when.empty() && passed_.lets_pass(effects);
      (goes ? ahead_ : left).push_back(item);
      if (!goes) passed_.add(effects);
    }
    stage.items = std::move(left);
  }

  void sort_into(plan::Schedule& schedule) {
    schedule.ahead = static_cast<std::uint32_t>(ahead_.size());
    schedule.stages.front().items = std::move(ahead_);
    std::ranges::move(behind_, std::back_inserter(schedule.stages.front().items));
  }

 private:
  Halves halves_of(plan::KernelId kernel) {
    if (const auto found = known_.find(kernel); found != known_.end()) return found->second;
    const std::vector<bool> is_first = find_ops_without_clocks(plan_, plan_.kernels[kernel]);
    return known_[kernel] = split_kernel(plan_, kernel, is_first, "evaluate ahead");
  }

  void go_or_stay(const plan::Item& item) {
    if (!passed_.lets_pass(effects_of(plan_, item))) return stay(item);
    ahead_.push_back(item);
  }

  void stay(const plan::Item& item) {
    passed_.add(effects_of(plan_, item));
    behind_.push_back(item);
  }

  plan::Plan& plan_;
  KnownHalves& known_;
  std::vector<plan::Item> ahead_, behind_;
  plan::Touched passed_;  // by the items that stay behind
};

}  // namespace

void evaluate_ahead(plan::Plan& plan, plan::ScheduleId id, KnownHalves& known) {
  const plan::Schedule& schedule = plan.schedules[id];
  if (schedule.stages.empty() || schedule.stages.front().kind != plan::Stage::Kind::Evaluate)
    return;
  Sorter sorter(plan, known);
  for (const plan::Item& item : schedule.stages.front().items) sorter.add(item);
  for (std::size_t i = 1; i < plan.schedules[id].stages.size(); ++i)
    sorter.take_from(plan.schedules[id].stages[i]);
  sorter.sort_into(plan.schedules[id]);
}

}  // namespace bouton::passes
