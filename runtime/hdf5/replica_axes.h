// The dimensions that the datasets of a run begin with: one per axis of a sweep, then one for seeds
// where there are several. Their coordinates are datasets of the file's root, attached as dimension
// scales, so that readers such as h5py and xarray know them by name.
#pragma once

#include <string>
#include <vector>

#include "runtime/hdf5/new_file.h"
#include "runtime/spool/run_description.h"

namespace bouton::runtime::hdf5 {

// Whether the coordinates of an axis are its values; else they are numbers of them.
[[nodiscard]] bool is_written_as_coordinates(const DescribedAxis& axis);

class ReplicaAxes {
 public:
  // Writes the coordinates.
  ReplicaAxes(NewFile& file, const RunDescription& run);

  [[nodiscard]] const std::vector<std::size_t>& extents() const { return extents_; }
  [[nodiscard]] std::vector<std::size_t> place_of(std::size_t replica) const;
  // To a dataset that begins with them.
  void attach(hid_t dataset);

 private:
  void add_axis(const DescribedAxis& axis);
  void add_seeds(const RunDescription& run);
  void add_scale(Handle dataset, const std::string& name, std::size_t size);

  NewFile& file_;
  std::vector<std::size_t> extents_;
  std::vector<std::string> names_;
  std::vector<Handle> scales_;
};

}  // namespace bouton::runtime::hdf5
