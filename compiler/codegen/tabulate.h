// Tables of what kernels compute from few truth values: see Note [Functions of few truth values] in
// compiler/plan/tabulated.h.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "compiler/codegen/kernel.h"
#include "compiler/plan/tabulated.h"

namespace bouton::codegen {

// What there is a table for: the whole group, without the reciprocals where nothing leaps or there
// is no room for them, or nothing. Sizes that are known only when the code runs are too large.
[[nodiscard]] std::optional<plan::TabulatedKernels> find_table(Emission& e,
                                                               plan::TabulatedKernels group,
                                                               bool leaps);

class Tabulation {
 public:
  // Before the step loop: computes the table if `steps` (i64) are many.
  Tabulation(Emission& e, plan::TabulatedKernels group, llvm::Value* steps);

  [[nodiscard]] bool stands_for(plan::KernelId kernel) const;
  // In place of the kernels, where the first of them stands.
  [[nodiscard]] bool begins_with(plan::KernelId kernel) const {
    return group_.kernels.front() == kernel;
  }
  void emit();

 private:
  // [state][element of the column], vectors of lanes or plain cells.
  struct Results {
    plan::ColumnId column;
    llvm::Type* element;  // of the array
    std::int64_t length;  // elements per state
    llvm::AllocaInst* array;
  };
  void add_array(plan::ColumnId column);
  void fill();
  void set_state(llvm::Value* state);
  void keep(const Results& results, llvm::Value* state);
  void look_up(const Results& results, llvm::Value* state);
  void emit_kernels();
  llvm::Value* row_begin(const Results& results, llvm::Value* state, const Position& position,
                         Subscripted& what);

  Emission& e_;
  const plan::TabulatedKernels group_;
  plan::AxisId axis_;
  std::vector<Results> results_;
  llvm::AllocaInst* valid_;  // i1
};

}  // namespace bouton::codegen
