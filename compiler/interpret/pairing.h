// Which pairs of spikes an `on pair(dt)` delivers: the set definitions of SEMANTICS 12, written as
// predicates on the two spike trains of one synapse.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "compiler/model/dynamics.h"

namespace bouton::interpret {

// When a spike arrives at the synapse. In index order the spikes of one step follow each other by
// the index of their neuron; otherwise every rank is 0, and spikes of one step coincide.
struct Moment {
  std::int64_t step = 0;
  std::int64_t rank = 0;
  friend auto operator<=>(const Moment&, const Moment&) = default;
};

// The arrivals of one neuron's spikes at a synapse, ascending.
class Train {
 public:
  Train(std::span<const std::int64_t> spikes, std::int64_t delay, std::int64_t rank)
      : spikes_(spikes), delay_(delay), rank_(rank) {}

  [[nodiscard]] Moment operator[](std::size_t i) const { return {spikes_[i] + delay_, rank_}; }
  // How many arrivals are before `moment`, and at or before it.
  [[nodiscard]] std::size_t before(Moment moment) const;
  [[nodiscard]] std::size_t up_to(Moment moment) const;
  [[nodiscard]] bool arrives_at(std::int64_t step) const;
  [[nodiscard]] std::int64_t rank() const { return rank_; }

 private:
  std::span<const std::int64_t> spikes_;
  std::int64_t delay_;
  std::int64_t rank_;
};

// Whether (p, q) is delivered; p is an arrival of `pre`, q of `post`.
[[nodiscard]] bool is_pair(const model::Pairing& pairing, const Train& pre, const Train& post,
                           Moment p, Moment q);

// dt in steps of every pair that is delivered at `step`, in the order of delivery: first dt > 0,
// then 0, then dt < 0, within each the oldest partner first. Pairs further apart than `longest` are
// left out.
[[nodiscard]] std::vector<std::int64_t> pairs_of_step(const model::Pairing& pairing,
                                                      const Train& pre, const Train& post,
                                                      std::int64_t step, std::int64_t longest);

}  // namespace bouton::interpret
