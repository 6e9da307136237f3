#include "runtime/hdf5/replica_axes.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

namespace bouton::runtime::hdf5 {
namespace {

// Groups of the layout (result_file.h).
constexpr std::array<std::string_view, 9> kTaken = {
    "parameters", "replicas", "tables", "rows", "positions", "shapes", "spikes", "axes", "seed"};

// An axis is known by its parameter's name, if that is not a group's.
std::string scale_name(const std::string& name) {
  return std::ranges::count(kTaken, name) > 0 ? name + "_axis" : name;
}

template <typename T>
bool all_are(const std::vector<Value>& values) {
  return std::ranges::all_of(values, [](const Value& value) { return value.as<T>() != nullptr; });
}

bool all_are_numbers(const std::vector<Value>& values) {
  return all_are<Tensor>(values) && std::ranges::all_of(values, [](const Value& value) {
           return value.as<Tensor>()->is_scalar();
         });
}

// Numbers and texts as they are; other values by their number: they stand in /axes.
Handle write_values(NewFile& file, const std::string& name, const std::vector<Value>& values) {
  const std::vector<std::size_t> extents = {values.size()};
  if (all_are_numbers(values)) {
    std::vector<double> numbers;
    for (const Value& value : values) numbers.push_back(value.as<Tensor>()->scalar());
    return file.add_whole<double>(file.root(), name, Cell::Number, extents, numbers);
  }
  if (all_are<std::string>(values)) {
    std::vector<std::string> texts;
    for (const Value& value : values) texts.push_back(*value.as<std::string>());
    return file.add_whole<std::string>(file.root(), name, Cell::Text, extents, texts);
  }
  if (all_are<bool>(values)) {
    std::vector<std::uint8_t> truths;
    for (const Value& value : values) truths.push_back(*value.as<bool>() ? 1 : 0);
    return file.add_whole<std::uint8_t>(file.root(), name, Cell::Truth, extents, truths);
  }
  std::vector<std::int64_t> numbers(values.size());
  std::iota(numbers.begin(), numbers.end(), std::int64_t{0});
  return file.add_whole<std::int64_t>(file.root(), name, Cell::Integer, extents, numbers);
}

}  // namespace

bool is_written_as_coordinates(const DescribedAxis& axis) {
  return all_are_numbers(axis.values) || all_are<std::string>(axis.values) ||
         all_are<bool>(axis.values);
}

ReplicaAxes::ReplicaAxes(NewFile& file, const RunDescription& run) : file_(file) {
  for (const DescribedAxis& axis : run.axes) add_axis(axis);
  if (run.seeds() > 1) add_seeds(run);
}

void ReplicaAxes::add_axis(const DescribedAxis& axis) {
  Handle dataset = write_values(file_, scale_name(axis.name), axis.values);
  file_.add_attribute(dataset.id(), "unit", axis.unit);
  add_scale(std::move(dataset), scale_name(axis.name), axis.values.size());
}

void ReplicaAxes::add_seeds(const RunDescription& run) {
  std::vector<std::uint64_t> seeds;
  for (std::uint64_t i = 0; i < run.seeds(); ++i) seeds.push_back(run.first_seed + i);
  const std::vector<std::size_t> extents = {seeds.size()};
  add_scale(file_.add_whole<std::uint64_t>(file_.root(), "seed", Cell::Index, extents, seeds),
            "seed", seeds.size());
}

void ReplicaAxes::add_scale(Handle dataset, const std::string& name, std::size_t size) {
  file_.make_scale(dataset.id(), name);
  scales_.push_back(std::move(dataset));
  names_.push_back(name);
  extents_.push_back(size);
}

std::vector<std::size_t> ReplicaAxes::place_of(std::size_t replica) const {
  std::vector<std::size_t> place(extents_.size());
  for (std::size_t i = extents_.size(); i-- > 0;) {
    place[i] = replica % extents_[i];
    replica /= extents_[i];
  }
  return place;
}

void ReplicaAxes::attach(hid_t dataset) {
  for (std::size_t i = 0; i < scales_.size(); ++i) {
    file_.attach_scale(dataset, i, scales_[i].id());
    file_.label_axis(dataset, i, names_[i]);
  }
}

}  // namespace bouton::runtime::hdf5
