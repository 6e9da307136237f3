#include "runtime/tensor/access.h"

#include <gmock/gmock.h>

#include <limits>

namespace bouton::runtime {
namespace {

using ::testing::HasSubstr;

const Tensor kMatrix(Shape{2, 3}, {1, 2, 3, 4, 5, 6});

Result<Tensor> part_of(const Tensor& tensor, std::vector<Subscript> subscripts) {
  return read_part(tensor, subscripts);
}

TEST(Access, AnIndexDropsItsAxisAndASliceKeepsIt) {
  EXPECT_EQ(*part_of(kMatrix, {std::int64_t{1}}), Tensor::vector({4, 5, 6}));
  EXPECT_EQ(*part_of(kMatrix, {std::int64_t{1}, std::int64_t{2}}), Tensor(6.0));
  EXPECT_EQ(*part_of(kMatrix, {Slice{0, 1}, std::int64_t{0}}), Tensor::vector({1, 4}));
  EXPECT_EQ(*part_of(kMatrix, {Slice{0, 0}}), Tensor(Shape{1, 3}, {1, 2, 3}));
}

TEST(Access, ASliceIncludesBothEnds) {
  EXPECT_EQ(*part_of(Tensor::vector({5, 6, 7, 8}), {Slice{1, 3}}), Tensor::vector({6, 7, 8}));
}

TEST(Access, ASliceThatEndsBeforeItsStartIsEmpty) {
  EXPECT_EQ(part_of(kMatrix, {Slice{1, 0}})->shape(), (Shape{0, 3}));
}

TEST(Access, AnIndexOutsideTheArrayNamesAxisAndSize) {
  const Result<Tensor> part = part_of(kMatrix, {std::int64_t{1}, std::int64_t{3}});
  ASSERT_FALSE(part.ok());
  EXPECT_EQ(part.error().message, "index 3 is outside axis 1, which has 3 elements");
  EXPECT_EQ(part_of(kMatrix, {std::int64_t{-1}}).error().message,
            "index -1 is outside axis 0, which has 2 elements");
  EXPECT_FALSE(part_of(kMatrix, {Slice{0, 2}}).ok());
}

TEST(Access, MoreSubscriptsThanAxesAreRefused) {
  EXPECT_EQ(part_of(Tensor(1.0), {std::int64_t{0}}).error().message, "1 subscripts for a number");
}

TEST(Access, WritingAColumnLeavesTheOthersAlone) {
  const std::vector<Subscript> column{Slice{0, 1}, std::int64_t{1}};
  EXPECT_EQ(*with_part(kMatrix, column, Tensor::vector({8, 9})),
            Tensor(Shape{2, 3}, {1, 8, 3, 4, 9, 6}));
  EXPECT_EQ(*with_part(kMatrix, column, Tensor(0.0)), Tensor(Shape{2, 3}, {1, 0, 3, 4, 0, 6}));
}

TEST(Access, WritingAPartOfAnotherShapeIsRefused) {
  const std::vector<Subscript> column{Slice{0, 1}, std::int64_t{1}};
  EXPECT_EQ(with_part(kMatrix, column, Tensor::vector({8, 9, 10})).error().message,
            "an array of shape [3] cannot be assigned to a part of shape [2]");
}

TEST(Access, RangesIncludeBothEnds) {
  EXPECT_EQ(*range(1, 4), Tensor::vector({1, 2, 3, 4}));
  EXPECT_EQ(range(0, 1, 0.2)->size(), 6U);
  EXPECT_DOUBLE_EQ((*range(0, 1, 0.2))[5], 1.0);
  EXPECT_EQ(*range(3, 1, -1), Tensor::vector({3, 2, 1}));
}

TEST(Access, ARangeOfALoopHoldsNoArrayOfItsNumbers) {
  const auto range = make_range(5, 4e15, 0.5);
  ASSERT_TRUE(range.ok());
  EXPECT_EQ(range->count, 7999999999999991U);
  EXPECT_EQ((*range)[range->count - 1], 4e15);
  EXPECT_FALSE(elements_of(*range).ok());
  EXPECT_FALSE(make_range(0, 1e16).ok());
}

TEST(Access, ARangeThatEndsBeforeItsStartIsEmpty) { EXPECT_EQ(range(1, 0)->size(), 0U); }

TEST(Access, ARangeOfBrokenStepsIsRefused) {
  EXPECT_THAT(range(0, 1, 0.3).error().message, HasSubstr("not a whole number"));
  EXPECT_FALSE(range(0, 1, 0).ok());
  EXPECT_FALSE(range(0, std::numeric_limits<double>::infinity()).ok());
}

TEST(Access, AnAlmostWholeNumberIsAnIndexAndAHalfIsNot) {
  EXPECT_EQ(*whole_number(3.0000000001), 3);
  EXPECT_EQ(whole_number(2.5).error().message, "2.5 is not a whole number");
  EXPECT_FALSE(whole_number(std::numeric_limits<double>::quiet_NaN()).ok());
}

TEST(Access, IterationTakesRowsOfAMatrixAndItemsOfAList) {
  EXPECT_EQ(*length_of(Value(kMatrix)), 2U);
  EXPECT_EQ(*item_of(Value(kMatrix), 1), Value(Tensor::vector({4, 5, 6})));
  const Value list(List{{Value("sal"), Value("bp")}});
  EXPECT_EQ(*item_of(list, 1), Value("bp"));
  EXPECT_FALSE(item_of(list, 2).ok());
  EXPECT_FALSE(length_of(Value(1.0)).ok());
}

TEST(Access, SpikeListsAreSlicedBySpikeNumber) {
  const Value spikes(SpikeList{{1, 2, 5}, {0, 2, 1}});
  const std::vector<Subscript> last_two{Slice{1, 2}};
  EXPECT_EQ(*read_part(spikes, last_two), Value(SpikeList{{2, 5}, {2, 1}}));
}

}  // namespace
}  // namespace bouton::runtime
