// One table of all replicas, and what its columns hold: known before the first row is written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/spool/rows.h"

namespace bouton::runtime::hdf5 {

// What the cells of a column have in common.
struct MergedColumn {
  enum class Kind : std::uint8_t { Empty, Numbers, Truths, Texts, Spikes, Mixed };
  Kind kind = Kind::Empty;
  bool one_shape = true;  // of arrays of numbers
  bool one_rank = true;
  std::vector<std::size_t> largest{};   // along each axis
  std::uint64_t elements = 0;           // of all cells
  std::vector<std::uint64_t> spikes{};  // by replica
};

struct MergedTable {
  std::vector<std::string> names;
  std::vector<std::int64_t> positions;  // by replica: among its own tables; -1 if it has none
  std::vector<std::uint64_t> rows;      // by replica
  std::vector<MergedColumn> columns;

  [[nodiscard]] std::uint64_t most_rows() const;
  [[nodiscard]] std::uint64_t all_rows() const;
  [[nodiscard]] bool has_equal_rows() const { return most_rows() * rows.size() == all_rows(); }
};

struct MergedTables {
  std::vector<MergedTable> tables;
  std::vector<std::vector<std::size_t>> numbers;  // by replica and its own table
};

// In the order in which the replicas, one after the other, open them. Tables with the same names
// in another order are others. Goes through all rows once.
[[nodiscard]] Result<MergedTables> merge_tables(const RecordedRun& run, const ForEachRow& rows);

}  // namespace bouton::runtime::hdf5
