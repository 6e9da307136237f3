#include "tests/unit/check/checked_text.h"

namespace bouton::check {
namespace {

TEST(Names, AnUnknownNameIsReportedWithTheClosestOne) {
  const CheckedText checked = check_text("neuron N(tau_ref = 1 ms) { x = tau_rev + tau_ref }");
  ASSERT_EQ(checked.messages.size(), 1U) << checked.rendered;
  EXPECT_EQ(checked.messages[0].at, "tau_rev");
  EXPECT_EQ(checked.messages[0].hint, "did you mean `tau_ref`?");
}

TEST(Names, AnUnknownFunctionIsReportedWithTheClosestOne) {
  const CheckedText checked = check_text("neuron N { x = logistc(1) }");
  ASSERT_EQ(checked.messages.size(), 1U) << checked.rendered;
  EXPECT_EQ(checked.messages[0].kind, "unknown-function");
  EXPECT_EQ(checked.messages[0].at, "logistc");
  EXPECT_EQ(checked.messages[0].hint, "did you mean `logistic`?");
}

TEST(Names, AnUnknownTypeIsReported) {
  EXPECT_EQ(sole_message("neuron N { input I: curent\n x = I }"), "unknown-type at 'curent'");
}

TEST(Names, NoNameHidesAnother) {
  EXPECT_EQ(sole_message("neuron N(x = 1) { state x = 0\n x' = -x/(1 ms) }"),
            "duplicate-name at 'x'");
  EXPECT_EQ(sole_message("neuron N(t = 1) { x = t }"), "duplicate-name at 't'");
  EXPECT_EQ(sole_message("rule R(w = 1) { on pre { w += 1 } }"), "duplicate-name at 'w'");
}

TEST(Names, AUnitNameMayBeTakenByADeclaration) {
  EXPECT_EQ(check_text("neuron N(V = 1 mV) { x = V }").rendered, "");
}

TEST(Names, ALocalNameEndsWithItsBlock) {
  EXPECT_EQ(check_text(R"(rule R { on step {
    if pre.a > 0 { let x = 1; w += x }
    if pre.a < 0 { let x = 2; w -= x } } })")
                .rendered,
            "");
  EXPECT_EQ(sole_message("rule R { on step { if pre.a > 0 { let x = 1; w += x }\n w -= x } }"),
            "unknown-name at 'x'");
}

TEST(Names, FunctionsAreANamespaceOfTheirOwn) {
  EXPECT_EQ(check_text("neuron N(max = 1) { x = max(max, 2) }").rendered, "");
  EXPECT_EQ(sole_message("neuron N { x = exp + 1 }"), "function-as-value at 'exp'");
  EXPECT_EQ(sole_message("neuron N(tau = 1) { x = tau(2) }"), "not-a-function at 'tau'");
}

TEST(Names, UnusedParametersAreErrorsInRulesAndSynapsesAndFunctions) {
  EXPECT_EQ(sole_message("rule R(a = 1, b = 2) { on pre { w += a } }"), "unused-parameter at 'b'");
  EXPECT_EQ(sole_message("function f(x, y) = x"), "unused-parameter at 'y'");
  EXPECT_EQ(sole_message("synapse S(a = 1) { psp(s) = if s < 1 ms: 1 else: 0; renewing }"),
            "unused-parameter at 'a'");
}

TEST(Names, UnreadInputsNoisesTracesSignalsAndLocalsAreWarnedOf) {
  EXPECT_EQ(sole_message("neuron N { input I\n x = 1 }"), "unused-name at 'I'");
  EXPECT_EQ(sole_message("neuron N { noise n: normal(0, 1)\n x = 1 }"), "unused-name at 'n'");
  EXPECT_EQ(sole_message("rule R { broadcast b\n on pre { w += 1 } }"), "unused-name at 'b'");
  EXPECT_EQ(sole_message("rule R { on pre { let q = 1; w += 1 } }"), "unused-name at 'q'");
  EXPECT_EQ(sole_message("rule R { trace x { x' = -x/(1 ms); on pre { x += 1 } }\n on pre { w += "
                         "1 } }"),
            "0 messages:\n");
  EXPECT_TRUE(check_text("neuron N { input I\n x = 1 }").program.has_value());
}

TEST(Names, TwoDeclarationsOfOneNameAreRejected) {
  EXPECT_EQ(sole_message("neuron N { x = 1 }\nneuron N { x = 1 }"), "duplicate-name at 'N'");
  EXPECT_EQ(sole_message("function exp(x) = x"), "duplicate-name at 'exp'");
}

}  // namespace
}  // namespace bouton::check
