#include "runtime/files/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "runtime/tensor/join.h"

namespace bouton::runtime {
namespace {

using nlohmann::json;

constexpr int kDeepestNesting = 64;

// What nlohmann-json throws ends here.
Result<json> parse_text(std::string_view text) {
  try {
    return json::parse(text.begin(), text.end());
  } catch (const json::parse_error& error) {
    return Error{fmt::format("it is no valid JSON: the mistake is at byte {}", error.byte)};
  } catch (const json::exception& error) {
    return Error{fmt::format("it is no valid JSON: {}", error.what())};
  }
}

std::string names_in(const json& object) {
  std::vector<std::string> names;
  for (const auto& [name, value] : object.items()) {
    if (names.size() == 10) return fmt::format("`{}`, ...", fmt::join(names, "`, `"));
    names.push_back(name);
  }
  return fmt::format("`{}`", fmt::join(names, "`, `"));
}

Result<const json*> step_into(const json& from, std::string_view part) {
  if (from.is_object()) {
    const auto found = from.find(std::string(part));
    if (found != from.end()) return &*found;
    return Error{fmt::format("there is no `{}`; there is {}", part, names_in(from))};
  }
  if (!from.is_array()) return Error{fmt::format("`{}` asks for a part of a single value", part)};
  std::size_t position = 0;
  const auto [end, failure] = std::from_chars(part.data(), part.data() + part.size(), position);
  if (failure != std::errc() || end != part.data() + part.size() || position >= from.size()) {
    return Error{fmt::format("`{}` is no position in an array of {}", part, from.size())};
  }
  return &from[position];
}

Result<const json*> follow(const json& whole, std::string_view path) {
  const json* here = &whole;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const Result<const json*> next = step_into(*here, path.substr(0, slash));
    if (!next) return next.error();
    here = *next;
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return here;
}

Value from_text(const std::string& text) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (text == "inf") return kInfinity;
  if (text == "-inf") return -kInfinity;
  if (text == "nan") return std::numeric_limits<double>::quiet_NaN();
  return text;
}

Result<Value> to_value(const json& node, int depth);

Result<Value> from_array(const json& array, int depth) {
  const auto is_number = [](const json& item) { return item.is_number(); };
  if (std::all_of(array.begin(), array.end(), is_number))
    return Value(Tensor::vector(array.get<std::vector<double>>()));
  std::vector<Value> items;
  for (const json& item : array) {
    Result<Value> value = to_value(item, depth + 1);
    if (!value) return value.error();
    items.push_back(std::move(*value));
  }
  return build_array(items);
}

Result<Value> from_object(const json& object, int depth) {
  Record record;
  for (const auto& [name, item] : object.items()) {
    Result<Value> value = to_value(item, depth + 1);
    if (!value) return value.error();
    record.fields.emplace_back(name, std::move(*value));
  }
  return Value(std::move(record));
}

Result<Value> to_value(const json& node, int depth) {
  if (depth > kDeepestNesting)
    return Error{fmt::format("it is nested more than {} deep", kDeepestNesting)};
  if (node.is_number()) return Value(node.get<double>());
  if (node.is_boolean()) return Value(node.get<bool>());
  if (node.is_string()) return from_text(node.get<std::string>());
  if (node.is_array()) return from_array(node, depth);
  if (node.is_object()) return from_object(node, depth);
  return Error{"a `null` has no value"};
}

}  // namespace

Result<Value> read_json(std::string_view text, std::string_view at) {
  const Result<json> whole = parse_text(text);
  if (!whole) return whole.error();
  const Result<const json*> part = follow(*whole, at);
  if (!part) return Error{fmt::format("at = \"{}\": {}", at, part.error().message)};
  return to_value(**part, 0);
}

}  // namespace bouton::runtime
