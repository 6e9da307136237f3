#include "tests/unit/check/checked_text.h"

namespace bouton::check {
namespace {

std::vector<std::string> order_of(const model::Neuron& neuron) {
  std::vector<std::string> names;
  for (const model::Algebraic& variable : neuron.algebraics)
    names.push_back(neuron.scope[variable.symbol].name);
  return names;
}

TEST(Neurons, AlgebraicVariablesAreSortedByWhatTheyRead) {
  const CheckedText checked = check_text("neuron N { c = b + a; a = 1; b = a + 1 }");
  ASSERT_TRUE(checked.program.has_value()) << checked.rendered;
  EXPECT_THAT(order_of(neuron(*checked.program, "N")), testing::ElementsAre("a", "b", "c"));
}

TEST(Neurons, AStatesSlopeDependsOnItsEquation) {
  const CheckedText checked =
      check_text("neuron N { state v = 0\n e = v + 1 ms * v'\n v' = (i - v)/(1 ms)\n i = 2 }");
  ASSERT_TRUE(checked.program.has_value()) << checked.rendered;
  EXPECT_THAT(order_of(neuron(*checked.program, "N")), testing::ElementsAre("i", "e"));
}

TEST(Neurons, ACycleWithinTheStepIsPrinted) {
  const char* text = "neuron N { a = b + 1; b = 2 * c; c = a }";
  EXPECT_EQ(sole_message(text), "cycle-in-step at 'b + 1'");
  EXPECT_EQ(headline(text), "`a` depends on itself within one step: `a` -> `c` -> `b` -> `a`");
}

TEST(Neurons, ACycleThroughTheSpikeIsPrinted) {
  EXPECT_EQ(headline("neuron N { u = if spiked: 1 else: 0; spike when u > 0 }"),
            "`u` depends on itself within one step: `u` -> `spike` -> `u`");
}

TEST(Neurons, PreviousValuesBreakCycles) {
  EXPECT_EQ(check_text("neuron N { a = prev(b) + 1, initially 0; b = a }").messages.size(), 1U);
  EXPECT_EQ(check_text("neuron N { a = prev(a) + 1, initially 0 }").rendered, "");
}

TEST(Neurons, ThePreviousValueOfAnAlgebraicVariableNeedsABeginning) {
  EXPECT_EQ(sole_message("neuron N { a = prev(a) + 1 }"), "no-previous at 'prev(a)'");
  EXPECT_EQ(sole_message("neuron N { a = 1\n b = a' }"), "no-previous at 'a''");
  EXPECT_EQ(
      check_text("neuron N { input I\n state x = 0\n x' = prev(I)/(1 ms)\n b = prev(x) }").rendered,
      "");
}

TEST(Neurons, PrevTakesAVariable) {
  EXPECT_EQ(sole_message("neuron N { a = 1, initially 0\n b = prev(a + 1) }"),
            "previous-of-expression at 'a + 1'");
  EXPECT_EQ(sole_message("neuron N(p = 1) { b = prev(p) }"), "not-here at 'prev(p)'");
}

TEST(Neurons, SlopesBelongToStatesAndAlgebraicVariables) {
  EXPECT_EQ(sole_message("neuron N(p = 1) { b = p' }"), "slope-of-other at 'p''");
}

TEST(Neurons, EquationsBelongToStates) {
  EXPECT_EQ(sole_message("neuron N(p = 1) { p' = -p/(1 ms) }"), "not-a-state at 'p'");
  EXPECT_EQ(sole_message("neuron N { v' = 1/ms }"), "unknown-name at 'v'");
  EXPECT_EQ(sole_message("neuron N { state v = 0\n v' = 1/ms\n v' = 2/ms }"),
            "duplicate-item at 'v'");
}

TEST(Neurons, HoldingNamesStates) {
  EXPECT_EQ(sole_message("neuron N { u = 1; spike when u > 0; refractory 1 ms holding u }"),
            "not-a-state at 'u'");
}

TEST(Neurons, SpikeBodiesAssignStatesOnly) {
  EXPECT_EQ(sole_message("neuron N { u = 1; spike when u > 0 { u = 0 } }"), "cannot-assign at 'u'");
}

TEST(Neurons, ANeuronSpikesInOneWay) {
  EXPECT_EQ(sole_message("neuron N { spike at rate 1 Hz\n spike at rate 2 Hz }"),
            "duplicate-item at 'spike at rate 2 Hz'");
}

TEST(Neurons, RefractorinessNeedsSpikes) {
  EXPECT_EQ(sole_message("neuron N { x = 1; refractory 1 ms }"),
            "missing-part at 'refractory 1 ms'");
  EXPECT_EQ(sole_message("neuron N { x = since_spike > 1 ms }"), "missing-part at 'N'");
}

TEST(Neurons, ItemsOfSynapsesAndRulesAreRefused) {
  EXPECT_EQ(sole_message("neuron N { x = 1; renewing }"), "not-here at 'renewing'");
  EXPECT_EQ(headline("neuron N { x = 1; on pre { } }"), "`on pre` cannot stand in a neuron");
}

TEST(Neurons, FiltersAreVariablesOfTheirOwn) {
  EXPECT_EQ(check_text("neuron N { input I\n y = moving_average(I, 5 ms, first = 0) }").rendered,
            "");
  EXPECT_EQ(sole_message("neuron N { input I\n y = 2 * lowpass(I, 5 ms) }"),
            "not-here at 'lowpass(I, 5 ms)'");
  EXPECT_EQ(sole_message("neuron N { input I\n y = lowpass(I, 5) }"), "wrong-type at '5'");
}

TEST(Neurons, FunctionsOfArraysAreForExperiments) {
  EXPECT_EQ(sole_message("neuron N { x = sum(1) }"), "not-here at 'sum(1)'");
  EXPECT_EQ(sole_message("neuron N { x = [1, 2] }"), "not-here at '[1, 2]'");
}

TEST(Neurons, MethodsOfIntegrationHaveNames) {
  EXPECT_EQ(sole_message("neuron N { x = 1; solve with eular }"), "unknown-method at 'eular'");
}

TEST(Neurons, NoiseHasALaw) {
  EXPECT_EQ(sole_message("neuron N { noise n: pink\n x = n }"), "unknown-noise at 'pink'");
  EXPECT_EQ(sole_message("neuron N { noise n: normal(0)\n x = n }"),
            "too-many-arguments at 'normal(0)'");
}

TEST(Neurons, DefaultsAndRefractoryPeriodsDoNotChange) {
  EXPECT_EQ(sole_message("neuron N(a = t) { x = a/(1 ms) }"), "not-constant at 't'");
  EXPECT_EQ(
      headline(
          "neuron N { state a: time = 1 ms\n a' = 0\n spike at rate 1 Hz\n refractory 2 * a }"),
      "a refractory period must not change during a run, but `a` is a state");
}

TEST(Neurons, AStateThatNeverChangesIsWarnedOf) {
  EXPECT_EQ(sole_message("neuron N { state v = 0\n x = v }"), "state-never-changes at 'v'");
}

TEST(Neurons, FunctionsMayBeParameters) {
  EXPECT_EQ(check_text("neuron N(phi: function = tanh) { state u = 0\n u' = -phi(u)/(1 ms)\n r = "
                       "phi'(u) }")
                .rendered,
            "");
  EXPECT_EQ(sole_message("neuron N(phi: function = max) { r = phi(1) }"), "wrong-type at 'max'");
}

}  // namespace
}  // namespace bouton::check
