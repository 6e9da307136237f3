#include "runtime/library/functions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <set>
#include <string>

#include "runtime/files/load.h"
#include "tests/unit/library/call.h"

namespace bouton::runtime {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
const Tensor kMatrix(Shape{2, 3}, {1, 2, 3, 4, 5, 6});

double number(const Result<Value>& value) {
  if (!value || value->as<Tensor>() == nullptr) return kNan;
  return value->as<Tensor>()->scalar();
}

TEST(Functions, NamesAreUnique) {
  std::set<std::string_view> names;
  for (const Function& function : functions())
    EXPECT_TRUE(names.insert(function.name).second) << function.name;
}

TEST(Functions, AnUnknownNameIsNotFound) { EXPECT_EQ(find_function("sinh"), nullptr); }

TEST(Functions, TheNumberOfArgumentsIsChecked) {
  EXPECT_EQ(call("uniform", {0.0, 1.0}).error().message, "`uniform` takes 3 arguments, not 2");
  EXPECT_EQ(call("exp", {0.0, 1.0}).error().message, "`exp` takes 1 argument, not 2");
  EXPECT_EQ(call("zip", {Tensor::vector({1})}).error().message, "`zip` takes 2 arguments, not 1");
}

TEST(Functions, AWrongKindOfArgumentIsNamed) {
  const Result<Value> result = call("exp", {Value("sal")});
  EXPECT_EQ(result.error().message, "an array is needed, not a text");
  EXPECT_EQ(result.error().argument, 0);
  EXPECT_EQ(call("transpose", {Tensor::vector({1, 2})}).error().message,
            "a matrix is needed, not an array of shape [2]");
}

TEST(Functions, ElementaryOnesActOnEveryElement) {
  EXPECT_EQ(*call("sqrt", {Tensor::vector({4, 9})}), Value(Tensor::vector({2, 3})));
  EXPECT_EQ(*call("abs", {Tensor::vector({-4, 9})}), Value(Tensor::vector({4, 9})));
  EXPECT_EQ(*call("floor", {Tensor::vector({-1.5, 1.5})}), Value(Tensor::vector({-2, 1})));
  EXPECT_EQ(*call("round", {Tensor::vector({0.5, 1.5, 2.5})}), Value(Tensor::vector({0, 2, 2})));
  EXPECT_EQ(call("exp", {kMatrix})->as<Tensor>()->shape(), kMatrix.shape());
}

TEST(Functions, ElementaryOnesHaveTheirTextbookValues) {
  EXPECT_NEAR(number(call("exp", {1.0})), std::numbers::e, 1e-15);
  EXPECT_NEAR(number(call("ln", {10.0})), std::numbers::ln10, 1e-15);
  EXPECT_NEAR(number(call("log1p", {1e-10})), 9.9999999995e-11, 1e-25);
  EXPECT_NEAR(number(call("expm1", {1e-10})), 1.00000000005e-10, 1e-25);
  EXPECT_NEAR(number(call("logistic", {std::numbers::ln2})), 2.0 / 3, 1e-15);
  EXPECT_NEAR(number(call("softplus", {0.0})), std::numbers::ln2, 1e-15);
  EXPECT_NEAR(number(call("tanh", {std::numbers::ln2})), 0.6, 1e-15);
  EXPECT_NEAR(number(call("sin", {std::numbers::pi / 6})), 0.5, 1e-15);
  EXPECT_NEAR(number(call("cos", {std::numbers::pi / 3})), 0.5, 1e-15);
}

TEST(Reductions, HandComputedOnes) {
  const Tensor numbers = Tensor::vector({2, 4, 4, 4, 5, 5, 7, 9});
  EXPECT_EQ(number(call("sum", {numbers})), 40);
  EXPECT_EQ(number(call("mean", {numbers})), 5);
  EXPECT_EQ(number(call("variance", {numbers})), 4);  // the squared deviations add to 32
  EXPECT_EQ(number(call("norm", {Tensor::vector({3, 4})})), 5);
  EXPECT_EQ(number(call("min", {numbers})), 2);
  EXPECT_EQ(number(call("max", {numbers})), 9);
}

TEST(Reductions, SumInEightPartialSums) {
  // Partial sums 1e16 + 1 (rounded to 1e16) and -1e16: in plain order the 1 of position 8 would
  // survive.
  const Tensor numbers = Tensor::vector({1e16, -1e16, 0, 0, 0, 0, 0, 0, 1});
  EXPECT_EQ(number(call("sum", {numbers})), 0);
}

TEST(Reductions, OfNothing) {
  EXPECT_EQ(number(call("sum", {Tensor::vector({})})), 0);
  EXPECT_EQ(call("mean", {Tensor::vector({})}).error().message, "the array is empty");
  EXPECT_FALSE(call("max", {Tensor::vector({})}).ok());
}

TEST(Reductions, MinAndMaxOfTwoAreElementwise) {
  EXPECT_EQ(*call("max", {0.0, Tensor::vector({-1, 2})}), Value(Tensor::vector({0, 2})));
  EXPECT_EQ(*call("min", {Tensor::vector({1, 5}), Tensor::vector({3, 2})}),
            Value(Tensor::vector({1, 2})));
  EXPECT_FALSE(call("min", {Tensor::vector({1, 5}), Tensor::vector({3})}).ok());
  EXPECT_TRUE(std::isnan(number(call("max", {Tensor::vector({1, kNan, 3})}))));
}

TEST(Matrices, TransposeMirrorAndUpper) {
  EXPECT_EQ(*call("transpose", {kMatrix}), Value(Tensor(Shape{3, 2}, {1, 4, 2, 5, 3, 6})));
  const Tensor square(Shape{3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9});
  EXPECT_EQ(*call("mirror", {square}), Value(Tensor(Shape{3, 3}, {0, 2, 3, 2, 0, 6, 3, 6, 0})));
  EXPECT_EQ(*call("upper", {square}), Value(Tensor::vector({2, 3, 6})));
  EXPECT_EQ(call("mirror", {kMatrix}).error().message,
            "a square matrix is needed, not an array of shape [2, 3]");
}

TEST(Matrices, Products) {
  const Tensor square(Shape{2, 2}, {1, 2, 3, 4});
  EXPECT_EQ(*call("matmul", {square, kMatrix}),
            Value(Tensor(Shape{2, 3}, {9, 12, 15, 19, 26, 33})));
  EXPECT_EQ(*call("matmul", {square, Tensor::vector({1, -1})}), Value(Tensor::vector({-1, -1})));
  EXPECT_EQ(*call("matmul", {Tensor::vector({1, -1}), square}), Value(Tensor::vector({-2, -2})));
  EXPECT_EQ(*call("matmul", {Tensor::vector({1, 2}), Tensor::vector({3, 4})}), Value(11.0));
  EXPECT_EQ(call("matmul", {kMatrix, square}).error().message,
            "it has 2 rows, the first argument 3 columns");
}

TEST(Matrices, AZeroActivitySilencesAnInfiniteWeight) {
  const Tensor weights = Tensor(Shape{1, 2}, {std::numeric_limits<double>::infinity(), 3});
  EXPECT_EQ(*call("matmul", {weights, Tensor::vector({0, 2})}), Value(Tensor::vector({6})));
}

TEST(Matrices, AnglesAreInDegrees) {
  EXPECT_NEAR(number(call("angle", {Tensor::vector({1, 0}), Tensor::vector({1, 1})})), 45, 1e-13);
  EXPECT_NEAR(number(call("angle", {Tensor::vector({1, 0}), Tensor::vector({0, 2})})), 90, 1e-13);
  EXPECT_NEAR(number(call("angle", {Tensor::vector({3, 4}), Tensor::vector({-3, -4})})), 180,
              1e-13);
  EXPECT_NEAR(
      number(call("angle", {Tensor::vector({1, 0}), Tensor::vector({0.5, std::sqrt(0.75)})})), 60,
      1e-13);
}

TEST(Matrices, TheCosineOfAnAngleIsClamped) {
  const Tensor vector = Tensor::vector({0.1, 0.2, 0.3});
  EXPECT_EQ(number(call("angle", {vector, vector})), number(call("angle", {vector, vector})));
  EXPECT_NEAR(number(call("angle", {vector, vector})), 0, 1e-5);
}

TEST(Matrices, ZerosHaveNoDirection) {
  EXPECT_EQ(call("angle", {Tensor::vector({0, 0}), Tensor::vector({1, 1})}).error().message,
            "an array of zeros has no direction");
}

TEST(Matrices, TheAsymmetryIsTheVarianceOfTheDifferencesOfPairs) {
  // Differences 1, 3 and -1: mean 1, variance 8/3.
  const Tensor weights(Shape{3, 3}, {0, 1, 3, 0, 0, 0, 0, 1, 0});
  EXPECT_NEAR(number(call("asymmetry", {weights})), 8.0 / 3, 1e-15);
  EXPECT_FALSE(call("asymmetry", {Tensor(Shape{1, 1})}).ok());
}

TEST(Matrices, TheAsymmetryOfPublishedWeightsIsThePublishedOne) {
  const std::string file =
      std::string(BOUTON_SOURCE_DIR) + "/tests/reference/sal/a_states_trainiter.json";
  for (const std::string train : {"T1", "T2", "T3"}) {
    const auto read = [&](const std::string& name) {
      return *load(file, {.at = train + "/train_iter/" + name, .columns = {}, .shape = {}});
    };
    EXPECT_NEAR(number(call("asymmetry", {read("w_after")})), number(read("asym_var_upper")), 1e-12)
        << train;
  }
}

TEST(Sequences, LengthZipConcatAndAppend) {
  EXPECT_EQ(number(call("length", {kMatrix})), 2);
  EXPECT_EQ(call("zip", {Tensor::vector({1, 2}), Tensor::vector({3, 4})})->as<List>()->items.size(),
            2U);
  EXPECT_EQ(*call("concat", {Tensor::vector({1}), Tensor::vector({2}), Tensor::vector({3})}),
            Value(Tensor::vector({1, 2, 3})));
  EXPECT_EQ(call("concat", {Tensor::vector({1}), Tensor::vector({2}), kMatrix}).error().argument,
            2);
  EXPECT_EQ(*call("append", {Tensor::vector({}), 2.0}), Value(Tensor::vector({2})));
}

TEST(Distributions, ABoltzmannRecordHasThreeParts) {
  const Value record = *call("boltzmann", {Tensor(Shape{2, 2}), Tensor(Shape{2})});
  ASSERT_NE(record.as<Record>(), nullptr);
  EXPECT_EQ(*record.as<Record>()->find("probabilities"),
            Value(Tensor::vector({0.25, 0.25, 0.25, 0.25})));
  EXPECT_EQ(*record.as<Record>()->find("marginals"), Value(Tensor::vector({0.5, 0.5})));
  EXPECT_EQ(*record.as<Record>()->find("coactivation"),
            Value(Tensor(Shape{2, 2}, {0.5, 0.25, 0.25, 0.5})));
}

TEST(Distributions, TheDivergenceReadsABoltzmannRecordAndVisits) {
  const Value record = *call("boltzmann", {Tensor(Shape{2, 2}), Tensor(Shape{2})});
  EXPECT_EQ(number(call("divergence", {record, Tensor::vector({7, 7, 7, 7})})), 0);
  EXPECT_EQ(call("divergence", {record, Value("visits")}).error().argument, 1);
}

TEST(Functions, ThoseThatTakeLongAreLeftWhenNobodyWaits) {
  const Tensor square(Shape{4, 4}, std::vector<double>(16, 0.5));
  const Tensor biases(Shape{18}, std::vector<double>(18, 0.5));
  const Tensor weights(Shape{18, 18}, std::vector<double>(std::size_t{18} * 18, 0.5));
  const Tensor shape = Tensor::vector({300, 300});
  const std::vector<std::pair<std::string_view, std::vector<Value>>> calls = {
      {"matmul", {square, square}},
      {"boltzmann", {weights, biases}},
      {"uniform", {0.0, 1.0, shape}},
      {"normal", {0.0, 1.0, shape}},
      {"truncated_normal", {0.0, 1.0, 2.0, shape}}};
  for (const auto& [name, values] : calls) {
    bool asked = false;
    const std::function<bool()> never = [&] { return asked = true, false; };
    const std::function<bool()> at_once = [] { return true; };
    const Function& function = *find_function(name);
    EXPECT_TRUE(call_function(function, {values, {}, Watch(&never)}).ok()) << name;
    EXPECT_TRUE(asked) << name;
    const auto left = call_function(function, {values, {}, Watch(&at_once)});
    ASSERT_FALSE(left.ok()) << name;
    EXPECT_TRUE(left.error().cancelled) << name;
  }
}

}  // namespace
}  // namespace bouton::runtime
