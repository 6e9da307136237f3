#include "runtime/analysis/render_plot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace bouton::runtime {
namespace {

using testing::HasSubstr;
using testing::Not;

ResultTable table_of(const std::vector<std::pair<double, double>>& points) {
  ResultTable table{{"epoch", "kl"}, {}};
  for (const auto& [x, y] : points) table.rows.push_back({Value(x), Value(y)});
  return table;
}

TEST(RenderPlot, ShowsTheRangesOfBothAxes) {
  const std::string text =
      render_plot(table_of({{0, 2}, {10, 1}, {20, 0.5}}), "kl", "epoch", false);
  EXPECT_THAT(text, HasSubstr("kl vs epoch\n"));
  EXPECT_THAT(text, HasSubstr("        2 |o"));
  EXPECT_THAT(text, HasSubstr("      0.5 |"));
  EXPECT_THAT(text, HasSubstr("20\n"));
}

TEST(RenderPlot, BeginsANewCurveWhereXFallsBack) {
  const std::string text =
      render_plot(table_of({{0, 2}, {10, 1}, {0, 3}, {10, 0.5}}), "kl", "epoch", false);
  EXPECT_THAT(text, HasSubstr("        3 |x"));
  EXPECT_THAT(text, HasSubstr("o"));
}

TEST(RenderPlot, NamesCurvesByTheColumnThatTellsThemApart) {
  ResultTable table{{"lr", "epoch", "kl", "seed"}, {}};
  for (const double lr : {0.0, 0.5})
    for (const double epoch : {1.0, 2.0})
      table.rows.push_back({Value(lr), Value(epoch), Value(lr + epoch), Value(3.0)});
  EXPECT_THAT(render_plot(table, "kl", "epoch", false), HasSubstr("o lr = 0   x lr = 0.5\n"));
}

TEST(RenderPlot, CountsCurvesThatNoColumnTellsApart) {
  const std::string text =
      render_plot(table_of({{0, 2}, {10, 1}, {0, 3}, {10, 0.5}}), "kl", "epoch", false);
  EXPECT_THAT(text, HasSubstr("o curve 1   x curve 2\n"));
  EXPECT_THAT(render_plot(table_of({{0, 2}, {10, 1}}), "kl", "epoch", false),
              Not(HasSubstr("curve")));
}

TEST(RenderPlot, LeavesOutInfiniteNumbersAndSaysSo) {
  const double infinity = std::numeric_limits<double>::infinity();
  const std::string text =
      render_plot(table_of({{0, infinity}, {10, 1}, {20, 0.1}}), "kl", "epoch", true);
  EXPECT_THAT(text, HasSubstr("1 of 3 rows left out"));
  EXPECT_THAT(text, Not(HasSubstr("inf")));
}

TEST(RenderPlot, SaysWhereThereIsNothingToShow) {
  EXPECT_THAT(render_plot(table_of({}), "kl", "epoch", false), HasSubstr("no finite numbers"));
}

}  // namespace
}  // namespace bouton::runtime
