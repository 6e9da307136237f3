// The dimensions of a table's datasets behind those of replicas: rows, and the axes of arrays. They
// have names and no coordinates, in the way that netCDF has them, so that readers of labelled
// arrays (xarray) take the datasets as they are.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runtime/hdf5/merged_table.h"
#include "runtime/hdf5/new_file.h"
#include "runtime/hdf5/replica_axes.h"

namespace bouton::runtime::hdf5 {

class TableAxes {
 public:
  // `tables`: the group of all tables, where the dimensions stand.
  TableAxes(NewFile& file, hid_t tables, ReplicaAxes& replicas)
      : file_(file), tables_(tables), replicas_(replicas) {}

  // A dimension has no name of a column: that would make the column its coordinates.
  void begin_table(const MergedTable& table);
  // To a dataset of the table that has begun: [places of a replica…, row, inner…]; the axes of
  // `inner` are named after the column.
  void attach(hid_t dataset, const std::string& column, const std::vector<std::size_t>& inner);

 private:
  struct Axis {
    std::string name;
    Handle scale;
  };
  // Under the name, or under one with a number behind it if that is taken.
  [[nodiscard]] Axis add(const std::string& name, std::size_t size);
  void attach(hid_t dataset, std::size_t place, const Axis& axis);

  NewFile& file_;
  hid_t tables_;
  ReplicaAxes& replicas_;
  std::set<std::string> names_;
  std::optional<Axis> row_;
};

}  // namespace bouton::runtime::hdf5
