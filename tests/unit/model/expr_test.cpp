#include <algorithm>

#include "compiler/model/builtins.h"
#include "tests/unit/model/dumped_text.h"

namespace bouton::model {
namespace {

// The value of a function of numbers a, b, c and u as the dump writes it.
std::string written(const std::string& expression) {
  const std::string text =
      dump(program_of("function f(a, b, c, u) = " + expression + " + 0*(a + b + c + u)"));
  const std::size_t begin = text.find(" = ") + 3;
  return text.substr(begin, text.find(" + 0 * (") - begin);
}

TEST(ExpressionDump, KeepsOnlyTheBracketsThatMatter) {
  EXPECT_EQ(written("(a - b) - c"), "a - b - c");
  EXPECT_EQ(written("a - (b - c)"), "a - (b - c)");
  EXPECT_EQ(written("(a*b) + c"), "a * b + c");
  EXPECT_EQ(written("a*(b + c)*u"), "a * (b + c) * u");
  EXPECT_EQ(written("((a + b)*c - u)/a"), "((a + b) * c - u) / a");
  EXPECT_EQ(written("a/(b/c)"), "a / (b / c)");
}

TEST(ExpressionDump, BracketsPowersAndSigns) {
  EXPECT_EQ(written("-a^2"), "-a^2");
  EXPECT_EQ(written("(-a)^2"), "(-a)^2");
  EXPECT_EQ(written("(a^2)^3"), "(a^2)^3");
  EXPECT_EQ(written("a - -b"), "a - -b");
  EXPECT_EQ(written("-(a + b)"), "-(a + b)");
}

TEST(ExpressionDump, BracketsChoicesInsideOfOperators) {
  EXPECT_EQ(written("2*(if a > 0 and not b < 1: a else: if c > 0: b else: c)"),
            "2 * (if a > 0 and not b < 1: a else: if c > 0: b else: c)");
  EXPECT_EQ(written("(if (a > 0 or b > 0) and c > 0: 1 else: 0)*a"),
            "(if (a > 0 or b > 0) and c > 0: 1 else: 0) * a");
}

TEST(ExpressionDump, WritesNumbersInCoherentUnits) {
  const std::string text = dump(
      program_of("neuron N(tau = 2 s, rate = 15 Hz, g = 3 nS, v = -70 mV, x = 0.1, A = 3 mV/ms) {\n"
                 "  input I\n  y = I * rate * tau * x * (A * tau / v) * (g * v / (1 pA))\n}"));
  EXPECT_THAT(text, testing::HasSubstr("parameter tau: time = 2000 ms\n"));
  EXPECT_THAT(text, testing::HasSubstr("parameter rate: frequency = 0.015 kHz\n"));
  EXPECT_THAT(text, testing::HasSubstr("parameter g: conductance = 3 nS\n"));
  EXPECT_THAT(text, testing::HasSubstr("parameter v: voltage = -70 mV\n"));
  EXPECT_THAT(text, testing::HasSubstr("parameter x: number = 0.1\n"));
  EXPECT_THAT(text, testing::HasSubstr("parameter A: voltage/time = 3 mV / 1 ms\n"));
  EXPECT_THAT(dump(program_of("neuron N(A = 2/mV^2) { input V: voltage\n y = A * V^2 }")),
              testing::HasSubstr("= 2 / (1 mV)^2\n"));
}

TEST(ExpressionDump, ShowsConversionsBetweenStepsAndTimes) {
  const std::string text = dump(
      program_of("rule R(tau = 10 ms) { on pair(dt) all { if dt > tau { w += exp(-dt/tau) } } }"));
  EXPECT_THAT(text, testing::HasSubstr("on pair(dt: steps) all\n"));
  EXPECT_THAT(text, testing::HasSubstr("if dt > to_steps(tau)\n"));
  EXPECT_THAT(text, testing::HasSubstr("w += exp(to_time(-dt) / tau)\n"));
}

TEST(ExpressionDump, ShowsTheSiteOfRandomNumbers) {
  Program program;
  Experiment experiment;
  const SymbolId l = experiment.scope.add({"l", {}, SymbolKind::LoopVariable, scalar()});
  const Expr one{{}, scalar(), Number{1}};
  Call call;
  call.callee = *find_builtin("uniform");
  call.arguments = {one, one, one};
  call.named.push_back({"seed", one});
  call.site = Box<RandomSite>({"Figure6/up.w", {{{}, scalar(), Ref{l}}}, 2});
  EXPECT_EQ(dump(program, experiment, Expr{{}, scalar(), std::move(call)}),
            "uniform(1, 1, 1, seed = 1; site \"Figure6/up.w\"[l] call 2)");
}

TEST(ExpressionDump, WritesLongChainsWithoutRecursion) {
  constexpr int kTerms = 20000;
  Expr sum{{}, scalar(), Number{1}};
  for (int i = 1; i < kTerms; ++i) {
    const BinaryOp op = i % 2 == 0 ? BinaryOp::Multiply : BinaryOp::Add;
    Binary next{op, std::move(sum), Expr{{}, scalar(), Number{1}}};
    sum = Expr{{}, scalar(), std::move(next)};
  }
  const std::string text = dump({}, {}, sum);
  EXPECT_EQ(std::count(text.begin(), text.end(), '1'), kTerms);
  EXPECT_EQ(std::count(text.begin(), text.end(), '('), (kTerms - 1) / 2);
  EXPECT_EQ(std::count(text.begin(), text.end(), ')'), (kTerms - 1) / 2);
  EXPECT_TRUE(text.ends_with("+ 1) * 1 + 1"));
}

}  // namespace
}  // namespace bouton::model
