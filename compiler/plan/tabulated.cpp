#include "compiler/plan/tabulated.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "compiler/plan/effects.h"
#include "compiler/plan/host_walk.h"
#include "compiler/plan/query.h"

namespace bouton::plan {

namespace {

// The columns that the experiment reads between runs.
std::set<ColumnId> find_host_reads(const Plan& plan) {
  std::set<ColumnId> found;
  const auto look = [&](const HostExpr& expr) {
    for_each_expr(expr, [&](const HostExpr& part) {
      if (const auto* read = std::get_if<ColumnRead>(&part.node))
        found.insert(column_behind(plan, read->operand));
    });
  };
  for_each_stmt(plan.host.body, [&](const HostStmt& stmt) { for_each_expr_of(stmt, look); });
  for (const PhaseId phase : plan.phases.ids())
    for (const Override& change : plan.phases[phase].overrides) look(change.value);
  return found;
}

class Search {
 public:
  Search(const Plan& plan, const Schedule& schedule, const SkippableKernels& skippable)
      : plan_(plan), schedule_(schedule), skippable_(skippable) {}

  std::vector<TabulatedKernels> find() {
    for (const Stage& stage : schedule_.stages) {
      for (const Item& item : stage.items) visit(item);
      close();
    }
    return std::move(found_);
  }

 private:
  void visit(const Item& item) {
    const auto* kernel = std::get_if<KernelId>(&item.what);
    const auto inputs = kernel == nullptr ? std::nullopt : inputs_of(*kernel);
    if (!inputs || (open_ && open_->inputs != *inputs)) close();
    if (!inputs) return;
    if (!open_) open_ = TabulatedKernels{{}, *inputs, {}, {}};
    if (reads_own_group(*kernel, *open_)) {
      open_->kernels.push_back(*kernel);
    } else {
      close();
    }
  }

  // The only column of truth values on which a kernel depends.
  std::optional<ColumnId> inputs_of(KernelId kernel) const {
    const auto depends = skippable_.find(kernel);
    if (depends == skippable_.end()) return std::nullopt;
    const auto& [truths, at_events] = depends->second;
    if (truths.size() != 1 || !at_events.empty()) return std::nullopt;
    const ColumnId inputs = *truths.begin();
    const bool fits = plan_.columns[inputs].type == kBool && plan_.columns[inputs].axes.size() == 1;
    return fits ? std::optional{inputs} : std::nullopt;
  }

  // What changes during a run and is read is either the inputs or comes from within.
  bool reads_own_group(KernelId kernel, const TabulatedKernels& group) const {
    return std::ranges::all_of(plan_.kernels[kernel].reads, [&](const Read& read) {
      const ColumnId column = column_behind(plan_, read.what);
      return column == group.inputs || !is_written(plan_, schedule_, column) ||
             is_own(group, column);
    });
  }

  bool is_own(const TabulatedKernels& group, ColumnId column) const {
    return std::ranges::any_of(group.kernels, [&](KernelId kernel) {
      const auto& written = plan_.kernels[kernel].writes;
      return std::ranges::find(written, column) != written.end();
    });
  }

  void close() {
    if (!open_) return;
    TabulatedKernels group = *std::exchange(open_, std::nullopt);
    if (!is_dear(group)) return;
    find_results(group);
    for (const KernelId kernel : schedule_.reciprocals)
      if (reads_own_group(kernel, group)) group.reciprocals.push_back(kernel);
    const bool numbers = std::ranges::none_of(
        group.results, [&](ColumnId column) { return plan_.columns[column].type == kBool; });
    if (numbers) found_.push_back(std::move(group));
  }

  bool is_dear(const TabulatedKernels& group) const {
    return std::ranges::any_of(group.kernels, [&](KernelId kernel) {
      return std::ranges::any_of(plan_.kernels[kernel].body,
                                 [](const Op& op) { return op.code == OpCode::Math; });
    });
  }

  void find_results(TabulatedKernels& group) const {
    std::set<ColumnId> read = find_host_reads(plan_);
    for (const ScheduleId id : plan_.schedules.ids())
      for (const KernelId kernel : kernels_of(plan_, plan_.schedules[id])) {
        if (std::ranges::find(group.kernels, kernel) != group.kernels.end()) continue;
        for (const Read& each : plan_.kernels[kernel].reads)
          read.insert(column_behind(plan_, each.what));
      }
    for (const ScheduleId id : plan_.schedules.ids())
      for (const Stage& stage : plan_.schedules[id].stages)
        for (const Item& item : stage.items)
          if (!std::holds_alternative<KernelId>(item.what))
            for (const ReadEffect& each : effects_of(plan_, item).reads) read.insert(each.column);
    for (const ColumnId column : read)
      if (is_own(group, column)) group.results.push_back(column);
  }

  const Plan& plan_;
  const Schedule& schedule_;
  const SkippableKernels& skippable_;
  std::optional<TabulatedKernels> open_;
  std::vector<TabulatedKernels> found_;
};

}  // namespace

std::vector<ColumnId> written_by(const Plan& plan, std::span<const KernelId> kernels) {
  std::vector<ColumnId> columns;
  for (const KernelId kernel : kernels)
    std::ranges::copy(plan.kernels[kernel].writes, std::back_inserter(columns));
  return columns;
}

std::vector<TabulatedKernels> find_tabulated_kernels(const Plan& plan, const Schedule& schedule,
                                                     const SkippableKernels& skippable) {
  return Search(plan, schedule, skippable).find();
}

}  // namespace bouton::plan
