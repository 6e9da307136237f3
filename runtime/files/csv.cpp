#include "runtime/files/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>
#include <string>
#include <vector>

namespace bouton::runtime {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    return text.substr(1, text.size() - 2);
  return text;
}

// Takes the next line off `text`.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

void split_fields(std::string_view line, std::vector<std::string_view>& fields) {
  fields.clear();
  for (;;) {
    const std::size_t comma = line.find(',');
    fields.push_back(trimmed(line.substr(0, comma)));
    if (comma == std::string_view::npos) return;
    line.remove_prefix(comma + 1);
  }
}

bool has_wildcard(std::string_view pattern) {
  return pattern.find_first_of("*?") != std::string_view::npos;
}

// `*` is any text, `?` any one character. The last `*` seen is the only one worth going back to.
bool matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

struct Columns {
  std::vector<std::string> names;   // of all columns
  std::vector<std::size_t> chosen;  // ascending
  bool as_vector = false;
};

Result<double> parse_number(std::string_view field) {
  if (field.empty()) return Error{"a value is missing: every value has to be a number"};
  double number = 0.0;
  const std::string_view digits = field.starts_with('+') ? field.substr(1) : field;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (failure == std::errc::result_out_of_range)
    return Error{fmt::format("`{}` is out of range", field)};
  if (failure != std::errc() || end != digits.data() + digits.size()) {
    const bool other = field.find_first_of(";\t") != std::string_view::npos;
    return Error{fmt::format("`{}` is not a number{}", field.substr(0, 40),
                             other ? "; commas are expected between values" : "")};
  }
  if (std::isnan(number))
    return Error{fmt::format("`{}` is not allowed: every value has to be a number", field)};
  return number;
}

// 0, 1, 2, …: what some programs name columns that have no names.
bool counts_up(const std::vector<std::string_view>& names) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] != std::to_string(i)) return false;
  return names.size() > 1;
}

bool is_number(std::string_view name) {
  return name.find_first_of("0123456789") != std::string_view::npos && parse_number(name).ok();
}

// A first line without names would be lost. Names in quotes may look like numbers.
std::optional<Error> check_header(std::string_view header) {
  if (header.find('"') != std::string_view::npos) return std::nullopt;
  const std::size_t end = header.find('\r');
  if (end != std::string_view::npos &&
      header.find_first_not_of('\r', end) != std::string_view::npos)
    return Error{"lines end with CR alone: they have to end with LF or CR LF"};
  std::vector<std::string_view> names;
  split_fields(header, names);
  if (counts_up(names) || !std::ranges::all_of(names, is_number)) return std::nullopt;
  return Error{
      "the first line holds numbers, where the names of the columns are expected: put a line of "
      "names above it, or names in quotes if these are the names"};
}

Result<Columns> choose_columns(std::string_view header, std::optional<std::string_view> pattern) {
  std::vector<std::string_view> names;
  split_fields(header, names);
  Columns columns;
  columns.names.assign(names.begin(), names.end());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!pattern || matches(*pattern, names[i])) columns.chosen.push_back(i);
  }
  if (columns.chosen.empty()) {
    return Error{
        fmt::format("no column is named `{}`; there are `{}`", *pattern, fmt::join(names, "`, `"))};
  }
  const bool by_name = pattern && !has_wildcard(*pattern);
  if (by_name && columns.chosen.size() > 1)
    return Error{fmt::format("two columns are named `{}`", *pattern)};
  columns.as_vector = by_name || (!pattern && names.size() == 1);
  return columns;
}

// Appends the chosen numbers of one line.
std::optional<Error> read_row(std::span<const std::string_view> fields, const Columns& columns,
                              std::size_t line_number, std::vector<double>& into) {
  if (fields.size() != columns.names.size()) {
    return Error{fmt::format("line {} has {} {}, the header {}", line_number, fields.size(),
                             fields.size() == 1 ? "field" : "fields", columns.names.size())};
  }
  for (const std::size_t column : columns.chosen) {
    const Result<double> number = parse_number(fields[column]);
    if (!number) {
      return Error{fmt::format("line {}, column `{}`: {}", line_number, columns.names[column],
                               number.error().message)};
    }
    into.push_back(*number);
  }
  return std::nullopt;
}

}  // namespace

Result<Tensor> read_csv(std::string_view text, std::optional<std::string_view> pattern) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (trimmed(text.substr(0, text.find('\n'))).empty())
    return Error{"the first line has no column names"};
  const std::string_view header = take_line(text);
  if (auto error = check_header(header)) return *std::move(error);
  const Result<Columns> columns = choose_columns(header, pattern);
  if (!columns) return columns.error();
  std::vector<double> numbers;
  std::vector<std::string_view> fields;
  for (std::size_t line_number = 2; !text.empty(); ++line_number) {
    const std::string_view line = take_line(text);
    if (trimmed(line).empty() && trimmed(text).empty()) break;  // empty lines at the end
    split_fields(line, fields);
    if (const auto error = read_row(fields, *columns, line_number, numbers)) return *error;
  }
  const std::size_t rows = numbers.size() / columns->chosen.size();
  const std::vector<std::size_t> extents =
      columns->as_vector ? std::vector{rows} : std::vector{rows, columns->chosen.size()};
  const Result<Shape> shape = make_shape(extents);
  if (!shape) return shape.error();
  return Tensor(*shape, std::move(numbers));
}

}  // namespace bouton::runtime
