// What elaboration refuses, where it points, and that the corrected program passes.
#include <gtest/gtest.h>

#include <limits>

#include "compiler/check/check.h"
#include "compiler/diagnostics/render.h"
#include "compiler/elaborate/elaborate.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_map.h"

namespace bouton::elaborate {
namespace {

// `kind at 'text under the caret'` of every message, joined by newlines.
std::string messages_of(const std::string& text, const Options& options = {}) {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  const auto file = std::get<source::FileId>(sources.add_text("test.bouton", text));
  const auto parsed = parse::parse(sources, file, diagnostics);
  const auto program = parsed ? check::check({&*parsed, 1}, diagnostics) : std::nullopt;
  if (!program) return "not checked:\n" + diagnostics::render_text(diagnostics, sources);
  std::string messages;
  const auto network = elaborate(*program, model::ExperimentId{0}, options, diagnostics);
  for (const auto& message : diagnostics.all()) {
    if (diagnostics::severity_of(message.kind) != diagnostics::Severity::Error) continue;
    messages += (messages.empty() ? "" : "\n") + std::string(diagnostics::name_of(message.kind)) +
                " at '" + std::string(sources.text(message.span)) + "'";
  }
  EXPECT_EQ(network.has_value(), messages.empty());
  return messages;
}

const std::string kNeuron = R"(
neuron Unit(T = 10 ms, bias = 0) {
  input I
  u = bias + I
  spike with probability logistic(u)
  refractory T
}
synapse Box(tau = 10 ms) { psp(s) = if 0 < s and s < tau: 1 else: 0; renewing }
)";

std::string experiment(const std::string& parameters, const std::string& body) {
  return kNeuron + "experiment X(" + parameters + ") {\n  timestep 1 ms\n" + body + "\n}\n";
}

constexpr const char* kNetwork = "  population z[3]: Unit()\n  projection W: z -> z.I, via Box()\n";

TEST(Elaborate, ARunBetweenTwoStepsIsRejected) {
  EXPECT_EQ(messages_of(experiment("", std::string(kNetwork) + "  run 10.5 ms")),
            "bad-duration at '10.5 ms'");
  EXPECT_EQ(messages_of(experiment("", std::string(kNetwork) + "  run 10 ms")), "");
}

TEST(Elaborate, ARunOfNoOrNegativeDurationIsRejected) {
  EXPECT_EQ(messages_of(experiment("D = 0 ms", std::string(kNetwork) + "  run D")),
            "bad-duration at 'D'");
  EXPECT_EQ(messages_of(experiment("D = 5 ms", std::string(kNetwork) + "  run 2 ms - D")),
            "bad-duration at '2 ms - D'");
}

TEST(Elaborate, ARefractoryPeriodBetweenTwoStepsIsRejected) {
  EXPECT_EQ(messages_of(experiment("", "  population z[3]: Unit(10.25 ms)\n  run 1 ms")),
            "bad-duration at 'T'");
  EXPECT_EQ(messages_of(experiment("", "  population z[3]: Unit(11 ms)\n  run 1 ms")), "");
}

TEST(Elaborate, ABillionNeuronsAreRefusedWithTheMemoryTheyNeed) {
  EXPECT_EQ(messages_of(experiment("n = 1000000000", "  population z[n]: Unit()\n  run 1 ms")),
            "network-too-large at 'n'");
}

// 12.8 GB of weights fit, another number per synapse does not.
TEST(Elaborate, StatesOfRulesCountAmongTheMemoryThatIsNeeded) {
  const std::string rule = "rule Count() { state c = 0; on pre { c += 1 } }\n";
  const std::string body = "  population z[40000]: Unit()\n  projection W: z -> z.I, via Box()";
  EXPECT_EQ(messages_of(rule + experiment("", body + "\n  run 1 ms")), "");
  EXPECT_EQ(messages_of(rule + experiment("", body + ", learning Count()\n  run 1 ms")),
            "network-too-large at 'projection W: z -> z.I, via Box(), learning Count()'");
}

TEST(Elaborate, APopulationNeedsANeuron) {
  EXPECT_EQ(messages_of(experiment("n = 0", "  population z[n]: Unit()\n  run 1 ms")),
            "bad-population-size at 'n'");
}

TEST(Elaborate, AWindowThatNeverEndsIsRejected) {
  const std::string endless =
      "synapse Endless(tau = 10 ms) { psp(s) = exp(-s/tau); additive }\n" +
      experiment("",
                 "  population z[3]: Unit()\n  projection W: z -> z.I, via Endless()\n  run 1 ms");
  EXPECT_EQ(messages_of(endless), "no-bounded-support at 'exp(-s/tau)'");
  const std::string ended =
      "synapse Ended(tau = 10 ms) { psp(s) = if s < 5*tau: exp(-s/tau) else: 0; additive }\n" +
      experiment("",
                 "  population z[3]: Unit()\n  projection W: z -> z.I, via Ended()\n  run 1 ms");
  EXPECT_EQ(messages_of(ended).substr(0, 21), "cycle-between-neurons");
}

TEST(Elaborate, UnknownRepeatedAndUnfitParametersAreRejected) {
  const std::string text = experiment("n = 3", std::string(kNetwork) + "  run n * 1 ms");
  Options options;
  options.parameters = {{"m", 1.0, units::kNone, {}}};
  EXPECT_EQ(messages_of(text, options), "unknown-parameter at ''");
  options.parameters = {{"n", 1.0, units::kNone, {}}, {"n", 2.0, units::kNone, {}}};
  EXPECT_EQ(messages_of(text, options), "parameter-given-twice at ''");
  options.parameters = {{"n", 1.0, units::kTime, {}}};
  EXPECT_EQ(messages_of(text, options), "wrong-parameter-unit at ''");
  options.parameters = {{"n", std::numeric_limits<double>::quiet_NaN(), units::kNone, {}}};
  EXPECT_EQ(messages_of(text, options), "not-a-number at ''");
  options.parameters = {{"n", 7.0, units::kNone, {}}};
  EXPECT_EQ(messages_of(text, options), "");
}

TEST(Elaborate, WhatIsTooLargeTogetherIsRefusedToo) {
  const std::string body =
      "  population z[l in 0 .. 3][30000]: Unit()\n"
      "  projection W[l in 1 .. 3]: z[l-1] -> z[l].I, via Box()\n  run 1 ms";
  EXPECT_EQ(messages_of(experiment("", body)),
            "network-too-large at 'projection W[l in 1 .. 3]: z[l-1] -> z[l].I, via Box()'");
}

}  // namespace
}  // namespace bouton::elaborate
