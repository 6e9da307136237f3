#include "runtime/analysis/results.h"

#include <gtest/gtest.h>

#include <limits>

#include "runtime/analysis/render_table.h"
#include "runtime/analysis/result_hash.h"

namespace bouton::runtime {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Results one_row(Value value, const std::string& name = "x") {
  Results results;
  record_row(results, {{name, std::move(value)}});
  return results;
}

TEST(Results, RowsOfTheSameNamesShareATableWhateverTheirOrder) {
  Results results;
  EXPECT_EQ(record_row(results, {{"epoch", 0.0}, {"kl", 0.5}}), 0U);
  EXPECT_EQ(record_row(results, {{"kl", 0.25}, {"epoch", 1.0}}), 0U);
  ASSERT_EQ(results.tables.size(), 1U);
  EXPECT_EQ(results.tables[0].rows[1], (std::vector<Value>{1.0, 0.25}));
}

TEST(Results, AnotherSetOfNamesOpensAnotherTable) {
  Results results;
  record_row(results, {{"epoch", 0.0}, {"kl", 0.5}});
  EXPECT_EQ(record_row(results, {{"epoch", 0.0}}), 1U);
  EXPECT_EQ(record_row(results, {{"epoch", 0.0}, {"loss", 0.5}}), 2U);
}

TEST(ResultHash, OfNothingIsFixedForEver) {
  EXPECT_EQ(print_hash(hash_results({})), "a8c7f832281a39c5");  // FNV-1a of eight zero bytes
}

TEST(ResultHash, SeesNamesShapesAndTheLastBit) {
  const std::uint64_t hash = hash_results(one_row(1.0));
  EXPECT_EQ(hash_results(one_row(1.0)), hash);
  EXPECT_NE(hash_results(one_row(1.0 + 0x1p-52)), hash);
  EXPECT_NE(hash_results(one_row(1.0, "y")), hash);
  EXPECT_NE(hash_results(one_row(Tensor::vector({1.0}))), hash);
  EXPECT_NE(hash_results(one_row(Tensor(Shape{1, 2}, {1, 2}))),
            hash_results(one_row(Tensor(Shape{2, 1}, {1, 2}))));
  EXPECT_NE(hash_results(one_row(0.0)), hash_results(one_row(-0.0)));
}

TEST(ResultHash, SeesTheOrderOfRows) {
  Results forth;
  record_row(forth, {{"x", 1.0}});
  record_row(forth, {{"x", 2.0}});
  Results back;
  record_row(back, {{"x", 2.0}});
  record_row(back, {{"x", 1.0}});
  EXPECT_NE(hash_results(forth), hash_results(back));
}

TEST(ResultHash, CountsEveryNanAsTheSame) {
  EXPECT_EQ(hash_results(one_row(kNan)), hash_results(one_row(-kNan)));
}

TEST(ResultHash, ReadsTextsListsRecordsAndSpikes) {
  const Value values[] = {Value("sal"),
                          Value(true),
                          Value(List{{1.0}}),
                          Value(Record{{{"p", 1.0}}}),
                          Value(SpikeList{{1}, {0}}),
                          Value(SpikeList{{0}, {1}})};
  for (std::size_t i = 0; i < std::size(values); ++i) {
    for (std::size_t j = 0; j < i; ++j)
      EXPECT_NE(hash_results(one_row(values[i])), hash_results(one_row(values[j])));
  }
}

TEST(RenderTable, AlignsColumnsToTheRight) {
  Results results;
  record_row(results,
             {{"epoch", 0.0}, {"kl", std::numeric_limits<double>::infinity()}, {"method", "sal"}});
  record_row(results, {{"epoch", 500.0}, {"kl", 0.123456789}, {"method", "bp"}});
  EXPECT_EQ(render_table(results.tables[0]),
            "epoch        kl  method\n"
            "    0       inf     sal\n"
            "  500  0.123457      bp\n");
}

TEST(RenderTable, ShowsTheEndsOfALongTable) {
  Results results;
  for (int i = 0; i < 100; ++i) record_row(results, {{"i", static_cast<double>(i)}});
  const std::string text = render_table(results.tables[0]);
  EXPECT_NE(text.find(" 19\n...\n 80\n"), std::string::npos) << text;
}

TEST(RenderTable, SaysLargeValuesInShort) {
  EXPECT_EQ(render_value(Tensor::vector({1, 2.5, -3})), "[1, 2.5, -3]");
  EXPECT_EQ(render_value(Tensor(Shape{2, 2}, {0, 1, 2, 3})), "[[0, 1], [2, 3]]");
  EXPECT_EQ(render_value(Tensor(Shape{3, 1}, {0, 1, kNan})), "[[0], [1], [nan]]");
  EXPECT_EQ(render_value(Tensor(Shape{2, 5}, 1.5)), "[2, 5] mean 1.5 in 1.5 .. 1.5");
  EXPECT_EQ(render_value(Tensor(Shape{10}, kNan)), "[10] with nan");
  EXPECT_EQ(render_value(Tensor(Shape{0, 2})), "[0, 2]");
  EXPECT_EQ(render_value(SpikeList{{1, 2}, {0, 0}}), "2 spikes");
}

}  // namespace
}  // namespace bouton::runtime
