// A table of a result file, read back.
#pragma once

#include <optional>

#include "runtime/base/result.h"
#include "runtime/hdf5/read_result_file.h"
#include "runtime/hdf5/stored.h"

namespace bouton::runtime::hdf5 {

// Adds the rows of table `number` to those of the replicas, which are known.
[[nodiscard]] std::optional<Error> read_table(const Stored& file, std::size_t number,
                                              const std::vector<double>& timesteps, StoredRun& run);

}  // namespace bouton::runtime::hdf5
