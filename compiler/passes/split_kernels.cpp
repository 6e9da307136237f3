#include "compiler/passes/split_kernels.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "compiler/passes/kernel_halves.h"
#include "compiler/plan/effects.h"
#include "compiler/plan/query.h"
#include "compiler/plan/unchanged.h"

namespace bouton::passes {

namespace {

using plan::Kernel;
using plan::Op;
using plan::OpCode;
using plan::ValueId;

bool is_store(const Op& op) { return op.code == OpCode::Store || op.code == OpCode::StoreWhere; }

bool is_dear(const Op& op) {
  return op.code == OpCode::Math || op.code == OpCode::DivideReal || op.code == OpCode::SqrtReal;
}

// What events write changes when they happen, and nothing rests on it.
std::set<plan::ColumnId> written_at_events(const plan::Plan& plan) {
  std::set<plan::ColumnId> columns;
  for (const plan::Schedule& schedule : plan.schedules)
    for (const plan::Stage& stage : schedule.stages)
      for (const plan::Item& item : stage.items) {
        const plan::Effects effects = effects_of(plan, item);
        if (effects.guards.empty()) continue;
        for (const plan::WriteEffect& write : effects.writes) columns.insert(write.column);
      }
  return columns;
}

// Which ops of a kernel belong to the first part.
class Separation {
 public:
  Separation(const plan::Plan& plan, const Kernel& kernel,
             const std::set<plan::ColumnId>& at_events)
      : plan_(plan), kernel_(kernel), at_events_(at_events) {
    for (const Op& op : kernel.body) is_first_.push_back(belongs_to_first(op));
  }

  const std::vector<bool>& is_first() const { return is_first_; }

  // There is something dear in the first part, and something lasting in the second.
  bool is_worthwhile() const {
    bool dear = false, rest = false;
    for (std::size_t i = 0; i < kernel_.body.size(); ++i) {
      dear = dear || (is_first_[i] && is_dear(kernel_.body[i]));
      rest = rest || (!is_first_[i] && is_store(kernel_.body[i]));
    }
    return dear && rest;
  }

 private:
  bool belongs_to_first(const Op& op) const {
    if (!plan::follows_from_columns(op.code)) return false;
    switch (op.code) {
      case OpCode::Load:
        return loads_what_stays(op);
      case OpCode::Store:
      case OpCode::StoreWhere:
        return follows(op) && is_only_access(written_by(op));
      default:
        return follows(op);
    }
  }

  bool follows(const Op& op) const {
    return std::ranges::all_of(op.in, [&](ValueId value) { return is_first_[value.value]; });
  }

  plan::ColumnId written_by(const Op& op) const {
    return kernel_.writes[std::get<plan::AccessAttribute>(op.attribute).slot];
  }

  bool loads_what_stays(const Op& load) const {
    const auto& access = std::get<plan::AccessAttribute>(load.attribute);
    const plan::Read& read = kernel_.reads[access.slot];
    if (read.version != plan::Version::Current) return false;
    for (const plan::Subscript& at : access.at)
      if (std::holds_alternative<ValueId>(at)) return false;
    const plan::ColumnId column = plan::column_behind(plan_, read.what);
    return !at_events_.contains(column) &&
           std::ranges::find(kernel_.writes, column) == kernel_.writes.end();
  }

  bool is_only_access(plan::ColumnId column) const {
    const auto stores = std::ranges::count_if(kernel_.body, [&](const Op& op) {
      return plan::info_of(op.code).attribute == plan::AttributeKind::Access &&
             op.code != OpCode::Load && written_by(op) == column;
    });
    const bool read = std::ranges::any_of(kernel_.reads, [&](const plan::Read& other) {
      return plan::column_behind(plan_, other.what) == column;
    });
    return stores == 1 && !read;
  }

  const plan::Plan& plan_;
  const Kernel& kernel_;
  const std::set<plan::ColumnId>& at_events_;
  std::vector<bool> is_first_;
};

std::optional<Halves> split(plan::Plan& plan, plan::KernelId id,
                            const std::set<plan::ColumnId>& at_events) {
  const Kernel& kernel = plan.kernels[id];
  const Separation separation(plan, kernel, at_events);
  if (!kernel.reductions.empty() || !separation.is_worthwhile()) return std::nullopt;
  return split_kernel(plan, id, separation.is_first(), "from inputs alone");
}

}  // namespace

void split_kernels(plan::Plan& plan) {
  const std::set<plan::ColumnId> at_events = written_at_events(plan);
  std::map<plan::KernelId, std::optional<Halves>> halves;
  for (const plan::ScheduleId id : plan.schedules.ids())
    for (plan::Stage& stage : plan.schedules[id].stages) {
      std::vector<plan::Item> items;
      for (const plan::Item& item : stage.items) {
        items.push_back(item);
        const auto* kernel = std::get_if<plan::KernelId>(&item.what);
        if (kernel == nullptr || !item.when.empty()) continue;
        const auto [known, is_new] = halves.try_emplace(*kernel);
        if (is_new) known->second = split(plan, *kernel, at_events);
        if (!known->second) continue;
        items.back().what = known->second->first;
        items.push_back(item);
        items.back().what = known->second->second;
      }
      stage.items = std::move(items);
    }
}

}  // namespace bouton::passes
