// What the interpreter makes of circuits, ties, filters, delays and phases: numbers worked out by
// hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "compiler/check/check.h"
#include "compiler/diagnostics/render.h"
#include "compiler/elaborate/elaborate.h"
#include "compiler/interpret/interpret.h"
#include "compiler/parse/parse.h"
#include "tests/support/hand_built.h"

namespace bouton::interpret {
namespace {

using testing::DoubleEq;
using testing::DoubleNear;
using testing::ElementsAre;

Results run(const std::string& text, const Progress& progress = {}) {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  const auto file = std::get<source::FileId>(sources.add_text("test.bouton", text));
  const auto parsed = parse::parse(sources, file, diagnostics);
  const auto program = parsed ? check::check({&*parsed, 1}, diagnostics) : std::nullopt;
  std::optional<elaborate::Network> network;
  if (program) network = elaborate::elaborate(*program, model::ExperimentId{0}, {}, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << diagnostics::render_text(diagnostics, sources);
  Results results = network ? interpret(*network, progress) : Results{};
  if (results.problem) ADD_FAILURE() << results.problem->message;
  return results;
}

std::vector<double> numbers(const Results& results, const char* name) {
  const auto data = recorded_tensor(results.recorded, name).data();
  return {data.begin(), data.end()};
}

TEST(Filters, AMovingAverageIsTheMeanOfTheLastSamplesAndOfFewerAtFirst) {
  const auto results = run(R"(
neuron Count { u = t/(1 ms)
  plain = moving_average(u, 3 ms)
  begun = moving_average(u, 3 ms, first = 10) }
experiment X {
  timestep 1 ms
  population z[1]: Count()
  run 8 ms observing { plain = samples(z.plain); begun = samples(z.begun) }
  record plain, begun
})");
  EXPECT_THAT(numbers(results, "plain"), ElementsAre(0, 0.5, 1, 2, 3, 4, 5, 6));
  EXPECT_THAT(numbers(results, "begun"), ElementsAre(5, 11.0 / 3, 1, 2, 3, 4, 5, 6));
}

TEST(Filters, AResetBeginsAMovingAverageAnew) {
  const auto results = run(R"(
neuron Count { u = t/(1 ms)
  average = moving_average(u, 4 ms) }
experiment X {
  timestep 1 ms
  population z[1]: Count()
  run 5 ms
  reset
  run 2 ms observing { average = samples(z.average) }
  record average
})");
  EXPECT_THAT(numbers(results, "average"), ElementsAre(5, 5.5));
}

TEST(Filters, ALowpassFollowsWhatItReadsFromTheNextStepOn) {
  const auto results = run(R"(
neuron Step { x = if t < 2 ms: 0 else: 1
  exact = lowpass(x, 2 ms)
  high = highpass(x, 2 ms) }
neuron EulerStep { x = if t < 2 ms: 0 else: 1
  euler = lowpass(x, 2 ms)
  high = highpass(x, 2 ms)
  solve with euler }
experiment X {
  timestep 1 ms
  population a[1]: Step()
  population b[1]: EulerStep()
  run 5 ms observing { exact = samples(a.exact); euler = samples(b.euler)
    high = samples(a.high); high_euler = samples(b.high) }
  record exact, euler, high, high_euler
})");
  const double decay = std::exp(-0.5);
  EXPECT_THAT(numbers(results, "euler"), ElementsAre(0, 0, 0, 0.5, 0.75));
  EXPECT_THAT(numbers(results, "exact"), ElementsAre(0, 0, 0, DoubleNear(1 - decay, 1e-15),
                                                     DoubleNear(1 - decay * decay, 1e-15)));
  EXPECT_THAT(numbers(results, "high_euler"), ElementsAre(0, 0, 0, 1, 0.5));
  EXPECT_THAT(numbers(results, "high"), ElementsAre(0, 0, 0, DoubleNear(2 - 2 * decay, 1e-15),
                                                    DoubleNear((2 - 2 * decay) * decay, 1e-15)));
}

const std::string kRates = R"(
neuron Rate(x = 0) { input I
  r = x + I, initially 100 }
)";

TEST(ContinuousProjections, EachInputIsTheWeightedSumOfThisStep) {
  const auto results = run(kRates + R"(
experiment X {
  timestep 1 ms
  population a[2]: Rate()
  population b[2]: Rate()
  projection W: a.r -> b.I
  a.x = [1, 10]
  W.w = [[1, 2], [3, 4]]
  run 1 ms observing { r = last(b.r) }
  record r
})");
  EXPECT_THAT(numbers(results, "r"), ElementsAre(21, 43));
}

TEST(ContinuousProjections, AnAxonalDelayBeginsWithTheInitialValueADendriticOneWithNothing) {
  const auto results = run(kRates + R"(
experiment X {
  timestep 1 ms
  population a[1]: Rate(x = 1)
  population b[1]: Rate()
  population c[1]: Rate()
  projection ab: a.r -> b.I, weight 2, axonal 2 ms
  projection ac: a.r -> c.I, weight 2, dendritic 2 ms
  run 3 ms observing { of_b = samples(b.r); of_c = samples(c.r) }
  record of_b, of_c
})");
  EXPECT_THAT(numbers(results, "of_b"), ElementsAre(200, 200, 2));
  EXPECT_THAT(numbers(results, "of_c"), ElementsAre(0, 0, 2));
}

TEST(ContinuousProjections, ASilentProjectionDeliversNothing) {
  const auto results = run(kRates + R"(
experiment X {
  timestep 1 ms
  population a[1]: Rate(x = 1)
  population b[1]: Rate()
  projection ab: a.r -> b.I, weight 2
  phase q { silence ab }
  run 2 ms in q observing { quiet = samples(b.r) }
  run 1 ms observing { loud = samples(b.r) }
  record quiet, loud
})");
  EXPECT_THAT(numbers(results, "quiet"), ElementsAre(0, 0));
  EXPECT_THAT(numbers(results, "loud"), ElementsAre(2));
}

TEST(Rules, ReadTheirNeuronsAcrossDelays) {
  const auto results = run(R"(
neuron Count { input I
  u = t/(1 ms) + 0 * I, initially -1 }
rule Look { state pre_now = 0
  state pre_before = 0
  state post_late = 0
  on step { pre_now = pre.u
    pre_before = prev(pre.u)
    post_late = post.u } }
experiment X {
  timestep 1 ms
  population a[1]: Count()
  projection W: a.u -> a.I, learning Look(), axonal 2 ms, backprop 3 ms
  run 6 ms observing { pre_now = samples(W.Look.pre_now); pre_before = samples(W.Look.pre_before)
    post_late = samples(W.Look.post_late) }
  record pre_now, pre_before, post_late
})");
  EXPECT_THAT(numbers(results, "pre_now"), ElementsAre(-1, -1, 0, 1, 2, 3));
  EXPECT_THAT(numbers(results, "pre_before"), ElementsAre(-1, -1, -1, 0, 1, 2));
  EXPECT_THAT(numbers(results, "post_late"), ElementsAre(-1, -1, -1, 0, 1, 2));
}

TEST(TiedWeights, ShowWhatTheyAreTiedToAtEveryMoment) {
  const auto results = run(kRates + R"(
rule Grow { w' = 1/(1 ms) }
experiment X {
  timestep 1 ms
  population a[2]: Rate()
  population b[1]: Rate()
  projection ab: a.r -> b.I, learning Grow()
  projection ba: b.r -> a.I, weights tied to -2 * transpose(ab.w), axonal 1 ms
  ab.w = [[1, 5]]
  let before = ba.w
  run 2 ms observing { w = samples(ba.w) }
  record before, w
})");
  EXPECT_THAT(numbers(results, "before"), ElementsAre(-2, -10));
  EXPECT_THAT(numbers(results, "w"), ElementsAre(-4, -12, -6, -14));
}

TEST(TiedWeights, ADeliveryIsThatOfTheView) {
  const auto results = run(kRates + R"(
experiment X {
  timestep 1 ms
  population a[2]: Rate()
  population b[1]: Rate()
  projection ab: a.r -> b.I, axonal 1 ms
  projection ba: b.r -> a.I, weights tied to -transpose(ab.w)
  b.x = 1
  ab.w = [[1, 5]]
  phase alone { silence ab }
  run 1 ms in alone observing { r = last(a.r) }
  record r
})");
  EXPECT_THAT(numbers(results, "r"), ElementsAre(-1, -5));
}

TEST(Rules, ReadTheirOwnVariablesOfTheStepBefore) {
  const auto results = run(R"(
neuron Rate { input I
  r = 1 + 0 * I }
rule Step { state w_before = 0
  state x_before = 0
  trace x = 8 { x' = -x/(2 ms) }
  on step { w_before = prev(w)
    x_before = prev(x)
    w += 1 } }
experiment X {
  timestep 1 ms
  population z[1]: Rate()
  population y[1]: Rate()
  projection W: z.r -> y.I, weight 5, learning Step()
  run 3 ms observing { w = samples(W.Step.w_before); x = samples(W.Step.x_before) }
  W.w = 20
  run 1 ms observing { assigned = samples(W.Step.w_before) }
  record w, x, assigned
})");
  EXPECT_THAT(numbers(results, "w"), ElementsAre(5, 5, 6));
  EXPECT_THAT(numbers(results, "x"), ElementsAre(8, 8, DoubleNear(8 * std::exp(-0.5), 1e-14)));
  EXPECT_THAT(numbers(results, "assigned"), ElementsAre(20));
}

const std::string kCircuit = R"(
neuron Count(start = 0) { input I
  u = t/(1 ms) + start + I, initially 0 }
circuit Pair(start = 0) {
  population z[l in 0 .. 1][2]: Count(start)
  projection W: z[0].u -> z[1].I, axonal 1 ms, weight 1
  z[1].start = 7
}
)";

TEST(Circuits, RunAloneCountTheirOwnSteps) {
  const auto results = run(kCircuit + R"(
experiment X {
  timestep 1 ms
  circuit a: Pair()
  circuit b: Pair(100)
  run 3 ms of a
  run 2 ms observing { of_a = samples(a.z[0].u); of_b = samples(b.z[0].u) }
  run 1 ms of b observing { b_goes = samples(b.z[1].u) }
  record of_a, of_b, a_still = a.z[0].u, b_goes
})");
  EXPECT_THAT(numbers(results, "of_a"), ElementsAre(3, 3, 4, 4));
  EXPECT_THAT(numbers(results, "of_b"), ElementsAre(100, 100, 101, 101));
  EXPECT_THAT(numbers(results, "a_still"), ElementsAre(4, 4));
  EXPECT_THAT(numbers(results, "b_goes"), ElementsAre(2 + 7 + 202, 2 + 7 + 202));
}

TEST(Circuits, WhatAProjectionJoinsRunsTogether) {
  const auto results = run(kCircuit + R"(
experiment X {
  timestep 1 ms
  circuit a: Pair()
  circuit b: Pair()
  projection J: a.z[1].u -> b.z[0].I, axonal 1 ms, weight 0
  run 3 ms of a
  run 1 ms observing { of_b = samples(b.z[0].u) }
  record of_b
})");
  EXPECT_THAT(numbers(results, "of_b"), ElementsAre(3, 3));
}

TEST(Phases, LearnAfterALagAndAllMembersOfAFamily) {
  const auto results = run(R"(
neuron Rate { input I
  r = 1 + 0 * I }
rule Grow { w' = 1/(1 ms) }
experiment X {
  timestep 1 ms
  population z[l in 0 .. 2][1]: Rate()
  projection up[l in 1 .. 2]: z[l-1].r -> z[l].I, learning Grow()
  phase p { learn up after 2 ms }
  run 5 ms in p
  record first = up[1].w, second = up[2].w
})");
  EXPECT_THAT(numbers(results, "first"), ElementsAre(3));
  EXPECT_THAT(numbers(results, "second"), ElementsAre(3));
}

TEST(Phases, GiveSlicesOfAFamilyOtherValuesForOneRun) {
  const auto results = run(kRates + R"(
experiment X {
  timestep 1 ms
  population z[l in 0 .. 2][1]: Rate(x = l)
  phase p { z[1 .. 2].x = 5 }
  run 1 ms in p observing { a = last(z[2].r); b = last(z[0].r) }
  run 1 ms observing { c = last(z[2].r) }
  record a, b, c
})");
  EXPECT_THAT(numbers(results, "a"), ElementsAre(5));
  EXPECT_THAT(numbers(results, "b"), ElementsAre(0));
  EXPECT_THAT(numbers(results, "c"), ElementsAre(2));
}

TEST(Signals, ABroadcastReachesEverySynapse) {
  const auto results = run(R"(
neuron Rate { input I
  r = 1 + 0 * I }
rule Rewarded { broadcast reward
  w' = reward/(1 ms) }
experiment X {
  timestep 1 ms
  population z[2]: Rate()
  population y[1]: Rate()
  projection W: z.r -> y.I, learning Rewarded()
  run 1 ms
  W.Rewarded.reward = 0.25
  run 2 ms
  record w = W.w, reward = W.Rewarded.reward
})");
  EXPECT_THAT(numbers(results, "w"), ElementsAre(0.5, 0.5));
  EXPECT_THAT(numbers(results, "reward"), ElementsAre(0.25));
}

TEST(Constraints, ASignStopsAWeightAtZeroAndNormaliseActsEveryPeriod) {
  const auto results = run(R"(
neuron Rate { input I
  r = 1 + 0 * I }
rule Shrink { w' = -1/(1 ms) }
experiment X {
  timestep 1 ms
  population z[2]: Rate()
  population y[1]: Rate()
  projection W: z.r -> y.I, learning Shrink(), sign excitatory
  projection V: z.r -> y.I, learning Shrink()
  W.w = [[1.5, 4]]
  V.w = [[3, 9]]
  normalise V.w per post to 8 every 2 ms
  run 2 ms observing { w = samples(W.w); v = samples(V.w) }
  record w, v
})");
  EXPECT_THAT(numbers(results, "w"), ElementsAre(0.5, 3, 0, 2));
  // Step 0 is a multiple of 2 ms: [2, 8] of sum 10 becomes [1.6, 6.4].
  EXPECT_THAT(numbers(results, "v"), ElementsAre(1.6, 6.4, DoubleEq(0.6), DoubleEq(5.4)));
}

TEST(Members, AnIndexMayDependOnResults) {
  const auto results = run(kRates + R"(
experiment X {
  timestep 1 ms
  population z[l in 0 .. 3][1]: Rate(x = 10 * l)
  var chosen = 0
  for l in 0 .. 3 {
    run 1 ms observing { r = last(z[l].r) }
    if sum(r) > 15 { chosen = l; break }
  }
  z[chosen].x = -1
  run 1 ms observing { r_after = last(z[2].r) }
  record chosen, r_after
})");
  EXPECT_THAT(numbers(results, "chosen"), ElementsAre(2));
  EXPECT_THAT(numbers(results, "r_after"), ElementsAre(-1));
}

TEST(Progress, GrowsWithTheTurnsOfLoopsAndTheStepsOfTheirRuns) {
  std::vector<double> fractions;
  const auto note = [&](double fraction, std::int64_t) {
    fractions.push_back(fraction);
    return true;
  };
  run(kRates + R"(
experiment X {
  timestep 1 ms
  population z[1]: Rate(x = 1)
  run 10 ms
  for turn in 1 .. 4 {
    run 6 s
    run 6 s observing { r = last(z.r) }
    record r
  }
})",
      note);
  ASSERT_GE(fractions.size(), 8U);
  EXPECT_TRUE(std::ranges::is_sorted(fractions));
  EXPECT_LT(fractions.front(), 0.2);
  EXPECT_GT(fractions.back(), 0.85);
  EXPECT_LE(fractions.back(), 1.0);
}

}  // namespace
}  // namespace bouton::interpret
