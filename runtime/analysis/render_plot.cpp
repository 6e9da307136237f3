#include "runtime/analysis/render_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "runtime/analysis/render_table.h"
#include "runtime/math/math.h"

namespace bouton::runtime {

namespace {

constexpr std::size_t kColumns = 64;
constexpr std::size_t kLines = 14;
constexpr std::string_view kMarks = "ox+*#@";

struct Point {
  double x = 0;
  double y = 0;
  std::size_t curve = 0;
};

struct Range {
  double low = 0;
  double high = 0;

  // The cell of a value among `cells`, the first for the lowest value.
  [[nodiscard]] std::size_t cell(double value, std::size_t cells) const {
    if (!(high > low)) return 0;
    const double share = (value - low) / (high - low);
    return std::min(cells - 1, static_cast<std::size_t>(share * static_cast<double>(cells)));
  }
};

double number_in(const ResultTable& table, std::size_t row, const std::string& name) {
  const auto column = std::ranges::find(table.names, name);
  if (column == table.names.end()) return std::nan("");
  const auto* tensor =
      table.rows[row][static_cast<std::size_t>(column - table.names.begin())].as<Tensor>();
  return tensor != nullptr && tensor->is_scalar() ? tensor->scalar() : std::nan("");
}

// The number of the curve that each row belongs to.
std::vector<std::size_t> curves_of(const ResultTable& table, const std::string& x) {
  std::vector<std::size_t> curves;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const bool falls_back = row > 0 && number_in(table, row, x) < number_in(table, row - 1, x);
    curves.push_back(row == 0 ? 0 : curves.back() + (falls_back ? 1 : 0));
  }
  return curves;
}

// What tells the curves apart: the first column with one value on each curve that is not the same
// on all of them. Empty if there is none.
std::string find_key(const ResultTable& table, const std::vector<std::size_t>& curves) {
  for (std::size_t column = 0; column < table.names.size(); ++column) {
    bool constant = true;
    bool differs = false;
    for (std::size_t row = 1; row < table.rows.size() && constant; ++row) {
      const bool same = table.rows[row][column] == table.rows[row - 1][column];
      constant = same || curves[row] != curves[row - 1];
      differs = differs || !same;
    }
    if (constant && differs) return table.names[column];
  }
  return "";
}

// `o lr_sal = 0   x lr_sal = 0.01`; nothing for a single curve.
std::string render_legend(const ResultTable& table, const std::vector<std::size_t>& curves) {
  if (curves.empty() || curves.back() == 0) return "";
  const std::string key = find_key(table, curves);
  const auto column =
      static_cast<std::size_t>(std::ranges::find(table.names, key) - table.names.begin());
  std::string legend;
  for (std::size_t row = 0; row < curves.size(); ++row) {
    if (row > 0 && curves[row] == curves[row - 1]) continue;
    const std::string name =
        key.empty() ? fmt::format("curve {}", curves[row] + 1)
                    : fmt::format("{} = {}", key, render_value(table.rows[row][column]));
    legend +=
        fmt::format("{}{} {}", row == 0 ? "" : "   ", kMarks[curves[row] % kMarks.size()], name);
  }
  return fmt::format("{:9}  {}\n", "", legend);
}

std::vector<Point> points_of(const ResultTable& table, const std::vector<std::size_t>& curves,
                             const std::string& y, const std::string& x, bool logarithmic) {
  std::vector<Point> points;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    Point point{number_in(table, row, x), number_in(table, row, y), curves[row]};
    if (logarithmic) point.y = point.y > 0 ? math::log(point.y) / math::log(10.0) : std::nan("");
    if (std::isfinite(point.x) && std::isfinite(point.y)) points.push_back(point);
  }
  return points;
}

template <typename Member>
Range range_of(const std::vector<Point>& points, Member member) {
  const auto [low, high] = std::ranges::minmax(points, {}, member);
  return {low.*member, high.*member};
}

[[nodiscard]] std::string label(double value, bool logarithmic) {
  return fmt::format("{:>9.3g}", logarithmic ? math::pow(10.0, value) : value);
}

ResultTable in_units(ResultTable table, const std::vector<ShownUnit>& units) {
  for (auto& row : table.rows)
    for (std::size_t i = 0; i < units.size(); ++i) row[i] = in_unit(std::move(row[i]), units[i]);
  return table;
}

// `rate (Hz)`
std::string with_unit(const ResultTable& table, const std::vector<ShownUnit>& units,
                      const std::string& name) {
  const auto column =
      static_cast<std::size_t>(std::ranges::find(table.names, name) - table.names.begin());
  const bool has_unit = column < units.size() && !units[column].name.empty();
  return has_unit ? fmt::format("{} ({})", name, units[column].name) : name;
}

}  // namespace

std::string render_plot(const ResultTable& recorded, const std::string& y, const std::string& x,
                        bool logarithmic, const std::vector<ShownUnit>& units) {
  const ResultTable table = in_units(recorded, units);
  const std::vector<std::size_t> curves = curves_of(table, x);
  const std::vector<Point> points = points_of(table, curves, y, x, logarithmic);
  std::string text = fmt::format("{} vs {}{}\n", with_unit(table, units, y),
                                 with_unit(table, units, x), logarithmic ? " (logarithmic)" : "");
  if (points.empty()) return text + "  no finite numbers\n";
  const Range xs = range_of(points, &Point::x);
  const Range ys = range_of(points, &Point::y);
  std::vector<std::string> grid(kLines, std::string(kColumns, ' '));
  for (const Point& point : points)
    grid[kLines - 1 - ys.cell(point.y, kLines)][xs.cell(point.x, kColumns)] =
        kMarks[point.curve % kMarks.size()];
  for (std::size_t line = 0; line < kLines; ++line) {
    const bool labelled = line == 0 || line + 1 == kLines;
    text += fmt::format(
        "{} |{}\n",
        labelled ? label(line == 0 ? ys.high : ys.low, logarithmic) : std::string(9, ' '),
        grid[line]);
  }
  text += fmt::format("{:9} +{}\n{:9}  {:<{}.6g}{:>{}.6g}\n", "", std::string(kColumns, '-'), "",
                      xs.low, kColumns / 2, xs.high, kColumns / 2);
  text += render_legend(table, curves);
  if (points.size() < table.rows.size())
    text += fmt::format("{:9}  {} of {} rows left out: no finite number\n", "",
                        table.rows.size() - points.size(), table.rows.size());
  return text;
}

}  // namespace bouton::runtime
