#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <string_view>
#include <vector>

#include "compiler/base/match.h"
#include "compiler/elaborate/dump_parts.h"
#include "compiler/model/builtins.h"
#include "runtime/tensor/shape.h"

namespace bouton::elaborate {

namespace {

constexpr std::size_t kWrittenOut = 16;

// 64-bit FNV-1a over the bytes of every element, so that arrays which differ in one bit of one
// element have different dumps.
template <typename Number>
std::uint64_t hash_bits(std::span<const Number> numbers) {
  constexpr std::uint64_t kOffset = 0xcbf29ce484222325U;
  constexpr std::uint64_t kPrime = 0x100000001b3U;
  std::uint64_t hash = kOffset;
  for (const Number number : numbers) {
    const auto bits = std::bit_cast<std::uint64_t>(number);
    for (unsigned shift = 0; shift < 64; shift += 8)
      hash = (hash ^ ((bits >> shift) & 0xffU)) * kPrime;
  }
  return hash;
}

std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

template <typename Number>
std::string shorten(std::span<const Number> numbers, const std::string& shape) {
  const auto [least, greatest] = std::ranges::minmax_element(numbers);
  return fmt::format("{} in {} .. {}, bits {:016x}", shape, *least, *greatest, hash_bits(numbers));
}

template <typename Number>
std::string dump_numbers(std::span<const Number> numbers) {
  if (numbers.size() > kWrittenOut) return shorten(numbers, fmt::format("[{}]", numbers.size()));
  std::vector<std::string> written;
  for (const Number number : numbers) written.push_back(fmt::format("{}", number));
  return "[" + join(written) + "]";
}

// Row-major, nested as the language writes it; `extents` are those of the axes that are left.
std::string write_out(std::span<const double> numbers, std::span<const std::size_t> extents) {
  if (extents.empty()) return fmt::format("{}", numbers.front());
  std::vector<std::string> rows;
  const std::size_t length = extents.front() == 0 ? 0 : numbers.size() / extents.front();
  for (std::size_t row = 0; row < extents.front(); ++row)
    rows.push_back(write_out(numbers.subspan(row * length, length), extents.subspan(1)));
  return "[" + join(rows) + "]";
}

std::string dump_tensor(const runtime::Tensor& tensor) {
  if (tensor.size() == 0) return runtime::print_shape(tensor.shape()) + " without elements";
  if (tensor.size() <= kWrittenOut) return write_out(tensor.data(), tensor.shape().extents());
  return shorten<double>(tensor.data(), runtime::print_shape(tensor.shape()));
}

std::string dump_list(const runtime::List& list) {
  std::vector<std::string> items;
  for (const runtime::Value& item : list.items) items.push_back(dump_value(item));
  return "list(" + join(items) + ")";
}

std::string dump_record(const runtime::Record& record) {
  std::vector<std::string> fields;
  for (const auto& [name, value] : record.fields)
    fields.push_back(name + " = " + dump_value(value));
  return "record(" + join(fields) + ")";
}

std::string dump_function(const FunctionValue& value, const model::Program& program) {
  return match(
      value.function, [](model::BuiltinId id) { return std::string(model::builtin(id).name); },
      [&](model::FunctionId id) { return program.functions[id].name; });
}

}  // namespace

std::string dump_array(std::span<const double> numbers) { return dump_numbers(numbers); }
std::string dump_array(std::span<const std::int64_t> numbers) { return dump_numbers(numbers); }

std::string dump_value(const runtime::Value& value) {
  return match(
      value.node, [](const runtime::Tensor& tensor) { return dump_tensor(tensor); },
      [](bool truth) -> std::string { return truth ? "true" : "false"; },
      [](const std::string& text) { return fmt::format("\"{}\"", text); },
      [](const runtime::List& list) { return dump_list(list); },
      [](const runtime::Record& record) { return dump_record(record); },
      [](const runtime::SpikeList& spikes) {
        return "spikes(steps " + dump_array(spikes.step) + ", neurons " +
               dump_array(spikes.neuron) + ")";
      });
}

void dump_parameters(const ParameterValues& parameters, const model::Scope& scope,
                     const model::Program& program, model::Outline& outline) {
  for (const ParameterValue& parameter : parameters) {
    const model::Symbol& symbol = scope[parameter.symbol];
    const std::string value = match(
        parameter.value, [](const runtime::Tensor& tensor) { return dump_tensor(tensor); },
        [&](const FunctionValue& function) { return dump_function(function, program); });
    outline.line(symbol.name + ": " + model::describe(symbol.type) + " = " + value);
  }
}

}  // namespace bouton::elaborate
