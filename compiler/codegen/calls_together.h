// Functions and random words that several populations of one neuron ask for in the same step.
//
// Note [Calls together]. Populations of one neuron compute one number at a time: the exponentials
// and random words of a small circuit are most of its step, and none fills a vector. But much of
// it follows from what stood before the step (spikes follow from the potentials of the step
// before), and then several kernels ask the same function one after the other. Such calls of all
// kernels of a schedule are made together when a step begins, each kernel's numbers in an element
// of one vector. Functions give the same bits in vectors of any width.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "compiler/codegen/kernel.h"
#include "compiler/plan/unchanged.h"

namespace bouton::codegen {

class CallsTogether {
 public:
  // Kernels that may be skipped ask for themselves, and so do those for which `asks_itself` holds.
  CallsTogether(Emission& e, const plan::Schedule& schedule,
                const plan::SkippableKernels& skippable,
                const std::function<bool(plan::KernelId)>& asks_itself);

  // At the beginning of each step.
  void emit();
  [[nodiscard]] bool makes_calls_of(plan::KernelId kernel) const { return known_.contains(kernel); }
  // The kernel's body in the step, with what has been computed.
  std::vector<llvm::Value*> emit_body_of(plan::KernelId kernel, const Position& position);

 private:
  struct Call {
    plan::KernelId kernel;
    std::size_t op;
    std::vector<llvm::Value*> operands;  // scalars
  };
  void find_calls(plan::KernelId kernel, const std::set<plan::ColumnId>& written);
  void emit_operands();
  void emit_together(std::span<const Call> calls);

  Emission& e_;
  std::map<std::string, std::vector<Call>> calls_;             // by function
  std::map<plan::KernelId, OpSet> sources_;                    // of operands
  std::map<plan::KernelId, std::vector<llvm::Value*>> known_;  // by op, scalars
};

}  // namespace bouton::codegen
