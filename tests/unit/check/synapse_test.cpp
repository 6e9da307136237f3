#include "tests/unit/check/checked_text.h"

namespace bouton::check {
namespace {

TEST(Synapses, APotentialIsReadWithItsOverlap) {
  const CheckedText checked =
      check_text("synapse B(tau) { psp(s) = if 0 < s and s <= tau: 1 else: 0; renewing }");
  ASSERT_TRUE(checked.program.has_value()) << checked.rendered;
  const model::Synapse& box = synapse(*checked.program, "B");
  ASSERT_TRUE(box.psp.has_value());
  EXPECT_EQ(box.psp->overlap, model::Psp::Overlap::Renewing);
  EXPECT_EQ(type_of(box.scope, "tau").dimension, units::kTime);
  EXPECT_EQ(type_of(box.scope, "s").kind, model::Kind::Steps);
}

TEST(Synapses, APotentialAndStatesExcludeEachOther) {
  EXPECT_EQ(sole_message("synapse B { psp(s) = if s < 1 ms: 1 else: 0\n state g = 0\n g' = -g/(1 "
                         "ms) }"),
            "not-here at 'g'");
}

TEST(Synapses, APotentialDoesNotReadTheWeight) {
  EXPECT_EQ(sole_message("synapse B { psp(s) = if s < 1 ms: w else: 0 }"), "not-constant at 'w'");
}

TEST(Synapses, SomethingMustReachTheNeuron) {
  EXPECT_EQ(sole_message("synapse B { }"), "missing-part at 'B'");
  EXPECT_EQ(sole_message("synapse B { state g = 0\n g' = -g/(1 ms) }"), "missing-part at 'B'");
}

TEST(Synapses, OverlapBelongsToAPotential) {
  EXPECT_EQ(sole_message("synapse B { state g = 0\n g' = -g/(1 ms)\n on spike { g += w }\n "
                         "additive }"),
            "not-here at 'additive'");
}

TEST(Synapses, TheWeightIsNotAssignedBySynapses) {
  EXPECT_EQ(sole_message("synapse B { state g = 0\n g' = -g/(1 ms)\n on spike { w += g } }"),
            "cannot-assign at 'w'");
}

}  // namespace
}  // namespace bouton::check
