// The rows of a recorded run, one by one: they pass by and are not kept.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "runtime/analysis/results.h"
#include "runtime/base/result.h"
#include "runtime/spool/recorded_run.h"

namespace bouton::runtime {

struct RecordedRow {
  std::size_t replica = 0;
  std::size_t table = 0;  // of the replica
  const std::vector<Value>& values;
};
using TakeRow = std::function<void(const RecordedRow&)>;

// Goes through all rows that count, replica after replica and in the order in which each has
// recorded them; may be asked again and again.
using ForEachRow = std::function<std::optional<Error>(const TakeRow&)>;

// The hash of each replica's results (analysis/result_hash.h).
[[nodiscard]] Result<std::vector<std::uint64_t>> hash_rows(const RecordedRun& run,
                                                           const ForEachRow& rows);
// Of the run: that of its only replica, else one over those of all.
[[nodiscard]] std::uint64_t hash_run(const RunDescription& run,
                                     const std::vector<std::uint64_t>& replicas);

// What a person is shown of one replica: of each table at most so many rows, at equal distances.
[[nodiscard]] Result<Results> thin_out(const RecordedRun& run, const ForEachRow& rows,
                                       std::size_t replica, std::size_t most_rows);

}  // namespace bouton::runtime
