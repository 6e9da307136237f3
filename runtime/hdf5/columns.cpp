#include "runtime/hdf5/columns.h"

#include <algorithm>

namespace bouton::runtime::hdf5 {
namespace {

// One overload per alternative of a value.
struct WriteValue {
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
    image.add_attribute(group.id(), "kind", std::string("list"));
    for (std::size_t i = 0; i < list.items.size(); ++i)
      write_value(image, group.id(), std::to_string(i), list.items[i]);
    return group;
  }
  Handle operator()(const Record& record) const {
    Handle group = image.add_group(parent, name);
    image.add_attribute(group.id(), "kind", std::string("record"));
    for (const auto& [field, value] : record.fields) write_value(image, group.id(), field, value);
    return group;
  }
  Handle operator()(const SpikeList& spikes) const {
    Handle group = image.add_group(parent, name);
    image.add_attribute(group.id(), "kind", std::string("spikes"));
    const std::size_t extents[] = {spikes.size()};
    image.add_integers(group.id(), "step", extents, spikes.step);
    image.add_integers(group.id(), "neuron", extents, spikes.neuron);
    return group;
  }
};

// The values of one name, row by row.
using Column = std::vector<const Value*>;

template <typename T>
bool all_are(const Column& column) {
  return std::ranges::all_of(column, [](const Value* value) { return value->as<T>() != nullptr; });
}

bool all_of_one_shape(const Column& column) {
  return all_are<Tensor>(column) && std::ranges::all_of(column, [&column](const Value* value) {
           return value->as<Tensor>()->shape() == column[0]->as<Tensor>()->shape();
         });
}

Column column_of(const MergedTable& table, std::size_t index) {
  Column column;
  for (const MergedTable::Row& row : table.rows) column.push_back(&(*row.values)[index]);
  return column;
}

Handle write_numbers(Image& image, hid_t parent, const std::string& name,
                     std::vector<std::size_t> extents, const Column& column) {
  const auto inner = column[0]->as<Tensor>()->shape().extents();
  extents.insert(extents.end(), inner.begin(), inner.end());
  std::vector<double> numbers;
  for (const Value* value : column) {
    const std::vector<double>& row = value->as<Tensor>()->data();
    numbers.insert(numbers.end(), row.begin(), row.end());
  }
  return image.add_numbers(parent, name, extents, numbers);
}

Handle write_rows(Image& image, hid_t parent, const std::string& name, const Column& column) {
  Handle group = image.add_group(parent, name);
  image.add_attribute(group.id(), "kind", std::string("rows"));
  for (std::size_t row = 0; row < column.size(); ++row)
    write_value(image, group.id(), std::to_string(row), *column[row]);
  return group;
}

}  // namespace

Handle write_value(Image& image, hid_t parent, const std::string& name, const Value& value) {
  return std::visit(WriteValue{image, parent, name}, value.node);
}

Handle write_column(Image& image, hid_t parent, const MergedTable& table, std::size_t index) {
  const std::string& name = table.names[index];
  const Column column = column_of(table, index);
  if (column.empty()) return write_rows(image, parent, name, column);
  if (all_of_one_shape(column)) return write_numbers(image, parent, name, table.leading, column);
  if (all_are<bool>(column)) {
    std::vector<std::uint8_t> truths;
    for (const Value* value : column) truths.push_back(*value->as<bool>() ? 1 : 0);
    return image.add_truths(parent, name, table.leading, truths);
  }
  if (all_are<std::string>(column)) {
    std::vector<std::string> texts;
    for (const Value* value : column) texts.push_back(*value->as<std::string>());
    return image.add_texts(parent, name, table.leading, texts);
  }
  return write_rows(image, parent, name, column);
}

bool holds_spikes(const MergedTable& table, std::size_t index) {
  return !table.rows.empty() && all_are<SpikeList>(column_of(table, index));
}

}  // namespace bouton::runtime::hdf5
