// A run as it is kept: what was run, and what each of its replicas has recorded so far. The spool
// is this while the run goes on, the result file when it has ended. Rows are not here: there may be
// more of them than fit in memory (rows.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/spool/run_description.h"

namespace bouton::runtime {

struct ReplicaEnd {
  std::int64_t steps = 0;
  std::string problem;  // why it ended early; empty if it came to its end
  std::string outcome;  // what else is to be known when the run is resumed (runtime/output)
};

struct RecordedTable {
  std::vector<std::string> names;
  std::uint64_t rows = 0;
  friend bool operator==(const RecordedTable&, const RecordedTable&) = default;
};

// Bytes of a spool in which what a replica has recorded counts.
struct Stretch {
  static constexpr std::uint64_t kOpen = ~std::uint64_t{0};
  std::uint64_t begin = 0;
  std::uint64_t end = kOpen;
};

struct RecordedReplica {
  std::vector<RecordedTable> tables;  // in the order of their first rows
  std::optional<ReplicaEnd> end;
  std::vector<Stretch> stretches = {{}};  // ascending

  // Where it has begun: what stands before does not count.
  [[nodiscard]] std::uint64_t begun_at() const { return stretches.front().begin; }
};

struct RecordedRun {
  RunDescription description;
  std::vector<RecordedReplica> replicas;  // as many as the description says
  std::string stopped;                    // why the run as a whole was left; empty: not known
};

// `complete` if it came to its end, else why it did not.
[[nodiscard]] std::string state_of(const RecordedReplica& replica, const std::string& stopped);
// `complete` if all replicas are.
[[nodiscard]] std::string state_of(const RecordedRun& run);
[[nodiscard]] bool has_ended(const RecordedRun& run);  // all replicas, well or not
// No replica came to its end, and there is no row of any.
[[nodiscard]] bool failed_without_rows(const RecordedRun& run);
[[nodiscard]] std::size_t count_rows(const RecordedRun& run);

}  // namespace bouton::runtime
