#include "runtime/files/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/files/binary.h"
#include "runtime/files/bytes.h"
#include "runtime/files/csv.h"
#include "runtime/files/hdf5.h"
#include "runtime/files/json.h"
#include "runtime/tensor/access.h"

namespace bouton::runtime {
namespace {

Error in_file(const std::filesystem::path& path, const Error& error) {
  return Error{fmt::format("`{}`: {}", path.string(), error.message)};
}

Result<Value> as_value(Result<Tensor> tensor) {
  if (!tensor) return tensor.error();
  return Value(std::move(*tensor));
}

bool is_hdf5(std::string_view ending) { return ending == ".h5" || ending == ".hdf5"; }

std::optional<Error> check_options(std::string_view ending, const LoadOptions& options) {
  if (options.at && ending != ".json" && !is_hdf5(ending))
    return Error{"`at` is for .json and .h5 files only"};
  if (options.columns && ending != ".csv") return Error{"`columns` is for .csv files only"};
  return std::nullopt;
}

Result<Value> read_as(std::string_view ending, std::string bytes, const LoadOptions& options) {
  if (is_hdf5(ending)) return as_value(read_hdf5(std::move(bytes), options.at));
  if (ending == ".csv") return as_value(read_csv(bytes, options.columns));
  if (ending == ".json") return read_json(bytes, options.at.value_or(""));
  if (ending == ".npy") return as_value(read_npy(bytes));
  if (ending == ".f64") return as_value(read_f64(bytes, options.shape));
  return Error{"its ending says no known format: .csv, .json, .npy, .h5 and .f64 are"};
}

std::optional<Error> check_shape(const Value& value, const std::optional<Shape>& shape) {
  if (!shape) return std::nullopt;
  const auto* tensor = value.as<Tensor>();
  if (tensor != nullptr && tensor->shape() == *shape) return std::nullopt;
  return Error{
      fmt::format("it holds {}, but `shape` says {}", describe(value), print_shape(*shape))};
}

struct Spike {
  std::int64_t step;
  std::int64_t neuron;
  friend auto operator<=>(const Spike&, const Spike&) = default;
};

// One column of whole numbers, each at least `first`, counted from it.
Result<std::vector<std::int64_t>> whole_column(std::string_view text, const std::string& name,
                                               std::int64_t first) {
  const Result<Tensor> column = read_csv(text, name);
  if (!column) return column.error();
  if (column->rank() != 1) return Error{fmt::format("`{}` names more than one column", name)};
  std::vector<std::int64_t> numbers;
  for (std::size_t row = 0; row < column->size(); ++row) {
    const Result<std::int64_t> number = whole_number((*column)[row]);
    if (!number || *number < first) {
      return Error{fmt::format("line {}, column `{}`: {} is no whole number from {} on", row + 2,
                               name, (*column)[row], first)};
    }
    numbers.push_back(*number - first);
  }
  return numbers;
}

Result<SpikeList> read_spikes(std::string_view text, const SpikeColumns& columns) {
  const auto steps = whole_column(text, columns.time, 0);
  if (!steps) return steps.error();
  const auto neurons = whole_column(text, columns.index, columns.first_neuron);
  if (!neurons) return neurons.error();
  std::vector<Spike> spikes;
  for (std::size_t i = 0; i < steps->size(); ++i) spikes.push_back({(*steps)[i], (*neurons)[i]});
  std::sort(spikes.begin(), spikes.end());
  const auto twice = std::adjacent_find(spikes.begin(), spikes.end());
  if (twice != spikes.end()) {
    return Error{fmt::format("neuron {} spikes twice in step {}",
                             twice->neuron + columns.first_neuron, twice->step)};
  }
  SpikeList list;
  for (const Spike& spike : spikes) {
    list.step.push_back(spike.step);
    list.neuron.push_back(spike.neuron);
  }
  return list;
}

}  // namespace

Result<Value> load(const std::filesystem::path& path, const LoadOptions& options) {
  const std::string ending = path.extension().string();
  if (const auto error = check_options(ending, options)) return in_file(path, *error);
  Result<std::string> bytes = read_bytes(path);
  if (!bytes) return in_file(path, bytes.error());
  Result<Value> value = read_as(ending, *std::move(bytes), options);
  if (!value) return in_file(path, value.error());
  if (const auto error = check_shape(*value, options.shape)) return in_file(path, *error);
  return value;
}

Result<SpikeList> load_spikes(const std::filesystem::path& path, const SpikeColumns& columns) {
  const Result<std::string> bytes = read_bytes(path);
  if (!bytes) return in_file(path, bytes.error());
  Result<SpikeList> spikes = read_spikes(*bytes, columns);
  if (!spikes) return in_file(path, spikes.error());
  return spikes;
}

}  // namespace bouton::runtime
