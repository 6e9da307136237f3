#include "tests/unit/check/checked_text.h"

namespace bouton::check {
namespace {

TEST(Rules, HandlersAndEquationsKeepTheirTextualOrder) {
  const CheckedText checked = check_text(
      "rule R { state c = 0\n on pre { c += 1 }\n w' = c/(1 s)\n on pair(dt) nearest 2 in index "
      "order { w -= 1 } }");
  ASSERT_TRUE(checked.program.has_value()) << checked.rendered;
  const model::Rule& read = rule(*checked.program, "R");
  ASSERT_EQ(read.items.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<model::OnSpikeOf>(read.items[0].node));
  EXPECT_TRUE(std::holds_alternative<model::RuleEquation>(read.items[1].node));
  const auto& pair = std::get<model::OnPair>(read.items[2].node);
  EXPECT_EQ(pair.pairing.depth, 2);
  EXPECT_TRUE(pair.pairing.in_index_order);
}

TEST(Rules, FieldsOfThePartnersAreWhatTheRuleMayRead) {
  const CheckedText checked =
      check_text("rule R { on step { if prev(pre.spiked) { w += post.u - prev(post.u) } } }");
  EXPECT_EQ(checked.rendered, "");
}

TEST(Rules, AnythingBeyondTheSynapseIsNotLocal) {
  EXPECT_EQ(sole_message("rule R { on pre { w += other.w } }"), "not-local at 'other.w'");
  EXPECT_EQ(sole_message("rule R { on pre { w += w[0, 1] } }"), "not-local at 'w[0, 1]'");
  EXPECT_EQ(sole_message("rule R { on pre { w += pre.axon.u } }"), "not-local at 'pre.axon.u'");
  EXPECT_EQ(sole_message("rule R { on pre { w += pre } }"), "not-a-value at 'pre'");
}

TEST(Rules, AFieldHasOneDimension) {
  EXPECT_EQ(sole_message("rule R { on pre { w += exp(post.u/(1 mV)); w -= exp(post.u) } }"),
            "wrong-type at 'post.u'");
}

TEST(Rules, PartnersAndTracesAreNotAssigned) {
  EXPECT_EQ(sole_message("rule R { on pre { post.u = 1 } }"), "not-here at 'post.u'");
  EXPECT_EQ(sole_message("rule R { trace x { x' = -x/(1 ms); on pre { x += 1 } }\n on post { w += "
                         "x; x = 0 } }"),
            "cannot-assign at 'x'");
}

TEST(Rules, ARuleThatCanNeverActIsRejected) {
  EXPECT_EQ(sole_message("rule R { }"), "rule-never-acts at 'R'");
  EXPECT_EQ(sole_message("rule R { on pre { } }"), "rule-never-acts at 'R'");
}

TEST(Rules, AWindowWithoutAPointIsWarnedOf) {
  EXPECT_EQ(sole_message("rule R { on pair(dt) all { if dt > 0 and dt < 0 { w += 1 } } }"),
            "constant-condition at 'dt > 0 and dt < 0'");
  EXPECT_EQ(sole_message("rule R { on pair(dt) all { if dt > 5 ms and 2 ms > dt { w += 1 } } }"),
            "constant-condition at 'dt > 5 ms and 2 ms > dt'");
  EXPECT_EQ(
      check_text("rule R { on pair(dt) all { if dt > 0 and dt < 5 ms { w += 1 } } }").rendered, "");
}

TEST(Rules, TheDepthOfAPairingIsAPositiveWholeNumber) {
  EXPECT_EQ(sole_message("rule R { on pair(dt) nearest 0 { w += 1 } }"), "wrong-count at '0'");
  EXPECT_EQ(sole_message("rule R { on pair(dt) nearest 1.5 { w += 1 } }"), "wrong-count at '1.5'");
}

TEST(Rules, ATraceHasItsOwnEquation) {
  EXPECT_EQ(sole_message("rule R { trace x { on pre { x += 1 } }\n on post { w += x } }"),
            "missing-part at 'x'");
  EXPECT_EQ(sole_message("rule R { trace x { x' = -x/(1 ms); spike when x > 0 }\n on post { w += "
                         "x } }"),
            "not-here at 'spike when x > 0'");
}

TEST(Rules, OnlyTheWeightIsBounded) {
  EXPECT_EQ(sole_message("rule R { state c = 0\n on pre { c += 1 }\n bound c in [0, 1] }"),
            "not-here at 'c'");
}

TEST(Rules, BoundsAndDefaultsDoNotReadThePartners) {
  EXPECT_EQ(sole_message("rule R { on pre { w += 1 }\n bound w in [0, post.u] }"),
            "not-constant at 'post.u'");
  EXPECT_EQ(sole_message("rule R(a = pre.u) { on pre { w += a } }"), "not-constant at 'pre.u'");
}

TEST(Rules, AlgebraicVariablesBelongToNeurons) {
  const CheckedText checked = check_text("rule R { y = 1\n on pre { w += 1 } }");
  ASSERT_EQ(checked.messages.size(), 1U) << checked.rendered;
  EXPECT_EQ(checked.messages[0].kind, "not-here");
  EXPECT_EQ(checked.messages[0].hint, "use `let` in a handler, or a `trace`");
}

TEST(Rules, StatementsOfExperimentsDoNotStandInHandlers) {
  EXPECT_EQ(sole_message("rule R { on pre { w += 1; run 5 ms } }"), "not-here at 'run 5 ms'");
}

}  // namespace
}  // namespace bouton::check
