#include "runtime/analysis/render_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/tensor/sum_of.h"

namespace bouton::runtime {
namespace {

// Vectors and matrices up to this size are written in full.
constexpr std::size_t kMostElementsShown = 9;

// The sign of a nan carries no meaning.
std::string render_number(double number) {
  return std::isnan(number) ? "nan" : fmt::format("{:.6g}", number);
}

// A row of a matrix, or all of a vector.
std::string render_row(std::span<const double> row) {
  std::vector<std::string> numbers;
  for (const double number : row) numbers.push_back(render_number(number));
  return fmt::format("[{}]", fmt::join(numbers, ", "));
}

std::string render_in_full(const Tensor& array) {
  const std::span<const double> numbers = array.data();
  if (array.rank() == 1) return render_row(numbers);
  const std::size_t columns = array.shape()[1];
  std::vector<std::string> rows;
  for (std::size_t begin = 0; begin < numbers.size(); begin += columns)
    rows.push_back(render_row(numbers.subspan(begin, columns)));
  return fmt::format("[{}]", fmt::join(rows, ", "));
}

std::string render_summary(const Tensor& array) {
  const std::string shape = print_shape(array.shape());
  if (array.size() == 0) return shape;
  const auto [low, high] = std::minmax_element(array.data().begin(), array.data().end());
  const bool has_nan =
      std::any_of(array.data().begin(), array.data().end(), [](double x) { return std::isnan(x); });
  if (has_nan) return shape + " with nan";
  const double mean = sum_of(array.data()) / static_cast<double>(array.size());
  return fmt::format("{} mean {:.3g} in {:.3g} .. {:.3g}", shape, mean, *low, *high);
}

struct Render {
  std::string operator()(const Tensor& tensor) const {
    if (tensor.is_scalar()) return render_number(tensor.scalar());
    const bool is_short =
        tensor.rank() <= 2 && tensor.size() > 0 && tensor.size() <= kMostElementsShown;
    return is_short ? render_in_full(tensor) : render_summary(tensor);
  }
  std::string operator()(bool truth) const { return truth ? "true" : "false"; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const List& list) const {
    return fmt::format("{} items", list.items.size());
  }
  std::string operator()(const Record& record) const {
    return fmt::format("record of {}", record.fields.size());
  }
  std::string operator()(const SpikeList& spikes) const {
    return fmt::format("{} spikes", spikes.size());
  }
};

using Cells = std::vector<std::vector<std::string>>;

// The header, then the rows shown; the row left out in the middle is one of dots.
Cells cells_of(const ResultTable& table, const std::vector<ShownUnit>& units) {
  const auto unit_of = [&](std::size_t i) { return i < units.size() ? units[i] : ShownUnit{}; };
  Cells cells{table.names};
  for (std::size_t i = 0; i < table.names.size(); ++i)
    if (!unit_of(i).name.empty()) cells[0][i] += fmt::format(" ({})", unit_of(i).name);
  const std::size_t shown = kMostRowsShown / 2;
  const bool all = table.rows.size() <= kMostRowsShown;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (!all && row >= shown && row < table.rows.size() - shown) {
      if (row == shown) cells.emplace_back(table.names.size(), "...");
      continue;
    }
    std::vector<std::string>& line = cells.emplace_back();
    for (std::size_t i = 0; i < table.rows[row].size(); ++i)
      line.push_back(render_value(in_unit(table.rows[row][i], unit_of(i))));
  }
  return cells;
}

}  // namespace

std::string render_value(const Value& value) { return std::visit(Render{}, value.node); }

std::string render_printed(const Value& value, const std::string& unit) {
  if (const auto* text = value.as<std::string>()) return *text;
  return render_in_unit(value, shown_unit(unit));
}

std::string render_in_unit(const Value& value, const ShownUnit& unit) {
  const std::string number = render_value(in_unit(value, unit));
  return unit.name.empty() ? number : number + " " + unit.name;
}

std::string render_table(const ResultTable& table, const std::vector<ShownUnit>& units) {
  const Cells cells = cells_of(table, units);
  std::vector<std::size_t> widths(table.names.size(), 0);
  for (const auto& line : cells) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  std::string text;
  for (const auto& line : cells) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      text += fmt::format("{}{:>{}}", i == 0 ? "" : "  ", line[i], widths[i]);
    }
    text += '\n';
  }
  return text;
}

}  // namespace bouton::runtime
