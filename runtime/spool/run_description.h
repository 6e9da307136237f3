// What was run: everything that decides about the results, and where and when they were computed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/tensor/value.h"

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

// An axis of a sweep: a parameter that is not the same in all replicas.
struct DescribedAxis {
  std::string name;
  std::string unit;
  std::vector<Value> values;
};

// Replicas are numbered like the elements of an array [axis 1, axis 2, …, seed], row-major: those
// of one point, with consecutive seeds, lie together.
struct RunDescription {
  std::string bouton;   // the version
  std::string program;  // name of the file
  std::string experiment;
  std::string sweep;                // its name; empty: a run
  std::vector<SourceText> sources;  // the program and what it imports
  std::vector<DescribedFile> files;
  std::string precision = "double";
  double timestep = 1;            // ms
  std::vector<double> timesteps;  // by point, where they are not the same
  std::uint64_t first_seed = 0;
  std::uint64_t replicas = 1;  // of all points together
  std::vector<DescribedAxis> axes;
  std::vector<DescribedParameter> parameters;  // but those that are axes
  std::vector<std::vector<DescribedColumn>> tables;
  std::string machine;
  std::string begun;  // date and time

  [[nodiscard]] std::uint64_t points() const;
  // Of each point, with seeds first_seed, first_seed + 1, …
  [[nodiscard]] std::uint64_t seeds() const { return replicas / points(); }
  [[nodiscard]] std::uint64_t seed_of(std::uint64_t replica) const {
    return first_seed + replica % seeds();
  }
  [[nodiscard]] double timestep_of(std::uint64_t replica) const;
};

// A replica as its reader thinks of it: `lr = 0.1 ms, seed 3`; the seed alone in a run.
[[nodiscard]] std::string name_replica(const RunDescription& run, std::uint64_t replica);
// The values of the axes at a point: `lr = 0.1 ms, n = 3`.
[[nodiscard]] std::string name_point(const RunDescription& run, std::uint64_t point);

// Why a run described by `now` cannot go on with what one described by `then` has left: the first
// difference in what decides about results, both sides named.
[[nodiscard]] std::optional<std::string> find_difference(const RunDescription& then,
                                                         const RunDescription& now);

}  // namespace bouton::runtime
