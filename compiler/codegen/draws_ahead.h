// Random numbers of spikes, drawn sixteen at a time.
//
// Note [Draws ahead]. A neuron draws when it spikes, and in a step hardly ever two neurons of a
// vector spike: the words of a draw, and what follows from them (a threshold: a logarithm), are
// computed for one neuron while the other elements idle. But a draw depends on nothing but the
// seed, the neuron, and how many draws it has made. So the next sixteen of a neuron are computed in
// one vector when the first of them is wanted, and kept for the length of a call; the numbers are
// the same. What is kept is no state: a new call begins with nothing kept.
#pragma once

#include <optional>

#include "compiler/codegen/partial_body.h"

namespace bouton::codegen {

class DrawsAhead {
 public:
  // For a kernel over neurons at a spike that draws by ordinal, if there are not too many of them.
  // Before the step loop.
  [[nodiscard]] static std::optional<DrawsAhead> of(Emission& e, const plan::Kernel& kernel);

  // The body at a position, in the loop.
  std::vector<llvm::Value*> emit(const Position& position);

 private:
  DrawsAhead(Emission& e, const plan::Kernel& kernel, plan::ValueId counter);
  [[nodiscard]] llvm::Value* cell(llvm::AllocaInst* array, llvm::Value* number);
  void refill(const Position& position, llvm::Value* block, llvm::Value* bit);
  void look_up(llvm::Value* first, llvm::Value* counter, const Position& position,
               std::vector<llvm::Value*>& values);
  // The number of a position's first neuron and lane.
  [[nodiscard]] llvm::Value* first_cell(const Position& position);

  Emission& e_;
  const plan::Kernel& kernel_;
  plan::ValueId counter_;
  OpSet part_;  // what follows from the neuron and the counter
  std::vector<std::size_t> results_;
  llvm::AllocaInst* blocks_ = nullptr;   // [neuron][lane]: which sixteen are kept
  std::vector<llvm::AllocaInst*> kept_;  // [neuron][lane][16] of each result
};

}  // namespace bouton::codegen
