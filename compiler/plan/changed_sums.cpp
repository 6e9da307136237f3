#include "compiler/plan/changed_sums.h"

#include <algorithm>

#include "compiler/plan/effects.h"
#include "compiler/plan/query.h"

namespace bouton::plan {

namespace {

bool is_load_of(const Kernel& kernel, const Op& op, ColumnId column) {
  if (op.code != OpCode::Load) return false;
  const Read& read = kernel.reads[std::get<AccessAttribute>(op.attribute).slot];
  return read.what == Operand{column};
}

// An exact sum over one axis, of the elements for which `on` holds there.
bool sums_where_on(const Kernel& kernel, const Reduction& sum, const ChangedSum& found) {
  const Type type = kernel.body[sum.value.value].type;
  if (sum.order != Order::Exact || type == kBool || !sum.where) return false;
  const Op& where = kernel.body[sum.where->value];
  if (sum.over != std::vector{found.axis} || !is_load_of(kernel, where, found.on)) return false;
  const auto& at = std::get<AccessAttribute>(where.attribute).at;
  return at == std::vector<Subscript>{found.axis};
}

bool is_where(const Kernel& kernel, ValueId value) {
  return std::ranges::any_of(kernel.reductions,
                             [&](const Reduction& sum) { return sum.where == value; });
}

// The terms do not depend on which of them count.
bool only_chooses(const Kernel& kernel, ColumnId on) {
  for (std::uint32_t i = 0; i < kernel.body.size(); ++i)
    if (is_load_of(kernel, kernel.body[i], on) && !is_where(kernel, ValueId{i})) return false;
  return std::ranges::none_of(kernel.body, [&](const Op& op) {
    return std::ranges::any_of(op.in, [&](ValueId in) { return is_where(kernel, in); });
  });
}

bool has_other_effects(const Kernel& kernel) {
  return kernel.writes.size() != kernel.reductions.size() ||
         std::ranges::any_of(kernel.body, [](const Op& op) { return op.code == OpCode::Require; });
}

}  // namespace

std::optional<ChangedSum> find_changed_sum(const Plan& plan, const Schedule& schedule,
                                           const SkippableKernels& skippable, KernelId id) {
  const Kernel& kernel = plan.kernels[id];
  const auto watched = skippable.find(id);
  if (watched == skippable.end() || !watched->second.at_events.empty()) return std::nullopt;
  if (watched->second.truths.size() != 1) return std::nullopt;
  if (kernel.reductions.empty() || kernel.reductions.front().over.size() != 1) return std::nullopt;
  const ChangedSum found{*watched->second.truths.begin(), kernel.reductions.front().over.front()};
  const auto fits = [&](const Reduction& sum) { return sums_where_on(kernel, sum, found); };
  if (has_other_effects(kernel) || !std::ranges::all_of(kernel.reductions, fits))
    return std::nullopt;
  const bool constant = std::ranges::all_of(kernel.reads, [&](const Read& read) {
    const ColumnId column = column_behind(plan, read.what);
    return column == found.on || !is_written(plan, schedule, column);
  });
  if (!constant || !only_chooses(kernel, found.on)) return std::nullopt;
  return found;
}

}  // namespace bouton::plan
