#include "tests/unit/check/checked_text.h"

namespace bouton::check {
namespace {

TEST(Functions, AreGenericInTheDimensionsOfTheirParameters) {
  EXPECT_EQ(check_text("function ratio(a, b) = a/b\nneuron N { x = ratio(1 mV, 2 mV) + 1; y = "
                       "ratio(1 mV, 2 ms) + 1 mV/ms }")
                .rendered,
            "");
}

TEST(Functions, ConflictsAreReportedAtTheArgument) {
  const char* text =
      "function rate_of(u, t_ref) = logistic(u - ln(t_ref/timestep))\nneuron N { x = rate_of(1, 2) "
      "}";
  EXPECT_EQ(sole_message(text), "wrong-type at '2'");
  EXPECT_EQ(headline(text),
            "`t_ref` of `rate_of` must be a time, but this is a number without dimension");
}

TEST(Functions, MayNotCallThemselves) {
  EXPECT_EQ(headline("function f(x) = g(x)\nfunction g(x) = f(x)"),
            "function `f` calls itself: `f` -> `g` -> `f`");
  EXPECT_EQ(sole_message("function f(x) = f(x)\nneuron N { y = f(1) }"),
            "recursive-function at 'f'");
}

TEST(Functions, MayCallFunctionsThatAreDeclaredLater) {
  EXPECT_EQ(
      check_text("function f(x) = 2*g(x)\nfunction g(x) = x^2\nneuron N { y = f(1) }").rendered,
      "");
}

TEST(Functions, ArgumentsAreMatchedWithParameters) {
  const std::string declared = "function f(a, b) = a - b\n";
  EXPECT_EQ(check_text(declared + "neuron N { y = f(b = 1, a = 2) }").rendered, "");
  EXPECT_EQ(sole_message(declared + "neuron N { y = f(1) }"), "missing-argument at 'f(1)'");
  EXPECT_EQ(sole_message(declared + "neuron N { y = f(1, 2, 3) }"), "too-many-arguments at '3'");
  EXPECT_EQ(sole_message(declared + "neuron N { y = f(1, a = 2, b = 3) }"),
            "duplicate-argument at 'a = 2'");
  EXPECT_EQ(sole_message(declared + "neuron N { y = f(1, b = 2, c = 3) }"),
            "unknown-argument at 'c'");
  EXPECT_EQ(sole_message(declared + "neuron N { y = f(a = 1, 2) }"),
            "positional-after-named at '2'");
}

TEST(Functions, BuiltinsCheckTheNumberOfTheirArguments) {
  EXPECT_EQ(headline("neuron N { y = exp(1, 2) }"), "`exp` takes one argument, not 2");
  EXPECT_EQ(sole_message("neuron N { y = exp(x = 1) }"), "too-many-arguments at 'exp(x = 1)'");
}

TEST(Functions, OnlySmoothFunctionsOfOneNumberHaveADerivative) {
  EXPECT_EQ(sole_message("neuron N { y = floor'(1) }"), "no-derivative at 'floor'");
  EXPECT_EQ(check_text("neuron N { y = tanh'(1) }").rendered, "");
}

TEST(Functions, OfArraysAreForExperiments) {
  EXPECT_EQ(sole_message("function spread(x) = max(x) - sum(x)\nneuron N { y = spread(1) }"),
            "not-here at 'spread'");
}

TEST(Functions, LongAndDeepExpressionsDoNotOverflowTheStack) {
  std::string sum = "1";
  for (int i = 0; i < 900; ++i) sum += " + 1";
  EXPECT_EQ(check_text("neuron N { y = " + sum + " }").rendered, "");
  const std::string deep = std::string(150, '(') + "1" + std::string(150, ')');
  EXPECT_EQ(check_text("neuron N { y = " + deep + " }").rendered, "");
}

}  // namespace
}  // namespace bouton::check
