// The result file of a run. Layout 2:
//
//   /                     attributes `layout` (2), `bouton` (version), `program`, `experiment`,
//                         `precision`, `timestep` (ms), `seed` (the first), `complete` (or why
//                         not), `hash`, `machine`, `begun`, `source_names`, `sources` (texts of the
//                         program and its imports)
//   /parameters           one member per parameter, attribute `unit`
//   /replicas/seed, hash, complete   of each replica
//   /tables/0, 1, ...     attributes `columns`: the recorded names in their order, `position`: by
//                         replica, which of its tables it is (-1: it has none)
//   /tables/0/NAME        a dataset [row, ...], of several replicas [replica, row, ...]; attribute
//                         `unit`
//   /keys/0/replica, row  where replicas have different numbers of rows: datasets of table 0 are
//                         [all rows, ...] then, and this says which each one is
//   /spikes/POPULATION    `timestamps` (attribute `units`), `node_ids`, `row`, `replica`: the
//                         layout of SONATA; the column's own dataset holds the number of spikes of
//                         each row and, as attribute `spikes`, where they are
//
// Numbers are float64, truth values uint8, texts UTF-8. A column whose rows have different shapes
// is a group of kind `rows` with members 0, 1, ...: all rows, replica after replica.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "runtime/base/result.h"
#include "runtime/spool/recorded_run.h"

namespace bouton::runtime {

// Writes beside `path` under the name `path.part` and renames it when it is complete, so a file of
// this name is always whole. Nothing, or why it could not be written.
[[nodiscard]] std::optional<Error> write_result_file(const std::filesystem::path& path,
                                                     const RecordedRun& run);

// Its `hash`: that of the results of the only replica, else one over those of all.
[[nodiscard]] std::string print_hash(const RecordedRun& run);

}  // namespace bouton::runtime
