// The result file of a run or sweep. Layout 3:
//
//   /                     attributes `layout` (3), `bouton` (version), `program`, `experiment`,
//                         `precision`, `timestep` (ms), `seed` (the first), `complete` (or why
//                         not), `hash`, `machine`, `begun`, `source_names`, `sources` (texts of the
//                         program and its imports); of a sweep `sweep` (its name) and `axes` (the
//                         parameters that are axes, in order)
//   /NAME                 coordinates of each axis of a sweep, attribute `unit`; where they are no
//                         numbers, texts or truth values their numbers, and the values in
//                         /axes/NAME
//   /seed                 coordinates of the seeds, where there are several
//   /parameters           one member per parameter that is no axis, attribute `unit`
//   /replicas/hash, complete, seed
//                         of each replica, in the order [axis 1, axis 2, ..., seed], row-major; of
//                         a sweep whose points differ in it also `timestep`
//   /tables/0, 1, ...     attribute `columns`: the recorded names in their order
//   /tables/0/NAME        a dataset [axis 1, axis 2, ..., seed, row, ...], without the dimensions
//                         that there are none of; attribute `unit`; the coordinates are attached
//                         (to the first 4000 datasets that have them)
//   /rows/0               how many rows each replica has in table 0: [axis 1, axis 2, ..., seed];
//                         further ones read as nan, 255, -1 or ""
//   /tables/row, ...      names of the dimensions that have no coordinates, as netCDF has them
//   /positions/0          by replica, which of its own tables table 0 is (-1: it has none)
//   /shapes/0/NAME        where arrays of a column have different shapes: the shape of each row;
//                         the column itself is padded with nan
//   /spikes/POPULATION    `timestamps` (attribute `units`), `node_ids`, `row`, `replica`: the
//                         layout of SONATA; the column's own dataset holds the number of spikes of
//                         each row and, as attribute `spikes`, where they are
//
// Numbers are float64, truth values uint8, texts UTF-8. A column of arrays of different ranks, of
// lists or records is a group of kind `rows` with members 0, 1, ...: all rows, replica after
// replica.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/spool/rows.h"

namespace bouton::runtime {

// Writes beside `path` under the name `path.part` and renames it when it is complete, so a file of
// this name is always whole; refused while another process does so. Goes through the rows several
// times and keeps none. `hashes`: of each replica (hash_rows). Nothing, or why it could not be
// written.
[[nodiscard]] std::optional<Error> write_result_file(const std::filesystem::path& path,
                                                     const RecordedRun& run, const ForEachRow& rows,
                                                     const std::vector<std::uint64_t>& hashes);

}  // namespace bouton::runtime
