#include "compiler/codegen/shortcuts.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

#include "compiler/plan/query.h"

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
  for (auto& group : find_tabulated_kernels(e_.plan, schedule_, skippable_))
    if (auto table = find_table(e_, std::move(group), pace != Pace::EveryStep))
      tables_.emplace_back(e_, *std::move(table), steps);
  find_draws();
  find_sums();
  const bool every_step = pace == Pace::EveryStep && !e_.along_lanes();
  if (every_step) limits_.emplace(e_, schedule_, skippable_, until);
  find_packed(pace == Pace::EveryStep ? 0 : schedule_.ahead);
  if (!every_step) return;
  const auto is_done = [&](plan::KernelId kernel) {
    return limits_->decides(kernel) || packed_->contains(kernel);
  };
  calls_.emplace(e_, schedule_, skippable_, is_done);
}

void Shortcuts::find_packed(std::size_t ahead) {
  packed_.emplace(e_, schedule_, ahead, [&](const std::vector<plan::KernelId>& kernels) {
    const auto rests = [&](plan::KernelId kernel) { return skippable_.contains(kernel); };
    const auto is_decided = [&](plan::KernelId kernel) {
      return limits_ && limits_->decides(kernel);
    };
    if (std::ranges::any_of(kernels, rests)) return false;
    return std::ranges::none_of(kernels, is_decided) || limits_->decides_in_a_row(kernels);
  });
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
  if (!packed_ || !packed_->contains(id)) return emit_alone(id, item);
  const auto alone = [&](const plan::Item& each) { emit_alone(plan::kernel_of(each), each); };
  if (draws_.contains(id)) return packed_->emit_each(id, alone);
  const auto body = [&](plan::KernelId first, const Position& position) {
    emit_body_of(first, position);
  };
  packed_->emit(id, body, alone);
}

void Shortcuts::emit_alone(plan::KernelId id, const plan::Item& item) {
  if (Tabulation* table = table_of(id)) {
    if (table->begins_with(id)) emit_if_changed(id, [&] { table->emit(); });
    return;
  }
  const auto emit_every_element = [&] {
    e_.no_wider_than(e_.plan.kernels[id].space, [&] { emit_by_kernel(id, item); });
  };
  if (!skippable_.contains(id)) return emit_every_element();
  const auto sum = sums_.find(id);
  emit_if_changed(id, [&] { sum == sums_.end() ? emit_every_element() : sum->second.emit(); });
}

void Shortcuts::emit_reciprocals() {
  for (const plan::KernelId id : schedule_.reciprocals)
    if (table_of(id) == nullptr) emit_kernel(e_, e_.plan.kernels[id], {});
}

// Every element of the kernel, or those at which its events happened.
void Shortcuts::emit_by_kernel(plan::KernelId id, const plan::Item& item) {
  const plan::Kernel& kernel = e_.plan.kernels[id];
  emit_kernel_by(e_, kernel, guards_of(e_.plan, item), [&](const Position& position) {
    if (const auto draws = draws_.find(id); draws != draws_.end())
      return draws->second.emit(position);
    if (calls_ && calls_->makes_calls_of(id)) return calls_->emit_body_of(id, position);
    return emit_body_of(id, position);
  });
}

std::vector<llvm::Value*> Shortcuts::emit_body_of(plan::KernelId id, const Position& position) {
  if (limits_ && limits_->decides(id)) return limits_->emit_body_of(id, position);
  return emit_body(e_, e_.plan.kernels[id], position, {});
}

}  // namespace bouton::codegen
