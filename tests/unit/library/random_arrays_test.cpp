#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "runtime/library/arc_cosine.h"
#include "runtime/random/draws.h"
#include "runtime/random/uniform.h"
#include "tests/unit/library/call.h"

namespace bouton::runtime {
namespace {

const RandomCall kCall{9002, random::stream_of("Sampling/W.w", random::DrawKind::Normal), 0};
const Value kManyNumbers = Tensor::vector({100000});

Tensor draw_array(std::string_view name, const std::vector<Value>& arguments,
                  RandomCall random = kCall) {
  const Result<Value> value = call(name, arguments, random);
  EXPECT_TRUE(value.ok()) << value.error().message;
  return *value->as<Tensor>();
}

double mean(const Tensor& numbers) { return call("mean", {numbers})->as<Tensor>()->scalar(); }
double variance(const Tensor& numbers) {
  return call("variance", {numbers})->as<Tensor>()->scalar();
}

TEST(RandomArrays, ElementsAreTwoWordDrawsAtTheirRowMajorPosition) {
  const Tensor numbers = draw_array("uniform", {-1.0, 1.0, Tensor::vector({3, 5})});
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::uint64_t words = random::draw_two_words(std::uint64_t{9002}, kCall.stream.bits,
                                                       std::uint64_t{i}, std::uint64_t{0});
    EXPECT_EQ(numbers[i], -1.0 + 2.0 * random::uniform53(words));
  }
}

TEST(RandomArrays, ASmallerArrayIsTheBeginningOfALargerOne) {
  const Tensor few = draw_array("normal", {0.0, 1.0, Tensor::vector({3})});
  const Tensor many = draw_array("normal", {0.0, 1.0, Tensor::vector({7})});
  for (std::size_t i = 0; i < few.size(); ++i) EXPECT_EQ(few[i], many[i]);
}

TEST(RandomArrays, SeedStreamAndOrdinalAllMatter) {
  const std::vector<Value> arguments{0.0, 1.0, Tensor::vector({4})};
  const Tensor base = draw_array("uniform", arguments);
  RandomCall other = kCall;
  other.seed = 9003;
  EXPECT_NE(draw_array("uniform", arguments, other), base);
  other = kCall;
  other.reached = 1;
  EXPECT_NE(draw_array("uniform", arguments, other), base);
  other = kCall;
  other.stream.bits ^= 1;
  EXPECT_NE(draw_array("uniform", arguments, other), base);
  EXPECT_EQ(draw_array("uniform", arguments), base);
}

// Bounds of five standard errors for 10^5 numbers at this fixed seed.
TEST(RandomArrays, UniformNumbersFillTheirInterval) {
  const Tensor numbers = draw_array("uniform", {2.0, 4.0, kManyNumbers});
  EXPECT_NEAR(mean(numbers), 3.0, 5 * std::sqrt(1.0 / 3 / 1e5));
  const auto [low, high] = std::minmax_element(numbers.data().begin(), numbers.data().end());
  EXPECT_GT(*low, 2.0);
  EXPECT_LT(*high, 4.0);
}

TEST(RandomArrays, NormalNumbersHaveTheirMeanAndDeviation) {
  const Tensor numbers = draw_array("normal", {1.0, 0.5, kManyNumbers});
  EXPECT_NEAR(mean(numbers), 1.0, 5 * 0.5 / std::sqrt(1e5));
  EXPECT_NEAR(variance(numbers), 0.25, 5 * 0.25 * std::sqrt(2 / 1e5));
}

TEST(RandomArrays, TruncatedNormalNumbersStayWithinTheirBound) {
  const Tensor numbers = draw_array("truncated_normal", {1.0, 0.2, 0.3, kManyNumbers});
  for (const double number : numbers.data()) ASSERT_LE(std::fabs(number - 1.0), 0.3 + 1e-15);
  // Cut at 1.5 deviations the variance is 1 - 2*1.5*phi(1.5)/(2 Phi(1.5) - 1) = 0.5515 of the uncut
  // one.
  EXPECT_NEAR(variance(numbers), 0.04 * 0.5515, 5 * 0.04 * 0.5515 * std::sqrt(2 / 1e5));
}

TEST(RandomArrays, ATruncatedNormalWithoutDeviationIsItsMean) {
  EXPECT_EQ(draw_array("truncated_normal", {1.0, 0.0, 0.0, Tensor::vector({2})}),
            Tensor::vector({1, 1}));
}

TEST(RandomArrays, ImpossibleLawsAreRefused) {
  const Value shape = Tensor::vector({2});
  EXPECT_EQ(call("uniform", {1.0, 0.0, shape}).error().message,
            "the upper end 0 is below the lower end 1");
  EXPECT_EQ(call("normal", {0.0, -1.0, shape}).error().message, "the deviation -1 is negative");
  EXPECT_EQ(call("normal", {std::numeric_limits<double>::quiet_NaN(), 1.0, shape}).error().argument,
            0);
  EXPECT_EQ(call("truncated_normal", {0.0, 1.0, -1.0, shape}).error().argument, 2);
  EXPECT_EQ(call("truncated_normal", {0.0, 1.0, 0.0, shape}).error().message,
            "the bound 0 is far too small for the deviation 1");
}

TEST(RandomArrays, AShapeHoldsWholeNumbers) {
  EXPECT_EQ(call("uniform", {0.0, 1.0, Tensor::vector({2.5})}).error().message,
            "2.5 is not a whole number");
  EXPECT_EQ(call("uniform", {0.0, 1.0, Tensor::vector({-2})}).error().message,
            "the extent -2 is negative");
  EXPECT_EQ(call("uniform", {0.0, 1.0, Tensor::vector({1e6, 1e6})}).error().argument, 2);
  EXPECT_FALSE(call("uniform", {0.0, 1.0, 3.0}).ok());
}

TEST(RandomChoice, ShufflingKeepsEveryRowOnce) {
  const Tensor rows(Shape{4, 2}, {0, 10, 1, 11, 2, 12, 3, 13});
  const Tensor shuffled = draw_array("shuffle", {rows});
  ASSERT_EQ(shuffled.shape(), rows.shape());
  std::vector<double> first;
  for (std::size_t i = 0; i < 4; ++i) {
    first.push_back(shuffled.at(i, 0));
    EXPECT_EQ(shuffled.at(i, 1), shuffled.at(i, 0) + 10);
  }
  std::sort(first.begin(), first.end());
  EXPECT_EQ(first, (std::vector<double>{0, 1, 2, 3}));
}

TEST(RandomChoice, EveryPermutationOfThreeIsAsLikely) {
  const Value three = Tensor::vector({0, 1, 2});
  std::vector<int> times(27, 0);
  RandomCall random = kCall;
  for (random.reached = 0; random.reached < 6000; ++random.reached) {
    const Tensor order = draw_array("shuffle", {three}, random);
    ++times[static_cast<std::size_t>(order[0] * 9 + order[1] * 3 + order[2])];
  }
  // Six permutations, 1000 each, standard deviation 28.9; everything else never.
  for (const std::size_t code : {5U, 7U, 11U, 15U, 19U, 21U})
    EXPECT_NEAR(times[code], 1000, 5 * 28.9) << code;
}

TEST(RandomChoice, DrawingIsWithReplacementFromListsToo) {
  const Value pairs = *call("zip", {Tensor::vector({1, 2, 3}), Tensor::vector({4, 5, 6})});
  const Result<Value> drawn = call("draw", {10.0, pairs}, kCall);
  ASSERT_EQ(drawn->as<List>()->items.size(), 10U);
  for (const Value& item : drawn->as<List>()->items) {
    const auto& pair = item.as<List>()->items;
    EXPECT_EQ(pair[0].as<Tensor>()->scalar() + 3, pair[1].as<Tensor>()->scalar());
  }
}

TEST(RandomChoice, NothingCanBeDrawnFromNothing) {
  EXPECT_EQ(call("draw", {1.0, Tensor::vector({})}).error().message,
            "nothing can be drawn from an empty sequence");
  EXPECT_TRUE(call("draw", {0.0, Tensor::vector({})}).ok());
  EXPECT_EQ(call("draw", {-1.0, Tensor::vector({1})}).error().message, "-1 is negative");
  EXPECT_FALSE(call("shuffle", {1.0}).ok());
}

TEST(RandomFunctions, SayWhichKindOfDrawNamesTheirStream) {
  EXPECT_EQ(find_function("uniform")->draws, random::DrawKind::Uniform);
  EXPECT_EQ(find_function("shuffle")->draws, random::DrawKind::Choice);
  EXPECT_EQ(find_function("sum")->draws, std::nullopt);
}

TEST(ArcCosine, AgreesWithTheCLibrary) {
  for (int i = -1000; i <= 1000; ++i) {
    const double x = i / 1000.0;
    EXPECT_NEAR(arc_cosine(x), std::acos(x), 1e-15 * std::acos(x)) << x;
  }
  EXPECT_EQ(arc_cosine(1.0), 0.0);
}

}  // namespace
}  // namespace bouton::runtime
