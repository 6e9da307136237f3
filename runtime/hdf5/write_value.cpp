#include "runtime/hdf5/write_value.h"

namespace bouton::runtime::hdf5 {
namespace {

// One overload per alternative of a value.
struct WriteValue {
  NewFile& file;
  hid_t parent;
  const std::string& name;

  Handle operator()(const Tensor& tensor) const {
    const auto extents = tensor.shape().extents();
    return file.add_whole<double>(parent, name, Cell::Number, {extents.begin(), extents.end()},
                                  tensor.data());
  }
  Handle operator()(bool truth) const {
    const std::uint8_t byte = truth ? 1 : 0;
    return file.add_whole<std::uint8_t>(parent, name, Cell::Truth, {}, {&byte, 1});
  }
  Handle operator()(const std::string& text) const {
    return file.add_whole<std::string>(parent, name, Cell::Text, {}, {&text, 1});
  }
  Handle operator()(const List& list) const {
    Handle group = file.add_group(parent, name);
    file.add_attribute(group.id(), "kind", std::string("list"));
    for (std::size_t i = 0; i < list.items.size(); ++i)
      write_value(file, group.id(), std::to_string(i), list.items[i]);
    return group;
  }
  Handle operator()(const Record& record) const {
    Handle group = file.add_group(parent, name);
    file.add_attribute(group.id(), "kind", std::string("record"));
    for (const auto& [field, value] : record.fields) write_value(file, group.id(), field, value);
    return group;
  }
  Handle operator()(const SpikeList& spikes) const {
    Handle group = file.add_group(parent, name);
    file.add_attribute(group.id(), "kind", std::string("spikes"));
    const std::vector<std::size_t> extents = {spikes.size()};
    file.add_whole<std::int64_t>(group.id(), "step", Cell::Integer, extents, spikes.step);
    file.add_whole<std::int64_t>(group.id(), "neuron", Cell::Integer, extents, spikes.neuron);
    return group;
  }
};

}  // namespace

Handle write_value(NewFile& file, hid_t parent, const std::string& name, const Value& value) {
  return std::visit(WriteValue{file, parent, name}, value.node);
}

}  // namespace bouton::runtime::hdf5
