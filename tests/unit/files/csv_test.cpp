#include "runtime/files/csv.h"

#include <gtest/gtest.h>

namespace bouton::runtime {
namespace {

constexpr std::string_view kTape = "t,u_1,u_2,rate_1\n0,0.5,0.25,1\n1,0.75,0.125,2\n";

TEST(Csv, APatternTakesItsColumnsInTheOrderOfTheFile) {
  EXPECT_EQ(*read_csv(kTape, "u_*"), Tensor(Shape{2, 2}, {0.5, 0.25, 0.75, 0.125}));
  EXPECT_EQ(*read_csv(kTape, "?"), Tensor(Shape{2, 1}, {0, 1}));
  EXPECT_EQ(*read_csv(kTape, "*_1"), Tensor(Shape{2, 2}, {0.5, 1, 0.75, 2}));
}

TEST(Csv, ANameGivesAVector) { EXPECT_EQ(*read_csv(kTape, "rate_1"), Tensor::vector({1, 2})); }

TEST(Csv, WithoutColumnsTheWholeFileIsRead) {
  EXPECT_EQ(read_csv(kTape, std::nullopt)->shape(), (Shape{2, 4}));
  EXPECT_EQ(*read_csv("x\n1\n2\n3\n", std::nullopt), Tensor::vector({1, 2, 3}));
}

TEST(Csv, AFileWithoutRowsIsAnEmptyArray) {
  EXPECT_EQ(read_csv("t,u\n", "*")->shape(), (Shape{0, 2}));
}

TEST(Csv, LineEndsOfWindowsQuotesAndSignsAreRead) {
  EXPECT_EQ(*read_csv("\xef\xbb\xbf\"x\", y\r\n+1e-3,-2\r\n\r\n", "x"), Tensor::vector({0.001}));
}

TEST(Csv, NumbersReadBackExactly) {
  EXPECT_EQ((*read_csv("x\n0.19915482634778592\n", "x"))[0], 0.19915482634778592);
}

TEST(Csv, AnUnknownColumnListsThoseThatExist) {
  EXPECT_EQ(read_csv(kTape, "v_*").error().message,
            "no column is named `v_*`; there are `t`, `u_1`, `u_2`, `rate_1`");
}

TEST(Csv, TextNamesLineAndColumn) {
  EXPECT_EQ(read_csv("train,k\nT1,0\n", "train").error().message,
            "line 2, column `train`: `T1` is not a number");
  EXPECT_EQ(*read_csv("train,k\nT1,0\n", "k"), Tensor::vector({0}));
  EXPECT_EQ(read_csv("x,y\n1,2\n3,\n", "y").error().message,
            "line 3, column `y`: a value is missing: every value has to be a number");
  EXPECT_EQ(read_csv("x\n1e999\n", "x").error().message,
            "line 2, column `x`: `1e999` is out of range");
}

TEST(Csv, AFirstLineOfNumbersIsNotLost) {
  EXPECT_EQ(read_csv("1,0\n0,1\n", std::nullopt).error().message,
            "the first line holds numbers, where the names of the columns are expected: put a line "
            "of names above it, or names in quotes if these are the names");
  EXPECT_EQ(*read_csv("0,1\n5,6\n", "1"), Tensor::vector({6}));  // as pandas names columns
  EXPECT_EQ(*read_csv("inf\n5\n", std::nullopt), Tensor::vector({5}));
  EXPECT_EQ(*read_csv("\"0\",\"1\"\n5,6\n", std::nullopt), Tensor(Shape{1, 2}, {5, 6}));
  EXPECT_EQ(*read_csv("x,1\n5,6\n", "1"), Tensor::vector({6}));
}

TEST(Csv, OtherSeparatorsAndLineEndsAreNamed) {
  EXPECT_EQ(read_csv("x;y\n1;2\n", std::nullopt).error().message,
            "line 2, column `x;y`: `1;2` is not a number; commas are expected between values");
  EXPECT_EQ(read_csv("x\r1\r2\r", std::nullopt).error().message,
            "lines end with CR alone: they have to end with LF or CR LF");
  EXPECT_EQ(*read_csv("x\r\r\n1\r\r\n", std::nullopt), Tensor::vector({1}));
}

TEST(Csv, ARaggedRowNamesItsLine) {
  EXPECT_EQ(read_csv("x,y\n1,2\n3\n", "x").error().message, "line 3 has 1 field, the header 2");
  EXPECT_EQ(read_csv("x,y\n1,2\n\n3,4\n", "x").error().message, "line 3 has 1 field, the header 2");
}

TEST(Csv, NanIsRefusedAndInfinityIsNot) {
  EXPECT_EQ(read_csv("x\nnan\n", "x").error().message,
            "line 2, column `x`: `nan` is not allowed: every value has to be a number");
  EXPECT_TRUE(read_csv("x\ninf\n", "x").ok());
}

TEST(Csv, AnEmptyFileHasNoColumnNames) {
  EXPECT_EQ(read_csv("", std::nullopt).error().message, "the first line has no column names");
}

TEST(Csv, AColumnNamedTwiceIsAmbiguous) {
  EXPECT_EQ(read_csv("x,x\n1,2\n", "x").error().message, "two columns are named `x`");
}

}  // namespace
}  // namespace bouton::runtime
