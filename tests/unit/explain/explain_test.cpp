// What explanations say follows the program: methods, storage, what acts when.
#include "compiler/explain/explain.h"

#include <gmock/gmock.h>

#include "compiler/passes/pack_populations.h"
#include "compiler/passes/skip_quiet_steps.h"
#include "compiler/passes/split_kernels.h"
#include "tests/unit/lower/lowered.h"

namespace bouton::explain {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

// An experiment with the given rule, form of psp, and statements before its run.
std::string explained(const std::string& rule, const std::string& psp,
                      const std::string& tail = "") {
  const auto compiled = lower::compile_text(
      "neuron Unit(tau = 5 ms) {\n  input I\n  u = I, initially 0\n"
      "  spike with probability logistic(prev(u))\n  refractory tau\n}\n"
      "synapse Box { psp(s) = if " +
      psp +
      ": 1 else: 0\n renewing }\n"
      "rule R(tau = 10 ms) {\n" +
      rule +
      "\n}\n"
      "experiment E {\n  timestep 1 ms\n  population a[3]: Unit()\n  population b[2]: Unit()\n"
      "  projection W: a -> b.I, via Box(), learning R()\n" +
      tail + "  run 10 ms\n  record w = W.w\n}\n");
  if (!compiled->plan) return compiled->messages();
  return explain({*compiled->network, *compiled->plan, compiled->sources});
}

TEST(Explain, ASumOfExponentialsIsComputedByTraces) {
  const std::string text =
      explained("on pair(dt) all { w += exp(-abs(dt)/tau) }", "0 < s and s < 3 ms");
  EXPECT_THAT(text,
              HasSubstr("by traces: for each sign of dt a sum of polynomials times exponentials"));
  EXPECT_THAT(text, HasSubstr("one number per neuron of a"));
}

TEST(Explain, AWindowThatEndsIsComputedFromTheHistoryWithTheReason) {
  const std::string text =
      explained("on pair(dt) all { if abs(dt) <= tau { w += 1 } }", "0 < s and s < 3 ms");
  EXPECT_THAT(
      text, HasSubstr("all within its window of at most 11 steps; no traces, since a condition is "
                      "more than the sign of the difference (`abs(dt) <= tau` at "));
  EXPECT_THAT(text, HasSubstr("the last 3 spike steps per neuron of a"));
}

TEST(Explain, ATraceIsStoredWhereItBelongs) {
  const std::string text = explained(
      "trace x { x' = -x/tau; on pre { x += 1 } }\n"
      "trace y { y' = -y/tau; on post { y += prev(pre.u) } }\n on post { w += x*y }",
      "0 < s and s < 3 ms");
  EXPECT_THAT(text, ContainsRegex("W.R.x +one number per neuron of a +3 +24 B +it depends on the "
                                  "presynaptic neuron alone"));
  EXPECT_THAT(text, ContainsRegex("W.R.y +one number per synapse +2 x 3 +48 B +its jump depends on "
                                  "more than the postsynaptic neuron"));
}

TEST(Explain, ItSaysWhenASpikeActs) {
  const std::string rule = "on pair(dt) nearest { w += exp(-abs(dt)/tau) }";
  EXPECT_THAT(explained(rule, "0 < s and s < 3 ms"),
              HasSubstr("psp(0) = 0: a spike acts from the next step on"));
  EXPECT_THAT(explained(rule, "s < 3 ms"),
              HasSubstr("psp(0) is not 0: a spike acts in its own step"));
}

TEST(Explain, ValuesOfTheStepBeforeAreNamed) {
  EXPECT_THAT(explained("on pre { w += tau/(1 ms) }", "0 < s and s < 3 ms"),
              HasSubstr("reads the step before: a.u"));
}

TEST(Explain, AnAssignedParameterIsStoredAndAnyOtherIsAConstant) {
  const std::string rule = "on pre { w += tau/(1 ms) }";
  EXPECT_THAT(explained(rule, "s < 3 ms"), ContainsRegex("W.R.tau +a constant of the code, 10 ms"));
  const std::string assigned = explained(rule, "s < 3 ms", "  W.R.tau = 20 ms\n");
  EXPECT_THAT(
      assigned,
      ContainsRegex("W.R.tau +one number per synapse +2 x 3 +48 B +the experiment names it"));
  EXPECT_THAT(assigned, Not(HasSubstr("a constant of the code")));
}

// What a sampling network says of a run that observes so.
std::string pace_of(const std::string& size, const std::string& observing,
                    const std::string& neuron = "spike at rate exp(u)/(1 ms)") {
  const auto compiled = lower::compile_text(
      "neuron Unit { input I\n u = I - 3\n " + neuron +
      "\n refractory 5 ms }\n"
      "synapse Box { psp(s) = if 0 < s and s < 3 ms: 1 else: 0\n renewing }\n"
      "experiment E {\n  timestep 1 ms\n  population a[" +
      size +
      "]: Unit()\n  projection W: a -> a.I, via Box()\n  W.w = 0.1\n  run 10 ms observing { x = " +
      observing + " }\n  record x\n}\n");
  if (!compiled->plan) return compiled->messages();
  passes::split_kernels(*compiled->plan);
  passes::skip_quiet_steps(*compiled->plan);
  return explain({*compiled->network, *compiled->plan, compiled->sources});
}

TEST(Explain, ItSaysThatQuietStepsAreLeaptOverAndWhatALeapCosts) {
  const std::string text = pace_of("5", "count(a)");
  EXPECT_THAT(text, HasSubstr("then: the next step in which something happens"));
  EXPECT_THAT(text, HasSubstr("pace: quiet steps are leapt over where that pays (`--plan=auto`)"));
  EXPECT_THAT(text, HasSubstr("in lanes each replica leaps by itself"));
  EXPECT_THAT(text, HasSubstr("each leap"));
}

TEST(Explain, ItSaysWhatKeepsReplicasInStep) {
  EXPECT_THAT(pace_of("5", "spikes(a)"),
              HasSubstr("replicas in lanes execute every step, as x is recorded in the order of "
                        "steps"));
}

TEST(Explain, ItSaysWhatChangesInEveryStep) {
  const std::string text = pace_of("5", "count(a)", "spike with probability logistic(u)");
  EXPECT_THAT(text, ContainsRegex("pace: every step is executed, whatever `--plan` says: .* may "
                                  "change in each"));
  EXPECT_THAT(text, Not(HasSubstr("each leap")));
}

TEST(Explain, ATableIsSaidWithItsSizeOrWhyThereIsNone) {
  const std::string small = pace_of("5", "count(a)");
  EXPECT_THAT(small, ContainsRegex("table: 2\\^5 patterns of W.on, [0-9]+ numbers each: [0-9.]+ "
                                   "(Ki)?B, .* in lanes; for runs of 128 steps or more"));
  EXPECT_THAT(small, HasSubstr("each pattern of W.on"));
  EXPECT_THAT(small, HasSubstr("from a table"));
  EXPECT_THAT(small, Not(ContainsRegex("each leap.*\n.*reciprocals")));
  const std::string full = pace_of("12", "count(a)");
  EXPECT_THAT(full, HasSubstr("2^12 patterns of W.on, 12 numbers each: 384.0 KiB, none in lanes"));
  EXPECT_THAT(full, ContainsRegex("each leap(.*\n)*.*reciprocals"));
  const std::string large = pace_of("20", "count(a)");
  EXPECT_THAT(large, ContainsRegex("no table: 2\\^20 patterns of W.on, .* are too many"));
  EXPECT_THAT(large, HasSubstr("each change of W.on"));
}

TEST(Explain, PackedPopulationsNameEachOther) {
  const auto compiled = lower::compile_text(
      "neuron Unit {\n  state V = 1\n  V' = -V/(10 ms)\n  solve with euler\n"
      "  spike at rate exp(V)/(50 ms)\n}\n"
      "experiment E {\n  timestep 1 ms\n  population a[3]: Unit()\n  population b[2]: Unit()\n"
      "  population c[9]: Unit()\n  run 10 ms observing { n = count(a) }\n  record n\n}\n");
  ASSERT_TRUE(compiled->plan) << compiled->messages();
  passes::pack_populations(*compiled->plan);
  const std::string text = explain({*compiled->network, *compiled->plan, compiled->sources});
  EXPECT_THAT(text, ContainsRegex("population a: 3 neurons, .*\n  packed with b: in a run alone"));
  EXPECT_THAT(text, ContainsRegex("population b: 2 neurons, .*\n  packed with a: in a run alone"));
  EXPECT_THAT(text, Not(ContainsRegex("population c: 9 neurons, .*\n  packed")));
}

TEST(Explain, ARuleIsKnownByEachOfItsNames) {
  const auto compiled = lower::compile_text(R"(
neuron Unit { input I
 spike with probability logistic(I) }
synapse Box { psp(s) = if 0 < s and s < 3 ms: 1 else: 0
 renewing }
rule R { on pre { w += 1 } }
experiment E {
  timestep 1 ms
  population a[3]: Unit()
  projection W: a -> a.I, via Box(), learning grow = R()
  run 10 ms
  record w = W.w
}
)");
  ASSERT_TRUE(compiled->plan) << compiled->messages();
  const Subject subject{*compiled->network, *compiled->plan, compiled->sources};
  EXPECT_THAT(rule_names(subject), testing::ElementsAre("grow", "W.grow", "R"));
  EXPECT_EQ(explain_rule(subject, "R"), explain_rule(subject, "W.grow"));
  EXPECT_THAT(explain_rule(subject, "grow"), testing::StartsWith("rule W.grow: R  (learns at "));
}

}  // namespace
}  // namespace bouton::explain
