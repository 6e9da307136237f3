// Sums, minima and maxima of a kernel's values over some of its axes, in the order that the
// reduction names.
#pragma once

#include <vector>

#include "compiler/codegen/access.h"

namespace bouton::codegen {

// Where a reduction leaves its result, of the elements at this position of the other axes.
[[nodiscard]] Subscripted result_of(Emission& e, const plan::Kernel& kernel,
                                    const plan::Reduction& reduction, const Position& position);

// Accumulators of all reductions of one kernel. All reduce over the same axes: the loops over the
// remaining axes lie outside, so that each result has its accumulators in registers.
class ReductionEmitter {
 public:
  ReductionEmitter(Emission& e, const plan::Kernel& kernel);

  [[nodiscard]] const std::vector<plan::AxisId>& outer() const { return outer_; }  // not reduced
  [[nodiscard]] const std::vector<plan::AxisId>& inner() const {
    return inner_;
  }  // reduced, or the whole space

  void begin();  // at a position of the outer axes
  void add(const Position& position, const std::vector<llvm::Value*>& values);
  void end(const Position& outer_position);

 private:
  void add_partial_sums(const Position& position, std::size_t which, llvm::Value* value,
                        llvm::Value* mask);
  void add_in_turn(std::size_t which, llvm::Value* value, llvm::Value* mask,
                   llvm::Value* first_index);
  [[nodiscard]] llvm::Value* linear_index(const Position& position);
  [[nodiscard]] bool sums_by_vector() const;
  [[nodiscard]] llvm::Value* total(std::size_t which);
  void write(const plan::Reduction& reduction, const Position& position, llvm::Value* value);

  Emission& e_;
  const plan::Kernel& kernel_;
  std::vector<plan::AxisId> outer_;
  std::vector<plan::AxisId> inner_;
  std::vector<llvm::AllocaInst*> accumulators_;
};

}  // namespace bouton::codegen
