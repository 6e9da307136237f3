#include "compiler/codegen/shortcuts.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

namespace bouton::codegen {

Shortcuts::Shortcuts(Emission& e, const plan::Schedule& schedule)
    : e_(e), schedule_(schedule), skippable_(find_skippable_kernels(e.plan, schedule)) {
  // Some event of some lane comes in most steps.
  if (e.along_lanes())
    std::erase_if(skippable_, [](const auto& each) { return !each.second.at_events.empty(); });
}

void Shortcuts::watch_truths(bool changed) {
  for (const auto& [column, flag] : e_.watched)
    if (!changed_before_.contains(column)) e_.ir.CreateStore(e_.ir.getInt1(changed), flag);
}

void Shortcuts::begin_watching() {
  const auto flag = [&] { return e_.local(e_.ir.getInt1Ty(), e_.ir.getTrue(), "changed"); };
  for (const auto& [kernel, columns] : skippable_) {
    for (const plan::ColumnId column : columns.all())
      if (!e_.watched.contains(column)) e_.watched[column] = flag();
    for (const plan::ColumnId column : columns.at_events)
      if (!changed_before_.contains(column)) changed_before_[column] = flag();
  }
}

// i1: whether something changed on which the kernel depends.
llvm::Value* Shortcuts::any_changed(plan::KernelId kernel) {
  const auto read = [&](llvm::AllocaInst* flag) {
    return e_.ir.CreateLoad(e_.ir.getInt1Ty(), flag);
  };
  const plan::WatchedColumns& columns = skippable_.at(kernel);
  llvm::Value* changed = e_.ir.getFalse();
  for (const plan::ColumnId column : columns.truths)
    changed = e_.ir.CreateOr(changed, read(e_.watched.at(column)));
  for (const plan::ColumnId column : columns.at_events)
    changed = e_.ir.CreateOr(changed, read(changed_before_.at(column)));
  return changed;
}

void Shortcuts::find(Pace pace, llvm::Value* first, llvm::Value* until) {
  llvm::Value* steps = e_.ir.CreateSub(until, first);
  for (const auto& group : find_tabulated_kernels(e_.plan, schedule_, skippable_))
    if (can_tabulate(e_, group)) tables_.emplace_back(e_, group, steps);
  find_draws();
  find_sums();
  if (pace != Pace::EveryStep || e_.along_lanes()) return;
  limits_.emplace(e_, schedule_, skippable_, until);
  const auto is_decided = [&](plan::KernelId kernel) { return limits_->decides(kernel); };
  calls_.emplace(e_, schedule_, skippable_, is_decided);
}

void Shortcuts::find_draws() {
  for (const plan::Stage& stage : schedule_.stages)
    for (const plan::Item& item : stage.items) find_draws_of(item);
}

void Shortcuts::find_draws_of(const plan::Item& item) {
  const auto* kernel = std::get_if<plan::KernelId>(&item.what);
  if (kernel == nullptr || item.when.empty()) return;
  if (auto draws = DrawsAhead::of(e_, e_.plan.kernels[*kernel]))
    draws_.emplace(*kernel, *std::move(draws));
}

void Shortcuts::find_sums() {
  for (const auto& [id, columns] : skippable_) {
    if (table_of(id) != nullptr) continue;
    const auto found = find_changed_sum(e_.plan, schedule_, skippable_, id);
    if (!found) continue;
    if (auto sum = ChangedSum::of(e_, e_.plan.kernels[id], *found))
      sums_.emplace(id, *std::move(sum));
  }
}

void Shortcuts::begin_items() {
  for (const auto& [column, before] : changed_before_) {
    llvm::AllocaInst* flag = e_.watched.at(column);
    e_.ir.CreateStore(e_.ir.CreateLoad(e_.ir.getInt1Ty(), flag), before);
    e_.ir.CreateStore(e_.ir.getFalse(), flag);
  }
}

void Shortcuts::begin_step() {
  if (limits_) limits_->begin_step();
  if (calls_) calls_->emit();
}

void Shortcuts::end_step() { watch_truths(false); }

Tabulation* Shortcuts::table_of(plan::KernelId kernel) {
  const auto table = std::ranges::find_if(
      tables_, [&](const Tabulation& each) { return each.stands_for(kernel); });
  return table == tables_.end() ? nullptr : &*table;
}

// Runs the code only if something changed on which it depends.
void Shortcuts::emit_if_changed(plan::KernelId kernel, const std::function<void()>& code) {
  e_.if_true(any_changed(kernel), code);
}

void Shortcuts::emit(plan::KernelId id, const plan::Item& item) {
  const plan::Kernel& kernel = e_.plan.kernels[id];
  if (Tabulation* table = table_of(id)) {
    if (table->begins_with(id)) emit_if_changed(id, [&] { table->emit(); });
    return;
  }
  std::vector<Guard> guards;
  for (const plan::EventId event : item.when) guards.push_back(guard_of(e_.plan, kernel, event));
  if (const auto draws = draws_.find(id); draws != draws_.end())
    return emit_kernel_by(e_, kernel, guards,
                          [&](const Position& position) { return draws->second.emit(position); });
  if (limits_ && limits_->decides(id))
    return emit_kernel_by(e_, kernel, guards, [&](const Position& position) {
      return limits_->emit_body_of(id, position);
    });
  if (calls_ && calls_->makes_calls_of(id))
    return emit_kernel_by(e_, kernel, guards, [&](const Position& position) {
      return calls_->emit_body_of(id, position);
    });
  if (!skippable_.contains(id)) return emit_kernel(e_, kernel, guards);
  const auto sum = sums_.find(id);
  emit_if_changed(
      id, [&] { sum == sums_.end() ? emit_kernel(e_, kernel, guards) : sum->second.emit(); });
}

}  // namespace bouton::codegen
