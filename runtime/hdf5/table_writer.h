// The tables of a result file and what stands beside them: numbers of rows, shapes, spikes.
#pragma once

#include <optional>

#include "runtime/hdf5/merged_table.h"
#include "runtime/hdf5/new_file.h"
#include "runtime/hdf5/replica_axes.h"

namespace bouton::runtime::hdf5 {

// Why the rows could not be read, if so; what could not be written `file` knows.
[[nodiscard]] std::optional<Error> write_tables(NewFile& file, ReplicaAxes& axes,
                                                const RecordedRun& run, const MergedTables& merged,
                                                const ForEachRow& rows);

}  // namespace bouton::runtime::hdf5
