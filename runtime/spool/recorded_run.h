// A run as it is kept: what was run, and what each of its replicas has recorded so far. The spool
// is this while the run goes on, the result file when it has ended.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/analysis/results.h"

namespace bouton::runtime {

struct SourceText {
  std::string name;
  std::string text;
  friend bool operator==(const SourceText&, const SourceText&) = default;
};

struct DescribedParameter {
  std::string name;
  Value value;
  std::string unit;
};

// A file with data that the program loads, as it was when the run began.
struct DescribedFile {
  std::string name;  // as the program names it
  std::uint64_t size = 0;
  std::uint64_t checksum = 0;
};

// Columns of a table that the program can record.
struct DescribedColumn {
  std::string name;
  std::string unit;        // coherent; `1` without a dimension
  std::string population;  // whose spikes it holds; empty if it holds something else
};

// Everything that decides about the results, and where and when they were computed.
struct RunDescription {
  std::string bouton;   // the version
  std::string program;  // name of the file
  std::string experiment;
  std::vector<SourceText> sources;  // the program and what it imports
  std::vector<DescribedFile> files;
  std::string precision = "double";
  double timestep = 1;  // ms
  std::uint64_t first_seed = 0;
  std::uint64_t replicas = 1;  // with seeds first_seed, first_seed + 1, …
  std::vector<DescribedParameter> parameters;
  std::vector<std::vector<DescribedColumn>> tables;
  std::string machine;
  std::string begun;  // date and time
};

// Why a run described by `now` cannot go on with what one described by `then` has left: the first
// difference in what decides about results, both sides named.
[[nodiscard]] std::optional<std::string> find_difference(const RunDescription& then,
                                                         const RunDescription& now);

struct ReplicaEnd {
  std::int64_t steps = 0;
  std::string problem;  // why it ended early; empty if it came to its end
  std::string outcome;  // what else is to be known when the run is resumed (runtime/output)
};

struct RecordedReplica {
  Results results;
  std::optional<ReplicaEnd> end;
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
[[nodiscard]] std::size_t count_rows(const RecordedRun& run);

}  // namespace bouton::runtime
