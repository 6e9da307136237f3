// The two sides of pairs of spikes, and what is remembered of a partner's earlier ones.
#pragma once

#include "compiler/codegen/kernel.h"

namespace bouton::codegen {

struct SpikeSide {
  plan::EventId event;
  plan::HistoryId history;
  plan::AxisId axis;  // of the projection
};
[[nodiscard]] SpikeSide pre_side(const Emission& e, const plan::Handler& handler);
[[nodiscard]] SpikeSide post_side(const Emission& e, const plan::Handler& handler);

// How many earlier spikes are kept of each neuron.
[[nodiscard]] std::int64_t depth_of(const Emission& e, const SpikeSide& side);
// The step of the spike that is `age` (i64) spikes back, as it stands before this step.
[[nodiscard]] llvm::Value* remembered(Emission& e, const Position& position, const SpikeSide& side,
                                      llvm::Value* age);
// The step before which there are no spikes for the handler's rule.
[[nodiscard]] llvm::Value* first_seen(Emission& e, const Position& position,
                                      const plan::Handler& handler);

}  // namespace bouton::codegen
