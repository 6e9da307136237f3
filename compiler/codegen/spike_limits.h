// Spike tests of which only a comparison waits for the neuron.
//
// Note [Spike limits] in runtime/random/spike_limit.h says why that is exact: a neuron that spikes
// with probability logistic(a) does so where a is above a limit that follows from its random number
// alone. Where potentials act on the spikes of the next step and these on potentials, the function
// is what steps wait for one after the other; the limits are computed while they wait, for sixteen
// steps at once where neither neurons nor lanes fill a vector. Where a is too close to its limit
// (one test in ten thousand) or is no number, the test is made as the program says.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "compiler/codegen/kernel.h"
#include "compiler/plan/unchanged.h"

namespace bouton::codegen {

// The test in a kernel's body.
struct LimitedTest {
  plan::ValueId word;      // drawn
  plan::ValueId argument;  // of the function
  plan::ValueId below;     // whether the neuron would spike
  OpSet exactly;           // what is wanted only where the limit leaves `below` open
};
// Nothing if there is none, or if anything but checks that always hold reads the probability.
[[nodiscard]] std::optional<LimitedTest> find_limited_test(const plan::Plan& plan,
                                                           const plan::Kernel& kernel);

class SpikeLimits {
 public:
  // For a schedule that executes every step, before the step loop. Kernels that may be skipped are
  // left alone.
  SpikeLimits(Emission& e, const plan::Schedule& schedule, const plan::SkippableKernels& skippable);

  // At the beginning of each step.
  void begin_step();
  [[nodiscard]] bool decides(plan::KernelId kernel) const { return tests_.contains(kernel); }
  std::vector<llvm::Value*> emit_body_of(plan::KernelId kernel, const Position& position);

 private:
  // A neuron whose limits are computed ahead.
  struct Cell {
    llvm::Constant* stream;
    llvm::Constant* neuron;
  };
  // Neurons in the elements of one vector, as often as they fit: [step of sixteen][cell].
  struct Group {
    std::vector<Cell> cells;
    int stride = 0;  // cells of a step, with those that are none
    llvm::AllocaInst* words = nullptr;
    llvm::AllocaInst* limits = nullptr;
  };
  struct Place {
    std::size_t group;
    std::size_t cell;
  };
  void keep(plan::KernelId kernel, const LimitedTest& test, std::int64_t neurons);
  void reserve(Group& group);
  void fill(const Group& group, llvm::Value* begin);
  // The value of each element in the words or limits of a group.
  llvm::Value* kept(llvm::AllocaInst* array, plan::KernelId kernel, const Position& position);

  using KnownWords = std::function<llvm::Value*()>;
  llvm::Value* decide(const plan::Kernel& kernel, const LimitedTest& test, const Position& position,
                      llvm::Value* limits, const KnownWords& words,
                      std::vector<llvm::Value*> values);

  Emission& e_;
  std::map<plan::KernelId, LimitedTest> tests_;
  std::map<plan::KernelId, Place> places_;  // of those that are computed ahead
  std::vector<Group> groups_;
  llvm::AllocaInst* block_ = nullptr;  // which sixteen steps are kept
};

}  // namespace bouton::codegen
