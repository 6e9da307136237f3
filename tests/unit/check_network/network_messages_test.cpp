// Every message about populations, projections and circuits: its place, both sides, its hint.
#include <gtest/gtest.h>

#include "tests/unit/check_network/marked.h"

namespace bouton {
namespace {

using diagnostics::Kind;

TEST(NetworkMessages, AnUnknownNeuronIsReportedWithTheClosestName) {
  expect_message_in_experiment(
      "population p[2]: «Mutt»()\n record x = p.bias",
      {Kind::UnknownDefinition, "there is no neuron `Mutt`", {}, "did you mean `Mute`?"});
}

TEST(NetworkMessages, AnUnknownMemberOfACircuitIsReported) {
  expect_message(R"(
circuit Net { population pyr[2]: N() }
experiment E { timestep 1 ms
  circuit net: Net()
  record x = net.«pyt».bias }
)",
                 {Kind::UnknownMember,
                  "`net` of circuit `Net` has no `pyt`",
                  {"declared here"},
                  "did you mean `pyr`?"});
}

TEST(NetworkMessages, APopulationAndAProjectionOfOneNameAreReported) {
  expect_message_in_experiment("projection «m»: z -> m.I, via S()",
                               {Kind::DifferentDeclarations,
                                "`m` is declared as two different things",
                                {"a single population"}});
}

TEST(NetworkMessages, TwoPopulationsOfOneNameAreReported) {
  expect_message_in_experiment(
      "population «m»[4]: Mute()",
      {Kind::DuplicateName, "`m` is declared twice", {"first declared here"}});
}

TEST(NetworkMessages, ThePieceOfAFamilyGivenTwiceIsReported) {
  expect_message_in_experiment(
      "population f[0][2]: N()\n population «f»[0][3]: N()\n record x = f[0].bias",
      {Kind::DuplicateName, "`f` is declared twice", {"first declared here"}});
}

TEST(NetworkMessages, APopulationInALoopMustBeAFamily) {
  expect_message_in_experiment("for l in 1 .. 3 { population «p»[l]: N() }",
                               {Kind::DeclaredInLoop,
                                "`p` would be declared once per turn of the loop",
                                {},
                                "declare a family: `p[l]`"});
}

TEST(NetworkMessages, ACircuitIsNoValue) {
  expect_message(R"(
circuit Net { population pyr[2]: N() }
experiment E { timestep 1 ms
  circuit net: Net()
  record x = «net» }
)",
                 {Kind::CircuitIsNoValue,
                  "`net` is a circuit, not a value",
                  {},
                  "name one of its populations or projections: `net.…`"});
}

TEST(NetworkMessages, APopulationIsNoValue) {
  expect_message_in_experiment("record x = «z»", {Kind::OwnerIsNoValue,
                                                  "population `z` is not a value",
                                                  {},
                                                  "name one of its variables: `z.…`"});
}

TEST(NetworkMessages, ARuleIsNoValue) {
  expect_message_in_experiment("record x = «W.R»",
                               {Kind::RuleIsNoValue,
                                "rule `R` is not a value",
                                {"learns here"},
                                "name one of its variables: `tau`, `amplitude`, `c`"});
}

TEST(NetworkMessages, AVariableThatNoPieceHasIsReported) {
  expect_message_in_experiment("record x = z.«bios»", {Kind::UnknownField,
                                                       "population `z` has no `bios`",
                                                       {"declared here"},
                                                       "did you mean `bias`?"});
}

TEST(NetworkMessages, AnIndexOfAPopulationIsReported) {
  expect_message_in_experiment("record x = «z[0]».bias",
                               {Kind::IndexOfNoFamily,
                                "`z` takes no index",
                                {},
                                "neurons are picked behind the variable: `z.…[i]`"});
}

TEST(NetworkMessages, AFamilyNeedsAnIndexWhereOneValueIsRead) {
  expect_message_in_experiment(
      "population f[l in 0 .. 1][2]: N()\n record x = «f.bias»",
      {Kind::FamilyWithoutIndex, "`f` is a family: one of its members is needed here"});
}

TEST(NetworkMessages, ASizeMustFollowFromParameters) {
  expect_message_in_experiment(
      "var n = 3\n population p[«n»]: N()\n record x = p.bias, n",
      {Kind::NotFixedByParameters,
       "the size of a population must be known before the experiment starts",
       {},
       "it must follow from the parameters alone"});
}

TEST(NetworkMessages, AClauseGivenTwiceIsReported) {
  expect_message_in_experiment(
      "projection P: z -> z.I, via S(), «via S()»",
      {Kind::RepeatedClause, "projection `P` has a second `via`", {"first given here"}});
}

TEST(NetworkMessages, AProjectionFromAProjectionIsReported) {
  expect_message_in_experiment("projection P: «W» -> z.I, via S()",
                               {Kind::EndpointIsNoPopulation, "a projection joins populations"});
}

TEST(NetworkMessages, SpikesOfANeuronWithoutSpikesAreReported) {
  expect_message_in_experiment("projection P: «m» -> z.I, via S()",
                               {Kind::SourceDoesNotSpike,
                                "projection `P` sends spikes, but neuron `Mute` has none",
                                {"declared here without `spike`"},
                                "send a variable: `m.…`"});
}

TEST(NetworkMessages, ATruthValueCannotBeSent) {
  expect_message_in_experiment(
      "projection P: «z.active» -> m.I",
      {Kind::SourceIsNoNumber, "`active` cannot be sent: it is no number"});
}

TEST(NetworkMessages, ATargetWithoutInputListsTheInputs) {
  expect_message_in_experiment("projection P: z -> «m», via S()",
                               {Kind::TargetWithoutInput,
                                "projection `P` names no input of `m`",
                                {"declared here"},
                                "inputs of neuron `Mute`: `I`, `V`"});
}

TEST(NetworkMessages, ATargetThatIsNoInputListsTheInputs) {
  expect_message_in_experiment("projection P: z -> z.«bias», via S()",
                               {Kind::TargetIsNoInput,
                                "`bias` is no input of `z`",
                                {"declared here"},
                                "inputs of neuron `N`: `I`"});
}

TEST(NetworkMessages, SpikesNeedASynapseType) {
  expect_message_in_experiment("projection «P»: z -> z.I",
                               {Kind::SpikesWithoutVia,
                                "projection `P` sends spikes and needs a synapse type",
                                {"sends spikes"},
                                "say `via` and a synapse type, or send a variable"});
}

TEST(NetworkMessages, AContinuousProjectionTakesNoSynapseType) {
  expect_message_in_experiment("projection P: m.r -> z.I, via «S()»",
                               {Kind::ViaOfVariable,
                                "projection `P` sends a variable and takes no synapse type",
                                {"a continuous variable"},
                                "leave out `via`, or the variable to send spikes"});
}

TEST(NetworkMessages, NoSelfNeedsOnePopulation) {
  expect_message_in_experiment("projection P: z -> m.I, «no self», via S()",
                               {Kind::NoSelfBetweenPopulations,
                                "`no self` needs both ends in one population",
                                {"from here", "to another population"}});
}

TEST(NetworkMessages, TwoRulesOfOneNameAreReported) {
  expect_message_in_experiment("projection P: z -> z.I, via S(), learning R(), learning «R»(5 ms)",
                               {Kind::RuleNamedTwice,
                                "projection `P` has two rules named `R`",
                                {"first named here"},
                                "give it a name: `learning R_2 = …`"});
}

TEST(NetworkMessages, ARuleCannotBeNamedW) {
  expect_message_in_experiment("projection P: z -> z.I, via S(), learning «w» = R()",
                               {Kind::RuleNameTaken,
                                "`w` names something else in projection `P`",
                                {},
                                "give it another name"});
}

TEST(NetworkMessages, ARuleThatReadsAFieldTheNeuronLacksIsReported) {
  expect_message_in_experiment(
      "projection P: z -> z.I, via S(), learning «Follow()»",
      {Kind::RuleFieldMissing,
       "rule `Follow` of projection `P` reads `post.r`, which neuron `N` "
       "does not have",
       {"read here", "neuron `N`"},
       "it has `bias`, `tau`, `I`, `u`, `active`, `since_spike`, `spiked`, "
       "`spike_probability`"});
}

TEST(NetworkMessages, ARuleThatDoesNotFitTheWeightsIsReported) {
  expect_message(R"(
rule Volts { on step { w += 1 mV } }
experiment E { timestep 1 ms
  population m[2]: Mute()
  projection P: m.r -> m.I, learning «Volts()»
  record x = m.gain }
)",
                 {Kind::RuleDoesNotFitWeight,
                  "rule `Volts` does not fit the weights of projection `P`",
                  {"`w` of the projection is a number without dimension", "declared here"}});
}

TEST(NetworkMessages, ARuleThatReadsAFieldInAnotherDimensionIsReported) {
  expect_message(R"(
rule Ratio { on step { w += post.r / (1 mV) } }
experiment E { timestep 1 ms
  population m[2]: Mute()
  projection P: m.r -> m.I, learning «Ratio()»
  record x = m.gain }
)",
                 {Kind::RuleFieldType,
                  "rule `Ratio` of projection `P` does not fit `post.r`",
                  {"read as a voltage", "in neuron `Mute` it is a number without dimension"}});
}

TEST(NetworkMessages, AFieldWithoutALastValueIsReported) {
  expect_message(
      R"(
rule Late { on step { w += prev(post.r) } }
experiment E { timestep 1 ms
  population m[2]: Mute()
  projection P: m.r -> m.I, learning «Late()»
  record x = m.gain }
)",
      {Kind::RuleFieldWithoutPrevious,
       "rule `Late` reads the last value of `post.r`, which neuron `Mute` does not start",
       {"its last value is read here", "neuron `Mute`"},
       "say `, initially e` where `r` is defined"});
}

TEST(NetworkMessages, ARuleThatWaitsForSpikesNeedsANeuronThatSpikes) {
  expect_message_in_experiment("projection P: m.r -> z.I, learning «R()»",
                               {Kind::RuleNeedsSpikes,
                                "rule `R` of projection `P` waits for pre spikes, but neuron "
                                "`Mute` has none",
                                {"declared here", "declared here without `spike`"}});
}

TEST(NetworkMessages, TiedWeightsCannotBeGiven) {
  expect_message_in_experiment(
      "projection P: z -> z.I, via S(), weights tied to W.w, «weight 2»",
      {Kind::TiedAndGivenWeight, "the weights of `P` are tied and cannot be given", {"tied here"}});
}

TEST(NetworkMessages, TiedWeightsCannotLearn) {
  expect_message_in_experiment(
      "projection P: z -> m.I, via S(), weights tied to W.w, learning «Follow()»",
      {Kind::TiedWeightsLearn,
       "the weights of `P` are tied and cannot learn by `Follow`",
       {"this rule changes `w`"},
       "let the projection it is tied to learn"});
}

TEST(NetworkMessages, WeightsAreTiedToOneProjectionOnly) {
  expect_message_in_experiment(
      "projection P: z -> z.I, via S(), weights tied to «W.w + W.w»",
      {Kind::TieIsNoView,
       "weights can only be tied to the weights of one projection",
       {},
       "tie to `P.w`, `-P.w`, `transpose(P.w)` or a multiple of one of them"});
}

TEST(NetworkMessages, ACircleOfTiesIsReportedOnce) {
  expect_message_in_experiment(
      "projection «A»: z -> z.I, via S(), weights tied to B.w\n"
      "projection B: z -> z.I, via S(), weights tied to A.w",
      {Kind::TieLoop,
       "the weights of `A` are tied to themselves: `A` -> `B` -> `A`",
       {"`A` is tied here", "`B` is tied here"},
       "one of them needs weights of its own"});
}

TEST(NetworkMessages, ASynapseThatDoesNotFitTheInputIsReported) {
  expect_message(R"(
synapse Current { state g: current = 0; g' = -g/(1 ms); on spike { g += w } }
experiment E { timestep 1 ms
  population z[2]: N()
  projection P: z -> z.I, via «Current()»
  record x = z.bias }
)",
                 {Kind::SynapseDoesNotFitInput,
                  "synapse `Current` does not fit the input of projection `P`",
                  {"the input is a number without dimension", "declared here"}});
}

TEST(NetworkMessages, AnArgumentOfTheWrongUnitNamesTheParameter) {
  expect_message_in_experiment(
      "population p[2]: N(tau = «3»)\n record x = p.bias",
      {Kind::WrongType,
       "`tau` of neuron `N` must be a time, but this is a number without dimension",
       {},
       "a quantity needs its unit, such as `3 ms`"});
}

TEST(NetworkMessages, AParameterThatNeitherNeuronNorProjectionReadsIsReported) {
  expect_message("neuron Idle(«level» = 0) { input I; y = I }\n",
                 {Kind::UnusedParameter, "parameter `level` is never used", {"of this neuron"}});
}

TEST(NetworkMessages, AnUnknownArgumentIsReported) {
  expect_message_in_experiment(
      "population p[2]: N(«tua» = 3 ms)\n record x = p.bias",
      {Kind::UnknownArgument, "neuron `N` has no parameter `tua`", {}, "did you mean `tau`?"});
}

}  // namespace
}  // namespace bouton
