// Network states of binary neurons: a state number has one bit per neuron, the first neuron being
// the most significant.
#pragma once

#include <cstdint>
#include <span>

#include "runtime/base/result.h"
#include "runtime/tensor/tensor.h"

namespace bouton::runtime {

// More neurons have more states than fit a histogram.
inline constexpr std::size_t kMostCountedNeurons = 24;

// The bit of one neuron among `neurons`.
[[nodiscard]] constexpr std::uint64_t state_bit(std::size_t neuron, std::size_t neurons) {
  return std::uint64_t{1} << (neurons - 1 - neuron);
}
[[nodiscard]] std::uint64_t state_number(std::span<const bool> active);

// `histogram_of_states(z)`: how often each of the 2^neurons states was seen.
class StateHistogram {
 public:
  explicit StateHistogram(std::size_t neurons) : visits_(std::size_t{1} << neurons, 0) {}
  void add(std::uint64_t state, std::uint64_t times = 1) { visits_[state] += times; }
  [[nodiscard]] std::span<const std::uint64_t> visits() const { return visits_; }

 private:
  std::vector<std::uint64_t> visits_;
};

// Visits as an array of numbers; divided by their sum, which must not be 0.
[[nodiscard]] Tensor counts_of(const StateHistogram& histogram);
Result<Tensor> distribution_of(const Tensor& counts);

}  // namespace bouton::runtime
