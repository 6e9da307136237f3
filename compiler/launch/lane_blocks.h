// How replicas are cut into blocks that run side by side in lanes.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace bouton::launch {

// `points` times `seeds` replicas, those of one point after each other.
struct Replicas {
  std::uint64_t first_seed = 0;
  int seeds = 1;
  std::span<const int> widths;  // numbers of lanes for which there is code
  int points = 1;
  int threads = 1;
  // Whether the replicas of a point can share lanes with those of the point before; null: never.
  std::function<bool(int point)> joins{};

  [[nodiscard]] int count() const { return points * seeds; }
};

// Replicas one after the other, of one point or of points that can share lanes.
struct LaneBlock {
  int first = 0;
  int lanes = 1;

  friend bool operator==(const LaneBlock&, const LaneBlock&) = default;
};

// How `replicas` are cut into blocks of lanes: of the given widths, largest first, the last 1.
[[nodiscard]] std::vector<int> cut_into_blocks(int replicas, std::span<const int> widths);

// The lanes of the block that begins with a replica and goes on at a checkpoint; 0 if there is
// none.
using LanesAt = std::function<int(int first_replica)>;

// All blocks in order, no wider than leaves work for every thread. Blocks that go on at a
// checkpoint are those of the run that is resumed, whatever its number of threads was; what lies
// between them is cut anew.
[[nodiscard]] std::vector<LaneBlock> list_blocks(const Replicas& replicas, const LanesAt& lanes_at);

}  // namespace bouton::launch
