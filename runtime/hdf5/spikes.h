// Recorded spikes in the layout of SONATA: /spikes/POPULATION/timestamps and node_ids.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/hdf5/merged_table.h"
#include "runtime/hdf5/part_buffer.h"
#include "runtime/spool/run_description.h"

namespace bouton::runtime::hdf5 {

struct ColumnPlace;

// All spikes of a column in one group, replica after replica and row after row; the datasets `row`
// and, of several replicas, `replica` say whose they are. In the table stands how many each row
// has.
class SpikeColumn {
 public:
  explicit SpikeColumn(const ColumnPlace& place);
  void add(std::size_t replica, std::size_t row, const Value& value);
  void flush();

 private:
  const RunDescription& run_;
  Handle group_;
  std::vector<std::size_t> next_;  // place of each replica's next spike
  PartBuffer<double> times_;
  PartBuffer<std::int64_t> neurons_, rows_;
  std::optional<PartBuffer<std::int64_t>> replicas_;
  PartBuffer<std::int64_t> counts_;
};

}  // namespace bouton::runtime::hdf5
