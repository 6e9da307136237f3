#include "compiler/launch/lane_blocks.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace bouton::launch {

namespace {

std::vector<int> widths_for(const Replicas& replicas) {
  const int most = std::max(1, (replicas.count() + replicas.threads - 1) / replicas.threads);
  std::vector<int> widths;
  std::ranges::copy_if(replicas.widths, std::back_inserter(widths),
                       [most](int lanes) { return lanes <= most; });
  return widths;
}

class BlockList {
 public:
  BlockList(const Replicas& replicas, const LanesAt& lanes_at)
      : replicas_(replicas), lanes_at_(lanes_at), widths_(widths_for(replicas)) {}

  std::vector<LaneBlock> list() {
    for (int point = 0; point < replicas_.points;) {
      const int first = point++;
      while (point < replicas_.points && replicas_.joins && replicas_.joins(point)) ++point;
      add_points(first, point);
    }
    return std::move(blocks_);
  }

 private:
  // Those from `point` up to, without, `end_point`.
  void add_points(int point, int end_point) {
    const int end = end_point * replicas_.seeds;
    int first = point * replicas_.seeds;
    for (int replica = first; replica < end;) {
      const int lanes = fitting_lanes(replica, end);
      if (lanes > 0) {
        add_anew(first, replica);
        blocks_.push_back({replica, lanes});
        first = replica + lanes;
      }
      replica += std::max(lanes, 1);
    }
    add_anew(first, end);
  }

  [[nodiscard]] int fitting_lanes(int replica, int end) const {
    const int lanes = lanes_at_(replica);
    const bool fits = replica + lanes <= end && std::ranges::count(replicas_.widths, lanes) > 0;
    return fits ? lanes : 0;
  }

  void add_anew(int first, int end) {
    for (const int lanes : cut_into_blocks(end - first, widths_)) {
      blocks_.push_back({first, lanes});
      first += lanes;
    }
  }

  const Replicas& replicas_;
  const LanesAt& lanes_at_;
  std::vector<int> widths_;
  std::vector<LaneBlock> blocks_;
};

}  // namespace

std::vector<int> cut_into_blocks(int replicas, std::span<const int> widths) {
  std::vector<int> blocks;
  for (const int lanes : widths)
    for (; replicas >= lanes; replicas -= lanes) blocks.push_back(lanes);
  return blocks;
}

std::vector<LaneBlock> list_blocks(const Replicas& replicas, const LanesAt& lanes_at) {
  return BlockList(replicas, lanes_at).list();
}

}  // namespace bouton::launch
