// One table of all replicas: their rows, replica after replica, with the key of each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/spool/recorded_run.h"

namespace bouton::runtime::hdf5 {

struct MergedTable {
  struct Row {
    std::int64_t replica = 0;
    std::int64_t row = 0;
    const std::vector<Value>* values = nullptr;
  };
  std::vector<std::string> names;
  std::vector<Row> rows;
  std::vector<std::int64_t> positions;  // by replica: among its own tables; -1 if it has none
  // What datasets begin with: [row] of one replica, [replica, row] where all have equally many,
  // else [all rows], with keys beside them.
  std::vector<std::size_t> leading;
  bool keyed = false;
};

// In the order in which the replicas, one after the other, open them. Tables with the same names
// in another order are others.
[[nodiscard]] std::vector<MergedTable> merge_tables(const RecordedRun& run);

}  // namespace bouton::runtime::hdf5
