// What resting kernels gave for each pattern of the truth values that they depend on.
//
// Note [Remembered patterns]. Kernels that rest while certain truth values keep their cells (Note
// [Unchanged inputs] in compiler/plan/unchanged.h) are functions of these truth values and of
// columns that stay as they are as long as `advance` is not left. Few truth values have few
// patterns, and a network comes back to the same ones again and again: where a table of all
// patterns is small, what the kernels have written for a pattern is kept in it, on the stack of
// `advance`, and copied from there the next time. No number changes by it.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <span>
#include <vector>

#include "compiler/codegen/emission.h"
#include "compiler/plan/kernel.h"

namespace bouton::codegen {

class Memo {
 public:
  // Before the step loop begins. None where the table would be large, in lanes, and where sizes
  // come from the table of an executable.
  [[nodiscard]] static std::unique_ptr<Memo> make(Emission& e,
                                                  std::span<const plan::KernelId> kernels,
                                                  const std::set<plan::ColumnId>& watched);

  // What the kernels write: from the table, or by `emit_kernels`.
  void emit(const std::function<void()>& emit_kernels);

 private:
  Memo(Emission& e, std::set<plan::ColumnId> watched, std::set<plan::ColumnId> written,
       std::int64_t patterns);
  [[nodiscard]] llvm::Value* pattern();
  void copy(llvm::Value* pattern, bool from_table);

  Emission& e_;
  std::set<plan::ColumnId> watched_, written_;
  std::vector<llvm::AllocaInst*> tables_;  // of each written column: [pattern][cells]
  llvm::AllocaInst* known_;                // i8[pattern]
};

}  // namespace bouton::codegen
