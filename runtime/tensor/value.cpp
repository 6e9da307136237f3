#include "runtime/tensor/value.h"

#include <fmt/format.h>

namespace bouton::runtime {
namespace {

struct Describe {
  std::string operator()(const Tensor& tensor) const {
    if (tensor.is_scalar()) return "a number";
    return fmt::format("an array of shape {}", print_shape(tensor.shape()));
  }
  std::string operator()(bool) const { return "a truth value"; }
  std::string operator()(const std::string&) const { return "a text"; }
  std::string operator()(const List& list) const {
    return fmt::format("a list of {}", list.items.size());
  }
  std::string operator()(const Record&) const { return "a record"; }
  std::string operator()(const SpikeList& spikes) const {
    return fmt::format("a list of {} spikes", spikes.size());
  }
};

}  // namespace

bool operator==(const List& left, const List& right) { return left.items == right.items; }
bool operator==(const Record& left, const Record& right) { return left.fields == right.fields; }

const Value* Record::find(std::string_view name) const {
  for (const auto& [field, value] : fields) {
    if (field == name) return &value;
  }
  return nullptr;
}

std::string describe(const Value& value) { return std::visit(Describe{}, value.node); }

}  // namespace bouton::runtime
