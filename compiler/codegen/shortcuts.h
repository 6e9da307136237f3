// What stands in for kernels of a schedule where that is cheaper than to execute them in each step:
// resting while their inputs stay what they are, tables, draws ahead, sums kept up to date, calls
// made together. None of them changes a number.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "compiler/codegen/calls_together.h"
#include "compiler/codegen/changed_sum.h"
#include "compiler/codegen/draws_ahead.h"
#include "compiler/codegen/packed_kernels.h"
#include "compiler/codegen/skip.h"
#include "compiler/codegen/spike_limits.h"
#include "compiler/codegen/tabulate.h"
#include "compiler/plan/unchanged.h"

namespace bouton::codegen {

class Shortcuts {
 public:
  Shortcuts(Emission& e, const plan::Schedule& schedule);

  // Before the step loop, in this order.
  void begin_watching();
  void find(Pace pace, llvm::Value* first, llvm::Value* until);  // steps of the call (i64)

  // In front of the items of each step that is executed, those that lie in front of its leap
  // included.
  void begin_items();
  // Around the step itself.
  void begin_step();
  void end_step();

  // An item of the schedule that is a kernel.
  void emit(plan::KernelId id, const plan::Item& item);
  // What a leap divides by, unless it was looked up with what it follows from.
  void emit_reciprocals();

 private:
  void emit_alone(plan::KernelId id, const plan::Item& item);
  void emit_by_kernel(plan::KernelId id, const plan::Item& item);
  std::vector<llvm::Value*> emit_body_of(plan::KernelId id, const Position& position);
  void watch_truths(bool changed);
  [[nodiscard]] llvm::Value* any_changed(plan::KernelId kernel);
  void find_packed(std::size_t ahead);
  void find_draws();
  void find_sums();
  void find_draws_of(const plan::Item& item);
  [[nodiscard]] Tabulation* table_of(plan::KernelId kernel);
  void emit_if_changed(plan::KernelId kernel, const std::function<void()>& code);

  Emission& e_;
  const plan::Schedule& schedule_;
  plan::SkippableKernels skippable_;
  std::vector<Tabulation> tables_;
  std::map<plan::KernelId, DrawsAhead> draws_;
  std::map<plan::KernelId, ChangedSum> sums_;
  std::map<plan::ColumnId, llvm::AllocaInst*> changed_before_;  // i1: at events of the step before
  std::optional<SpikeLimits> limits_;
  std::optional<PackedKernels> packed_;
  std::optional<CallsTogether> calls_;
};

}  // namespace bouton::codegen
