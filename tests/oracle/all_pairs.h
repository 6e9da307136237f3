// The naive oracle of spike pairings: from two complete spike lists, every pair that a definition
// of the language's semantics (12) contains, found by looking at all of P x Q and asking of each
// pair what the definition asks. Shares no code with interpreter or compiler.
#pragma once

#include <cstdint>
#include <vector>

namespace bouton::oracle {

enum class Kind { All, Nearest, Immediate, PreCentred, PostCentred };

// The spikes of the two neurons of one synapse, ascending, and the neurons' indices.
struct Synapse {
  std::vector<std::int64_t> pre;
  std::vector<std::int64_t> post;
  std::int64_t pre_index = 0;
  std::int64_t post_index = 1;
};

struct Pair {
  std::int64_t pre = 0;
  std::int64_t post = 0;
  [[nodiscard]] std::int64_t difference() const { return post - pre; }
  [[nodiscard]] std::int64_t delivered() const { return pre > post ? pre : post; }
  friend bool operator==(const Pair&, const Pair&) = default;
};

// In the order of delivery: by step; within a step first dt > 0, then 0, then dt < 0, within each
// the oldest partner first.
[[nodiscard]] std::vector<Pair> find_pairs(Kind kind, std::int64_t depth, bool in_index_order,
                                           const Synapse& synapse);

// The published rule, as its authors wrote it: spikes of both neurons in order of (step, index),
// each paired with the last `memory` spikes of the other that were already processed.
[[nodiscard]] std::vector<Pair> process_in_list_order(std::int64_t memory, const Synapse& synapse);

// The published nearest-neighbour rule (`calc_nn_stdp`): a spike is paired with the other neuron's
// last processed spike if that is later than its own last one.
[[nodiscard]] std::vector<Pair> process_nearest_only(const Synapse& synapse);

}  // namespace bouton::oracle
