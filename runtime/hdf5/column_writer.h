// One column of a table on its way into the file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runtime/hdf5/merged_table.h"
#include "runtime/hdf5/part_buffer.h"
#include "runtime/hdf5/spikes.h"
#include "runtime/hdf5/table_axes.h"

namespace bouton::runtime::hdf5 {

// Where the parts of a column go.
struct ColumnPlace {
  NewFile& file;
  const MergedTable& table;
  std::size_t index;
  const RunDescription& run;
  ReplicaAxes& axes;
  TableAxes& names;
  hid_t tables;             // group of the table
  hid_t shapes;             // group of the shapes of its columns
  hid_t spikes;             // group of all recorded spikes
  std::string spikes_name;  // of its spikes in there
  std::string unit;
};

// Arrays of numbers, padded with nan where they do not have one shape.
class NumberColumn {
 public:
  explicit NumberColumn(const ColumnPlace& place);
  void add(std::size_t replica, std::size_t row, const Value& value);
  void flush();

 private:
  std::vector<std::size_t> inner_;
  PartBuffer<double> cells_;
  std::optional<PartBuffer<std::int64_t>> shapes_;
};

class TruthColumn {
 public:
  explicit TruthColumn(const ColumnPlace& place);
  void add(std::size_t replica, std::size_t row, const Value& value);
  void flush() { cells_.flush(); }

 private:
  PartBuffer<std::uint8_t> cells_;
};

class TextColumn {
 public:
  explicit TextColumn(const ColumnPlace& place);
  void add(std::size_t replica, std::size_t row, const Value& value);
  void flush() { cells_.flush(); }

 private:
  PartBuffer<std::string> cells_;
};

// What has no one kind or rank: a group with one member per row, replica after replica.
class MemberColumn {
 public:
  explicit MemberColumn(const ColumnPlace& place);
  void add(std::size_t replica, std::size_t row, const Value& value);
  void flush() {}

 private:
  NewFile& file_;
  Handle group_;
  std::vector<std::size_t> first_;  // row of each replica, among all
};

using ColumnWriter = std::variant<NumberColumn, TruthColumn, TextColumn, SpikeColumn, MemberColumn>;

[[nodiscard]] ColumnWriter make_column_writer(const ColumnPlace& place);

}  // namespace bouton::runtime::hdf5
