// Dimensions in neurons, synapses and rules: what balances, what does not, and where the caret
// stands.
#include "tests/unit/check/checked_text.h"

namespace bouton::check {
namespace {

constexpr const char* kLif = R"(
neuron LIF(C = 250 pF, g_L = 16.7 nS, E_L = -70 mV, V_th = -50 mV, V_reset = -60 mV, sigma = 1 mV) {
  input I: current
  noise xi: white
  state V: voltage = E_L
  V' = (g_L*(E_L - V) + I)/C + sigma*sqrt(2*g_L/C)*xi
  spike when V > V_th { V = V_reset }
  refractory 2 ms holding V
}
)";

TEST(Dimensions, TheEquationOfTheLeakyIntegratorBalances) {
  const CheckedText checked = check_text(kLif);
  ASSERT_TRUE(checked.program.has_value()) << checked.rendered;
  const model::Neuron& lif = neuron(*checked.program, "LIF");
  EXPECT_EQ(lif.states[0].derivative->type.dimension, units::kVoltage / units::kTime);
  EXPECT_EQ(type_of(lif.scope, "xi").dimension, units::kNone / *units::kTime.power(1, 2));
}

TEST(Dimensions, AddingAVoltageToACurrentIsRejectedAtTheSecond) {
  const char* text = R"(neuron N(g = 1 nS) { input I: current
  state V: voltage = 0 mV
  V' = (I + V)/(1 pF)
  x = g })";
  EXPECT_EQ(sole_message(text), "mixed-dimensions at 'V'");
  EXPECT_EQ(headline(text), "cannot add a current and a voltage");
}

TEST(Dimensions, AnEquationThatDoesNotBalanceNamesBothSides) {
  const char* text = "neuron N(tau = 1 ms) { state V: voltage = 0 mV\n V' = -V*tau }";
  EXPECT_EQ(sole_message(text), "wrong-type at '-V*tau'");
  EXPECT_EQ(headline(text),
            "`V'` must be a value of dimension voltage/time, but this is a value of dimension "
            "voltage*time");
}

TEST(Dimensions, OnlyTheLiteralZeroHasEveryDimension) {
  EXPECT_EQ(check_text("neuron N(V = 1 mV) { x = max(0, V) }").rendered, "");
  EXPECT_EQ(sole_message("neuron N(V = 1 mV) { x = max(1, V) }"), "mixed-dimensions at 'V'");
}

TEST(Dimensions, AParameterTakesTheDimensionItsUsesRequire) {
  const CheckedText checked = check_text(R"(
rule R(eta, tau) { on pair(dt) all { if dt > 0 { w += eta * exp(-dt/tau) } } }
neuron N(t_ref, E) { u = E + 1 mV; spike with probability exp(-t_ref/(1 ms)) })");
  ASSERT_TRUE(checked.program.has_value()) << checked.rendered;
  EXPECT_EQ(type_of(rule(*checked.program, "R").scope, "tau").dimension, units::kTime);
  EXPECT_TRUE(type_of(rule(*checked.program, "R").scope, "eta").generic);
  EXPECT_EQ(type_of(neuron(*checked.program, "N").scope, "E").dimension, units::kVoltage);
}

TEST(Dimensions, AParameterWithTwoDimensionsIsRejectedAtTheSecondUse) {
  EXPECT_EQ(sole_message("neuron N(a) { x = a + 1 mV; y = 1 ms + a }"), "mixed-dimensions at 'a'");
}

TEST(Dimensions, AParameterOfANeuronThatNothingFixesIsRejected) {
  EXPECT_EQ(sole_message("neuron N(a, b) { x = if a > b: 1 else: 0 }"), "open-dimension at 'a'");
}

TEST(Dimensions, StatesAndInputsWithoutATypeArePlainNumbers) {
  EXPECT_EQ(sole_message("neuron N { input I\n state V = 0\n V' = (I - V)/(1 ms) }"),
            "0 messages:\n");
  EXPECT_EQ(sole_message("neuron N { input I\n V = I + 1 mV }"), "mixed-dimensions at '1 mV'");
}

TEST(Dimensions, AZeroWithADenominatorHasTheDimensionOfTheDenominator) {
  const CheckedText checked =
      check_text("neuron N(rate = 0/ms) { state r = 0/ms\n r' = (rate - r)/(1 ms)\n zero = 0 }");
  ASSERT_TRUE(checked.program.has_value()) << checked.rendered;
  const model::Scope& scope = neuron(*checked.program, "N").scope;
  EXPECT_EQ(type_of(scope, "rate").dimension, units::kFrequency);
  EXPECT_EQ(type_of(scope, "r").dimension, units::kFrequency);
  EXPECT_EQ(type_of(scope, "zero"), model::scalar());
}

TEST(Dimensions, TheStateOfASynapseCarriesWhatTheWeightCarries) {
  const CheckedText checked =
      check_text("synapse E(tau) { state g = 0; g' = -g/tau; on spike { g += w } }");
  ASSERT_TRUE(checked.program.has_value()) << checked.rendered;
  EXPECT_TRUE(type_of(synapse(*checked.program, "E").scope, "g").generic);
  EXPECT_TRUE(type_of(synapse(*checked.program, "E").scope, "w").generic);
}

TEST(Dimensions, SpikeFormsAreKeptApartByTheirDimensions) {
  EXPECT_EQ(headline("neuron N(r = 5 Hz) { spike with probability r }"),
            "a probability must be a number without dimension, but this is a frequency");
  EXPECT_EQ(headline("neuron N(p = 0.5) { spike at rate p }"),
            "a rate must be a frequency, but this is a number without dimension");
  EXPECT_EQ(headline("neuron N(p = 0.5) { spike when p }"),
            "the condition of `spike when` must be a truth value, but this is a number without "
            "dimension");
}

TEST(Dimensions, RefractorinessIsATime) {
  EXPECT_EQ(sole_message("neuron N { spike at rate 5 Hz; refractory 2 }"), "wrong-type at '2'");
}

TEST(Dimensions, WhiteNoiseStandsInEquationsOnly) {
  EXPECT_EQ(sole_message("neuron N { noise xi: white\n y = xi }"),
            "white-noise-outside-equation at 'xi'");
}

TEST(Dimensions, PowersOfQuantitiesNeedAConstantExponent) {
  EXPECT_EQ(check_text("neuron N(V = 1 mV) { y = sqrt(V^2/V^(-2)) + V^2 }").rendered, "");
  EXPECT_EQ(sole_message("neuron N(V = 1 mV, n = 2) { y = V^n }"), "dimension-in-exponent at 'n'");
}

TEST(Dimensions, AUnitThatANameHidesInADenominatorIsRejected) {
  EXPECT_EQ(sole_message("synapse P { psp(s) = if s < 5 ms: s*(3 mV/s) else: 0; additive }"),
            "hidden-unit at 's'");
  EXPECT_EQ(check_text("synapse P { psp(s) = if s < 5 ms: s/(3 ms) else: 0; additive }").rendered,
            "");
}

TEST(Dimensions, AnUnknownUnitIsReportedWithTheClosestOne) {
  const CheckedText checked = check_text("neuron N(V = 1 mv) { x = V }");
  ASSERT_EQ(checked.messages.size(), 1U) << checked.rendered;
  EXPECT_EQ(checked.messages[0].kind, "unknown-unit");
  EXPECT_EQ(checked.messages[0].hint, "did you mean `mV`?");
}

TEST(Dimensions, QuantitiesBeyondDoublePrecisionAreRejected) {
  EXPECT_EQ(sole_message("neuron N(V = 1e300 A) { x = V }"), "quantity-too-large at '1e300 A'");
}

TEST(Dimensions, ABoundHasTheDimensionOfTheWeight) {
  EXPECT_EQ(sole_message("rule R { on pre { w += 1 mV }\n bound w in [0, 3] }"),
            "wrong-type at '3'");
}

TEST(Dimensions, OneMistakeGivesOneMessage) {
  EXPECT_EQ(sole_message("neuron N { y = undefined + 1 mV; z = y * 2 ms + y * 1 ms }"),
            "unknown-name at 'undefined'");
}

TEST(Dimensions, SeveralMistakesAreReportedInOneRun) {
  const CheckedText checked = check_text("neuron N { a = 1 mV + 1 ms; b = 1 s + 1 pA; c = zz }");
  EXPECT_EQ(checked.messages.size(), 3U) << checked.rendered;
}

}  // namespace
}  // namespace bouton::check
