// `load(file, …)` and `load_spikes(file, …)` of the language: the ending of the file name decides
// the format. Messages name the file as it was given; the caller resolves it against the folder of
// the source file and adds the position.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "runtime/base/result.h"
#include "runtime/tensor/value.h"

namespace bouton::runtime {

struct LoadOptions {
  std::optional<std::string> at;       // .json: path of the value; .h5: of the dataset
  std::optional<std::string> columns;  // .csv: name or pattern
  std::optional<Shape> shape;          // what the array has to be; .f64: how to read it
};
Result<Value> load(const std::filesystem::path& path, const LoadOptions& options);

struct SpikeColumns {
  std::string time = "t";  // whole steps
  std::string index = "neuron";
  std::int64_t first_neuron = 0;  // the number of the first neuron in the file
};
// Spikes in order of time and neuron, whatever their order in the file; two of one neuron in one
// step are refused.
Result<SpikeList> load_spikes(const std::filesystem::path& path, const SpikeColumns& columns);

}  // namespace bouton::runtime
