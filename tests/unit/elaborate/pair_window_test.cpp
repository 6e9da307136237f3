#include "compiler/elaborate/pair_window.h"

#include <gtest/gtest.h>

#include "compiler/check/check.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_map.h"

namespace bouton::elaborate {
namespace {

std::variant<PairWindow, NoWindow> window_of(const std::string& body,
                                             Precision precision = Precision::Double) {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  const auto file = std::get<source::FileId>(sources.add_text(
      "test.bouton", "rule R(a = 1, b = 2, tau = 10 ms) {\n  state c = 0\n  on pair(dt) all {\n" +
                         body + "\n  }\n  on step { c += 0 * a * b * tau/timestep }\n}\n"));
  const auto parsed = parse::parse(sources, file, diagnostics);
  const auto program = parsed ? check::check({&*parsed, 1}, diagnostics) : std::nullopt;
  for (const auto& message : diagnostics.all()) ADD_FAILURE() << message.headline;
  if (!program) return NoWindow{};
  const model::Rule& rule = program->rules[model::RuleId{0}];
  return decompose_window(rule, std::get<model::OnPair>(rule.items.front().node),
                          RealArithmetic(precision));
}

TEST(PairWindow, ExponentialsPerSignOfTheDifferenceAreTraces) {
  const auto window =
      window_of("if dt > 0 { c -= a * exp(-dt/tau) }\n if dt < 0 { c += b * exp(dt/tau) }");
  const auto* terms = std::get_if<PairWindow>(&window);
  ASSERT_NE(terms, nullptr) << std::get<NoWindow>(window).reason;
  ASSERT_EQ(terms->causal.size(), 1U);
  ASSERT_EQ(terms->anticausal.size(), 1U);
  EXPECT_EQ(terms->causal[0].terms.size(), 1U);
  EXPECT_EQ(terms->causal[0].terms[0].power, 0);
  EXPECT_TRUE(terms->causal[0].terms[0].time_constant.has_value());
}

TEST(PairWindow, PolynomialsTimesExponentialsKeepTheirPowers) {
  const auto window =
      window_of("if dt > 0 { c += a * (dt/tau)^2 * exp(-dt/tau) + b * exp(-dt/tau) }");
  const auto* terms = std::get_if<PairWindow>(&window);
  ASSERT_NE(terms, nullptr) << std::get<NoWindow>(window).reason;
  ASSERT_EQ(terms->causal.size(), 1U);
  ASSERT_EQ(terms->causal[0].terms.size(), 2U);
  EXPECT_EQ(terms->causal[0].terms[0].power, 2);
  EXPECT_EQ(terms->causal[0].terms[1].power, 0);
  EXPECT_TRUE(terms->anticausal.empty());
}

TEST(PairWindow, TheTimeConstantStaysWhatTheProgramDividesBy) {
  for (const char* exponent : {"-dt/tau", "-(dt/tau)", "-abs(dt)/tau"}) {
    const auto window = window_of("if dt > 0 { c += exp(" + std::string(exponent) + ") }");
    const auto* terms = std::get_if<PairWindow>(&window);
    ASSERT_NE(terms, nullptr) << std::get<NoWindow>(window).reason;
    const auto& time_constant = terms->causal.at(0).terms.at(0).time_constant;
    ASSERT_TRUE(time_constant);
    EXPECT_TRUE(std::holds_alternative<model::Ref>(time_constant->node)) << exponent;
  }
}

TEST(PairWindow, ConstantsAreFoldedInThePrecisionOfTheProgram) {
  for (const auto& [precision, expected] :
       {std::pair(Precision::Single, static_cast<double>(0.3F * 0.7F)),
        std::pair(Precision::Double, 0.3 * 0.7)}) {
    const auto window = window_of("if dt > 0 { c += 0.3 * (0.7 * exp(-dt/tau)) }", precision);
    const auto* terms = std::get_if<PairWindow>(&window);
    ASSERT_NE(terms, nullptr) << std::get<NoWindow>(window).reason;
    const auto* folded =
        std::get_if<model::Number>(&terms->causal.at(0).terms.at(0).coefficient.node);
    ASSERT_NE(folded, nullptr);
    EXPECT_EQ(folded->value, expected);
  }
}

TEST(PairWindow, ABodyThatReadsItsOwnStateHasNoTraces) {
  EXPECT_TRUE(std::holds_alternative<NoWindow>(window_of("c += (1 - c) * exp(-abs(dt)/tau)")));
}

TEST(PairWindow, AGrowingExponentialHasNoTraces) {
  EXPECT_TRUE(std::holds_alternative<NoWindow>(window_of("if dt > 0 { c += exp(dt/(2 ms)) }")));
}

TEST(PairWindow, AWindowThatComparesTheDifferenceHasNoTraces) {
  EXPECT_TRUE(std::holds_alternative<NoWindow>(window_of("if abs(dt) < tau { c += a }")));
}

}  // namespace
}  // namespace bouton::elaborate
