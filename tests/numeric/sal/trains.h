// The spike trains of family A, and comparisons with reference numbers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/analysis/results.h"
#include "runtime/tensor/value.h"
#include "tests/support/sal/reference.h"

namespace bouton::numeric {

inline constexpr std::size_t kTrainNeurons = 5;
inline constexpr std::size_t kTrainSteps = 2000;

struct TrainSpike {
  std::int64_t step;
  std::size_t neuron;  // from 0
  bool operator==(const TrainSpike&) const = default;
};
// In order of time and neuron.
[[nodiscard]] std::vector<TrainSpike> read_train(const std::string& train);

// Uniform numbers that replay the train: 0 at a spike, 1 elsewhere; [steps, neurons]. A step of the
// train is that many steps of the tape.
[[nodiscard]] runtime::Tensor tape_of(const std::vector<TrainSpike>& train,
                                      std::size_t steps_per_step = 1);

// |difference| <= 1e-12 * max(1, |value|), for every element.
void expect_near(const runtime::Tensor& actual, const runtime::Tensor& expected,
                 const std::string& what);
void expect_spikes(const runtime::SpikeList& spikes, const std::vector<TrainSpike>& train,
                   std::int64_t steps_per_step = 1);

}  // namespace bouton::numeric
