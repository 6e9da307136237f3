// The datasets of columns: [places of a replica…, row, inner…].
#pragma once

#include <vector>

#include "runtime/hdf5/merged_table.h"
#include "runtime/hdf5/replica_axes.h"

namespace bouton::runtime::hdf5 {

// In chunks where cells may never be written: where replicas have different numbers of rows.
[[nodiscard]] Layout layout_of_column(const MergedTable& table, const ReplicaAxes& axes,
                                      const std::vector<std::size_t>& inner);

}  // namespace bouton::runtime::hdf5
