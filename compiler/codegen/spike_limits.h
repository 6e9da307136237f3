// Spike tests of which only a comparison waits for the neuron.
//
// Note [Spike limits] in runtime/random/spike_limit.h says why that is exact: a neuron that spikes
// with probability logistic(a) does so where a is above a limit that follows from its random number
// alone. In small circuits whose potentials act on the spikes of the next step, and these on
// potentials, the function is what one step waits for after the other, and it fills no vector. So
// the limits of sixteen steps are computed together, in front of the first of them. Where a is too
// close to its limit (three tests in a hundred thousand at most) or is no number, the test is made
// as the program says.
#pragma once

#include <map>
#include <vector>

#include "compiler/codegen/kernel.h"
#include "compiler/plan/limited_test.h"
#include "compiler/plan/unchanged.h"

namespace bouton::codegen {

class SpikeLimits {
 public:
  // For a schedule of one replica that executes every step, before the step loop. Kernels that may
  // be skipped are left alone.
  // `until` (i64): the first step that the call does not execute.
  SpikeLimits(Emission& e, const plan::Schedule& schedule, const plan::SkippableKernels& skippable,
              llvm::Value* until);

  // At the beginning of each step.
  void begin_step();
  [[nodiscard]] bool decides(plan::KernelId kernel) const { return kept_.contains(kernel); }
  // Whether it decides all of them, and has their neurons one after the other.
  [[nodiscard]] bool decides_in_a_row(const std::vector<plan::KernelId>& kernels) const;
  // The kernel's body in the step.
  std::vector<llvm::Value*> emit_body_of(plan::KernelId kernel, const Position& position);

 private:
  // What tells the numbers of one neuron from those of others.
  struct Cell {
    llvm::Constant* stream;
    llvm::Constant* neuron;
  };
  struct Kept {
    plan::LimitedTest test;
    std::size_t first_cell;  // of the kernel's neurons
  };
  void find(const plan::Schedule& schedule, const plan::SkippableKernels& skippable);
  [[nodiscard]] bool reserve();
  void fill(llvm::Value* begin);
  llvm::Value* emit_words(llvm::Value* step, llvm::Value* first);
  llvm::Value* look_up(llvm::AllocaInst* array, const Kept& kept, llvm::Value* first_neuron);
  llvm::Value* decide(const plan::Kernel& kernel, const Kept& kept, const Position& position,
                      std::vector<llvm::Value*> values);

  Emission& e_;
  llvm::Value* until_;
  std::map<plan::KernelId, Kept> kept_;
  std::vector<Cell> cells_;             // of a step
  std::int64_t stride_ = 0;             // their number, with those of no neuron
  llvm::AllocaInst* words_ = nullptr;   // [step of sixteen][cell]
  llvm::AllocaInst* limits_ = nullptr;  // the same
  llvm::AllocaInst* block_ = nullptr;   // i64: which sixteen steps are kept
};

}  // namespace bouton::codegen
