// What one rule does with pairs of spikes, cut in two: what follows from the interval alone, which
// is computed once per partner, and the rest, which every synapse does for itself.
#pragma once

#include <cstddef>
#include <vector>

#include "compiler/codegen/partial_body.h"

namespace bouton::codegen {

// What follows from intervals, in arrays [partner] of vectors, one for each result.
using PairWindows = std::vector<llvm::AllocaInst*>;

class PairRule {
 public:
  PairRule(Emission& e, const plan::Handler& handler);

  [[nodiscard]] const plan::Handler& handler() const { return handler_; }
  [[nodiscard]] PairWindows make_windows(std::int64_t partners);
  // How many vectors are kept for each partner.
  [[nodiscard]] std::size_t results() const { return results_.size(); }
  // For the interval (vector of i64) with one partner.
  void keep(const PairWindows& windows, llvm::Value* partner, llvm::Value* interval);
  // The rest of the body at a synapse, where `where` holds.
  void deliver(const Position& synapse, llvm::Value* where, const PairWindows& windows,
               llvm::Value* partner);
  // The whole body, for one interval.
  void deliver(const Position& synapse, llvm::Value* where, llvm::Value* interval);

 private:
  [[nodiscard]] std::vector<llvm::Value*> of_interval(llvm::Value* interval);

  Emission& e_;
  const plan::Handler& handler_;
  const plan::Kernel& body_;
  OpSet part_;
  std::vector<std::size_t> results_;
};

// Whether nothing of a synapse reaches another one, and the body cannot fail.
[[nodiscard]] bool keeps_to_synapse(const Emission& e, const plan::Handler& handler);

}  // namespace bouton::codegen
