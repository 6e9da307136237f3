#include "runtime/files/json.h"

#include <gmock/gmock.h>

#include <limits>
#include <string>

namespace bouton::runtime {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kCases =
    R"({"cases": [{"weight": [[0, 1.5], [2, 0]], "tag": "n3", "dkl": "inf"}, {"ragged": [[1], [2, 3]], "gone": null}]})";

TEST(Json, APathLeadsToAMatrix) {
  EXPECT_EQ(*read_json(kCases, "cases/0/weight"), Value(Tensor(Shape{2, 2}, {0, 1.5, 2, 0})));
  EXPECT_EQ(*read_json(kCases, "cases/0/weight/1/0"), Value(2.0));
}

TEST(Json, TextsStayTextsButInfIsANumber) {
  EXPECT_EQ(*read_json(kCases, "cases/0/tag"), Value("n3"));
  EXPECT_EQ(*read_json(kCases, "cases/0/dkl"), Value(std::numeric_limits<double>::infinity()));
}

TEST(Json, ObjectsBecomeRecordsAndRaggedArraysLists) {
  const Value first = *read_json(kCases, "cases/0");
  ASSERT_NE(first.as<Record>(), nullptr);
  EXPECT_EQ(*first.as<Record>()->find("tag"), Value("n3"));
  const Value ragged = *read_json(kCases, "cases/1/ragged");
  EXPECT_EQ(ragged, Value(List{{Tensor::vector({1}), Tensor::vector({2, 3})}}));
}

TEST(Json, AnUnknownNameListsThoseThatExist) {
  EXPECT_EQ(read_json(kCases, "cases/0/weights").error().message,
            "at = \"cases/0/weights\": there is no `weights`; there is `dkl`, `tag`, `weight`");
}

TEST(Json, APositionBeyondTheArrayIsRefused) {
  EXPECT_THAT(read_json(kCases, "cases/2").error().message,
              HasSubstr("`2` is no position in an array of 2"));
  EXPECT_THAT(read_json(kCases, "cases/-1").error().message, HasSubstr("`-1` is no position"));
  EXPECT_THAT(read_json(kCases, "cases/0/tag/x").error().message,
              HasSubstr("part of a single value"));
}

TEST(Json, NullHasNoValue) {
  EXPECT_EQ(read_json(kCases, "cases/1/gone").error().message, "a `null` has no value");
}

TEST(Json, BrokenTextNamesTheByte) {
  EXPECT_EQ(read_json("[1, 2", "").error().message,
            "it is no valid JSON: the mistake is at byte 6");
  EXPECT_FALSE(read_json("", "").ok());
  EXPECT_FALSE(read_json("[NaN]", "").ok());
}

TEST(Json, DeepNestingIsAnErrorAndNoCrash) {
  const std::string deep = std::string(100000, '[') + std::string(100000, ']');
  EXPECT_EQ(read_json(deep, "").error().message, "it is nested more than 64 deep");
}

}  // namespace
}  // namespace bouton::runtime
