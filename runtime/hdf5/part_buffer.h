// Cells on their way into a dataset [places of a replica…, row, inner…]: they come row by row, of
// several replicas in turn, and are written in larger parts.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "runtime/hdf5/new_file.h"
#include "runtime/hdf5/replica_axes.h"

namespace bouton::runtime::hdf5 {

template <typename T>
class PartBuffer {
 public:
  // `axes` null: the dataset has no dimensions for replicas, rows are those of all of them.
  PartBuffer(NewFile& file, Handle dataset, const ReplicaAxes* axes, std::vector<std::size_t> inner)
      : file_(file), dataset_(std::move(dataset)), axes_(axes), inner_(std::move(inner)) {}

  [[nodiscard]] hid_t dataset() const { return dataset_.id(); }

  // `rows` of them; of each replica in order.
  void add(std::size_t replica, std::size_t row, std::size_t rows, std::span<const T> cells) {
    Part& part = parts_[replica];
    if (part.rows == 0) part.first = row;
    part.rows += rows;
    part.cells.insert(part.cells.end(), cells.begin(), cells.end());
    held_ += cells.size();
    if (part.cells.size() >= kMostOfOne) {
      held_ -= part.cells.size();
      write(replica, part);
      parts_.erase(replica);
    }
    if (held_ >= kMost) flush();
  }

  void flush() {
    for (const auto& [replica, part] : parts_) write(replica, part);
    parts_.clear();
    held_ = 0;
  }

 private:
  static constexpr std::size_t kMostOfOne = std::size_t{1} << 15;
  static constexpr std::size_t kMost = std::size_t{1} << 18;

  struct Part {
    std::size_t first = 0;
    std::size_t rows = 0;
    std::vector<T> cells{};
  };

  void write(std::size_t replica, const Part& part) {
    Region region;
    if (axes_ != nullptr) region.begin = axes_->place_of(replica);
    region.count.assign(region.begin.size(), 1);
    region.begin.push_back(part.first);
    region.count.push_back(part.rows);
    region.begin.insert(region.begin.end(), inner_.size(), 0);
    region.count.insert(region.count.end(), inner_.begin(), inner_.end());
    file_.write(dataset_.id(), region, std::span<const T>(part.cells));
  }

  NewFile& file_;
  Handle dataset_;
  const ReplicaAxes* axes_;
  std::vector<std::size_t> inner_;
  std::map<std::size_t, Part> parts_;  // by replica
  std::size_t held_ = 0;
};

}  // namespace bouton::runtime::hdf5
