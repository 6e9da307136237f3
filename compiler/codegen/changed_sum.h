// Sums that are kept up to date: see Note [Sums of what is on] in compiler/plan/changed_sums.h.
#pragma once

#include <optional>

#include "compiler/codegen/kernel.h"
#include "compiler/plan/changed_sums.h"

namespace bouton::codegen {

class ChangedSum {
 public:
  // Before the step loop; nothing where sums are so short that there is no gain, and where their
  // length is not known or the stack has no room for it.
  static std::optional<ChangedSum> of(Emission& e, const plan::Kernel& kernel,
                                      const plan::ChangedSum& found);

  // In place of the kernel, once something has changed.
  void emit();

 private:
  ChangedSum(Emission& e, const plan::Kernel& kernel, const plan::ChangedSum& found,
             std::int64_t terms);
  [[nodiscard]] llvm::Value* is_on(const Position& position);
  [[nodiscard]] llvm::Value* was_on(const Position& position);
  [[nodiscard]] llvm::Value* seen_at(const Position& position);
  void remember(const Position& position);
  [[nodiscard]] llvm::Value* has_changed(const Position& position);
  [[nodiscard]] llvm::Value* changes_of(const Position& block);
  [[nodiscard]] llvm::Value* count_changes();
  void sum_anew();
  void update();
  void update_by_lane(const Position& position);
  void update_block(const Position& position);
  void update_term(const Position& term, llvm::Value* changed);
  void add_to_sums(const Position& position, llvm::Value* changed);

  Emission& e_;
  const plan::Kernel& kernel_;
  const plan::ChangedSum found_;
  llvm::Type* cells_;        // of one block of truth values
  llvm::AllocaInst* seen_;   // [term][lane]: what the sums are of
  llvm::AllocaInst* valid_;  // i1: the sums have been computed
};

}  // namespace bouton::codegen
