// The result file of a run. Layout:
//
//   /                     attributes `source`, `seed`, `precision`, `hash`, `layout` (1)
//   /parameters           one member per parameter
//   /tables/0, 1, ...     attribute `columns`: the recorded names in their order
//   /tables/0/NAME        a dataset [row, ...] where all rows have one shape, else a group with one
//   member per row;
//                         attribute `unit`
//
// Numbers are float64, truth values uint8, texts UTF-8. A list is a group of members 0, 1, ...; a
// record a group of its fields; a spike list a group of `step` and `neuron` (int64, both from 0). A
// file holds no times, so equal runs give equal files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/analysis/results.h"
#include "runtime/base/result.h"

namespace bouton::runtime {

struct RunDescription {
  std::string source;  // name of the program's file
  std::uint64_t seed = 0;
  std::string precision = "double";  // of neurons, synapses and rules; or "single"
  std::vector<std::pair<std::string, Value>> parameters;
  std::map<std::string, std::string> units;  // by recorded name; absent: dimensionless
};

// Writes beside `path` under the name `path.part` and renames it when it is complete, so a file of
// this name is always whole. Nothing, or why it could not be written.
[[nodiscard]] std::optional<Error> write_result_file(const std::filesystem::path& path,
                                                     const Results& results,
                                                     const RunDescription& run);

}  // namespace bouton::runtime
