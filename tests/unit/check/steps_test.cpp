// Times counted in steps against times in ms (SEMANTICS 8).
#include "compiler/base/check.h"
#include "tests/unit/check/checked_text.h"

namespace bouton::check {
namespace {

const model::Expr& value_of(const CheckedText& checked, std::string_view variable) {
  const model::Neuron& only = *checked.program->neurons.begin();
  for (const model::Algebraic& algebraic : only.algebraics)
    if (only.scope[algebraic.symbol].name == variable) return algebraic.value;
  BOUTON_UNREACHABLE("the test asks for a variable that its text does not have");
}

TEST(Steps, ComparingStepsWithADurationComparesWholeSteps) {
  const CheckedText checked =
      check_text("neuron N(tau = 10 ms) { a = since_spike <= tau; spike at rate 5 Hz }");
  ASSERT_TRUE(checked.program.has_value()) << checked.rendered;
  const model::Expr& value = value_of(checked, "a");
  const auto& comparison = std::get<model::Binary>(value.node);
  EXPECT_EQ(comparison.left->type.kind, model::Kind::Steps);
  EXPECT_TRUE(std::holds_alternative<model::ToSteps>(comparison.right->node));
  EXPECT_EQ(comparison.right->type.kind, model::Kind::Steps);
}

TEST(Steps, ArithmeticTurnsStepsIntoTime) {
  const CheckedText checked = check_text("neuron N { r = sin(0.49/s * t) }");
  ASSERT_TRUE(checked.program.has_value()) << checked.rendered;
  const auto& call = std::get<model::Call>(value_of(checked, "r").node);
  const auto& product = std::get<model::Binary>(call.arguments[0].node);
  EXPECT_TRUE(std::holds_alternative<model::ToTime>(product.right->node));
}

TEST(Steps, SumsOfStepsStaySteps) {
  const CheckedText checked = check_text("neuron N { d = t + t - t; e = abs(-t) }");
  ASSERT_TRUE(checked.program.has_value()) << checked.rendered;
  EXPECT_EQ(value_of(checked, "d").type.kind, model::Kind::Steps);
  EXPECT_EQ(value_of(checked, "e").type.kind, model::Kind::Steps);
}

TEST(Steps, AVariableOfStepsMayBeReadBeforeItsDefinition) {
  const CheckedText checked = check_text("neuron N { late = age > 5 ms; age = t }");
  ASSERT_TRUE(checked.program.has_value()) << checked.rendered;
  const model::Expr& late = value_of(checked, "late");
  EXPECT_EQ(std::get<model::Binary>(late.node).left->type.kind, model::Kind::Steps);
}

TEST(Steps, StepsCompareWithZeroButNotWithAPlainNumber) {
  EXPECT_EQ(check_text("rule R { on pair(dt) all { if dt > 0 { w += 1 } } }").rendered, "");
  EXPECT_EQ(sole_message("rule R { on pair(dt) all { if dt > 5 { w += 1 } } }"),
            "mixed-dimensions at '5'");
}

}  // namespace
}  // namespace bouton::check
