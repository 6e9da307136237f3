#include "runtime/hdf5/result_file.h"

#include <algorithm>

#include "runtime/analysis/result_hash.h"
#include "runtime/hdf5/image.h"
#include "runtime/hdf5/whole_file.h"

namespace bouton::runtime {
namespace {

using hdf5::Handle;
using hdf5::Image;

// Changes when a reader of older files would misread newer ones.
constexpr std::uint64_t kLayoutVersion = 1;

// Writes one value as a member of a group; one overload per alternative.
struct WriteMember {
  Image& image;
  hid_t parent;
  const std::string& name;

  Handle operator()(const Tensor& tensor) const {
    return image.add_numbers(parent, name, tensor.shape().extents(), tensor.data());
  }
  Handle operator()(bool truth) const {
    const std::uint8_t byte = truth ? 1 : 0;
    return image.add_truths(parent, name, {}, {&byte, 1});
  }
  Handle operator()(const std::string& text) const {
    return image.add_texts(parent, name, {}, {&text, 1});
  }
  Handle operator()(const List& list) const {
    Handle group = image.add_group(parent, name);
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const std::string number = std::to_string(i);
      std::visit(WriteMember{image, group.id(), number}, list.items[i].node);
    }
    return group;
  }
  Handle operator()(const Record& record) const {
    Handle group = image.add_group(parent, name);
    for (const auto& [field, value] : record.fields)
      std::visit(WriteMember{image, group.id(), field}, value.node);
    return group;
  }
  Handle operator()(const SpikeList& spikes) const {
    Handle group = image.add_group(parent, name);
    image.add_integers(group.id(), "step", spikes.step);
    image.add_integers(group.id(), "neuron", spikes.neuron);
    return group;
  }
};

// The values of one name, row by row.
using Column = std::vector<const Value*>;

template <typename T>
bool all_are(const Column& column) {
  return std::all_of(column.begin(), column.end(),
                     [](const Value* value) { return value->as<T>() != nullptr; });
}

bool all_of_one_shape(const Column& column) {
  return all_are<Tensor>(column) &&
         std::all_of(column.begin(), column.end(), [&column](const Value* value) {
           return value->as<Tensor>()->shape() == column[0]->as<Tensor>()->shape();
         });
}

Handle write_numbers(Image& image, hid_t table, const std::string& name, const Column& column) {
  std::vector<std::size_t> extents{column.size()};
  const auto inner = column[0]->as<Tensor>()->shape().extents();
  extents.insert(extents.end(), inner.begin(), inner.end());
  std::vector<double> numbers;
  for (const Value* value : column) {
    const std::vector<double>& row = value->as<Tensor>()->data();
    numbers.insert(numbers.end(), row.begin(), row.end());
  }
  return image.add_numbers(table, name, extents, numbers);
}

Handle write_column(Image& image, hid_t table, const std::string& name, const Column& column) {
  const std::size_t extents[] = {column.size()};
  if (all_of_one_shape(column)) return write_numbers(image, table, name, column);
  if (all_are<bool>(column)) {
    std::vector<std::uint8_t> truths;
    for (const Value* value : column) truths.push_back(*value->as<bool>() ? 1 : 0);
    return image.add_truths(table, name, extents, truths);
  }
  if (all_are<std::string>(column)) {
    std::vector<std::string> texts;
    for (const Value* value : column) texts.push_back(*value->as<std::string>());
    return image.add_texts(table, name, extents, texts);
  }
  Handle group = image.add_group(table, name);
  for (std::size_t row = 0; row < column.size(); ++row) {
    const std::string number = std::to_string(row);
    std::visit(WriteMember{image, group.id(), number}, column[row]->node);
  }
  return group;
}

void write_table(Image& image, hid_t tables, std::size_t index, const ResultTable& table,
                 const RunDescription& run) {
  const Handle group = image.add_group(tables, std::to_string(index));
  image.add_attribute(group.id(), "columns", table.names);
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    Column column;
    for (const std::vector<Value>& row : table.rows) column.push_back(&row[i]);
    const Handle written = write_column(image, group.id(), table.names[i], column);
    const auto unit = run.units.find(table.names[i]);
    image.add_attribute(written.id(), "unit",
                        unit == run.units.end() ? std::string("1") : unit->second);
  }
}

void write_description(Image& image, const Results& results, const RunDescription& run) {
  image.add_attribute(image.root(), "layout", kLayoutVersion);
  image.add_attribute(image.root(), "source", run.source);
  image.add_attribute(image.root(), "seed", run.seed);
  image.add_attribute(image.root(), "precision", run.precision);
  image.add_attribute(image.root(), "hash", print_hash(hash_results(results)));
  const Handle parameters = image.add_group(image.root(), "parameters");
  for (const auto& [name, value] : run.parameters)
    std::visit(WriteMember{image, parameters.id(), name}, value.node);
}

}  // namespace

std::optional<Error> write_result_file(const std::filesystem::path& path, const Results& results,
                                       const RunDescription& run) {
  Image image;
  write_description(image, results, run);
  const Handle tables = image.add_group(image.root(), "tables");
  for (std::size_t i = 0; i < results.tables.size(); ++i)
    write_table(image, tables.id(), i, results.tables[i], run);
  const Result<std::string> bytes = image.finish();
  if (!bytes) return bytes.error();
  return write_whole_file(path, *bytes);
}

}  // namespace bouton::runtime
