// Which pairs of spikes an `on pair(dt)` delivers: the set definitions of SEMANTICS 12, written as
// predicates on the two spike trains of one synapse.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "compiler/model/dynamics.h"

namespace bouton::interpret {

// The arrivals of one neuron's spikes at a synapse, ascending steps.
class Train {
 public:
  Train(std::span<const std::int64_t> spikes, std::int64_t delay, std::int64_t neuron)
      : spikes_(spikes), delay_(delay), neuron_(neuron) {}

  [[nodiscard]] std::int64_t operator[](std::size_t i) const { return spikes_[i] + delay_; }
  [[nodiscard]] std::size_t size() const { return spikes_.size(); }
  // How many arrivals are before `step`, and at or before it.
  [[nodiscard]] std::size_t before(std::int64_t step) const;
  [[nodiscard]] std::size_t up_to(std::int64_t step) const { return before(step + 1); }
  [[nodiscard]] bool arrives_at(std::int64_t step) const { return before(step) != up_to(step); }
  // The train as it is known at the end of `step`.
  [[nodiscard]] Train until(std::int64_t step) const;
  // Index of the neuron in its population: what `in index order` compares.
  [[nodiscard]] std::int64_t neuron() const { return neuron_; }

 private:
  std::span<const std::int64_t> spikes_;
  std::int64_t delay_;
  std::int64_t neuron_;
};

// Whether the spikes at steps p and q are a pair; p is an arrival of `pre`, q of `post`.
[[nodiscard]] bool is_pair(const model::Pairing& pairing, const Train& pre, const Train& post,
                           std::int64_t p, std::int64_t q);

// dt in steps of every pair that is delivered at `step`, in the order of delivery: first dt > 0,
// then 0, then dt < 0, within each the oldest partner first. Pairs further apart than `longest` are
// left out.
[[nodiscard]] std::vector<std::int64_t> pairs_of_step(const model::Pairing& pairing,
                                                      const Train& pre, const Train& post,
                                                      std::int64_t step, std::int64_t longest);

}  // namespace bouton::interpret
