// Every message about the statements of experiments: its place, both sides, its hint.
#include <gtest/gtest.h>

#include "tests/unit/check_network/marked.h"

namespace bouton {
namespace {

using diagnostics::Kind;

TEST(ExperimentMessages, ElapsedNeedsARun) {
  expect_message_in_experiment(
      "record d = «elapsed»",
      {Kind::ElapsedBeforeRun, "`elapsed` has no value before the first run"});
}

TEST(ExperimentMessages, RunsNeedATimestep) {
  expect_message("experiment E { population z[2]: N()\n run «10 ms»\n record b = z.bias }\n",
                 {Kind::MissingTimestep,
                  "`E` runs without a `timestep`",
                  {},
                  "say for instance `timestep 1 ms`"});
}

TEST(ExperimentMessages, ASecondTimestepIsReported) {
  expect_message_in_experiment(
      "timestep «2 ms»",
      {Kind::SecondTimestep, "the time step is given twice", {"first given here"}});
}

TEST(ExperimentMessages, ATimestepInABlockIsReported) {
  expect_message(
      "experiment E(p = 1) { population z[2]: N()\n if p > 0 { timestep «1 ms» }\n "
      "record b = z.bias }\n",
      {Kind::TimestepInBlock,
       "the time step belongs outside of `if` and `for`",
       {},
       "choose by an expression: `timestep if fine: 0.1 ms else: 1 ms`"});
}

TEST(ExperimentMessages, ATimestepAfterARunIsReported) {
  expect_message(
      "experiment E { population z[2]: N()\n run 10 ms\n timestep «1 ms»\n record b = z.bias }\n",
      {Kind::TimestepAfterRun,
       "the time step must be given before the first run",
       {"the first run"}});
}

TEST(ExperimentMessages, AStatementThatDoesNotBelongInACircuitIsReported) {
  expect_message("circuit C { population z[2]: N()\n «run 10 ms» }\n",
                 {Kind::NotHere, "`run` cannot stand in a circuit"});
}

TEST(ExperimentMessages, LearnOutsideOfAPhaseIsReported) {
  expect_message_in_experiment("«learn W»",
                               {Kind::NotHere, "`learn` cannot stand in an experiment"});
}

TEST(ExperimentMessages, ADeclarationThatDependsOnARunIsReported) {
  expect_message_in_experiment(
      "run 10 ms observing { s = count(z) }\n if max(s) > 1 { population «p»[2]: Mute() }\n"
      "record s",
      {Kind::DeclaredAtRunTime,
       "`p` is declared where the experiment runs already",
       {},
       "an `if` or `for` around declarations may depend on parameters only"});
}

TEST(ExperimentMessages, BothBranchesOfACompileTimeIfMayDeclareOneName) {
  expect_message(R"(
experiment E(sparse = true) { timestep 1 ms
  population z[9]: N()
  if sparse { projection P: z -> z.I, via S(), connect probability 0.1 }
  else { projection P: z -> z.I, via S() }
  let «never» = P.w
  record x = z.bias }
)",
                 {Kind::UnusedName, "constant `never` is never read"});
}

TEST(ExperimentMessages, BreakNeedsALoop) {
  expect_message_in_experiment("«break»", {Kind::BreakOutsideLoop, "`break` outside of a loop"});
}

TEST(ExperimentMessages, EveryNeedsAForThatCounts) {
  expect_message_in_experiment(
      "for x in [1, 2] { «every 2 { record x }» }",
      {Kind::EveryOutsideLoop,
       "`every` needs a `for` that counts around it",
       {},
       "`every n` runs when the number that the `for` around it counts is a multiple of n"});
}

TEST(ExperimentMessages, AForOverANumberIsReported) {
  expect_message_in_experiment(
      "for x in «3» { record x }",
      {Kind::NoSequence, "a number without dimension has no elements to go through"});
}

TEST(ExperimentMessages, APatternMustFitTheElements) {
  expect_message_in_experiment(
      "for («a», b, c) in zip([1, 2], [3, 4]) { record a, b, c }",
      {Kind::PatternDoesNotFit, "3 names cannot stand for a tuple of 2", {"the sequence"}});
}

TEST(ExperimentMessages, AnAssignmentNeverDeclares) {
  expect_message_in_experiment(
      "«novel» = 3",
      {Kind::UnknownName, "there is no `novel` here", {}, "`var novel = …` declares a variable"});
}

TEST(ExperimentMessages, AConstantCannotBeAssigned) {
  expect_message_in_experiment("let a = 3\n «a» = 4\n record a",
                               {Kind::CannotAssign,
                                "`a` cannot be assigned here: it is a constant",
                                {"declared here"},
                                "what is assigned again is declared by `var a = …`"});
}

TEST(ExperimentMessages, AnAlgebraicVariableCannotBeAssigned) {
  expect_message_in_experiment("«z.u» = 4",
                               {Kind::CannotAssign,
                                "`z.u` cannot be assigned here: it is an algebraic variable",
                                {"declared here"}});
}

TEST(ExperimentMessages, TiedWeightsCannotBeAssigned) {
  expect_message_in_experiment(
      "projection P: z -> z.I, via S(), weights tied to transpose(W.w)\n «P.w» = 1",
      {Kind::CannotAssign, "`P.w` cannot be assigned here: it is tied to other weights"});
}

TEST(ExperimentMessages, AnAssignedValueMustHaveTheDimension) {
  expect_message_in_experiment(
      "z.tau = «3»",
      {Kind::WrongType,
       "`z.tau` must be a time or a vector of time, but this is a number without dimension",
       {},
       "a quantity needs its unit, such as `3 ms`"});
}

TEST(ExperimentMessages, AMatrixForSparseWeightsIsReported) {
  expect_message_in_experiment(
      "projection P: z -> z.I, via S(), connect probability 0.5\n P.w = «uniform(0, 1, [3, 3])»",
      {Kind::WrongType, "`P.w` must be a vector, but this is a matrix"});
}

TEST(ExperimentMessages, APhaseSetsParametersOnly) {
  expect_message_in_experiment(
      "phase p { «W.w» = 1 }\n run 10 ms in p",
      {Kind::PhaseSetsParameters, "a phase sets parameters, and `W.w` is none"});
}

TEST(ExperimentMessages, NormaliseWorksOnWeights) {
  expect_message_in_experiment("normalise «z.bias» per post to 1",
                               {Kind::NormaliseNeedsWeights,
                                "`normalise` works on the weights of a projection",
                                {},
                                "name the weights of a projection: `P.w`"});
}

TEST(ExperimentMessages, ClipNeedsOneDimension) {
  expect_message_in_experiment(
      "clip z.bias, «z.tau» to [0, 1]",
      {Kind::MixedDimensions, "cannot clip a number without dimension and a vector of time"});
}

TEST(ExperimentMessages, ResetOfAVariableIsReported) {
  expect_message_in_experiment(
      "reset «z.bias»",
      {Kind::TargetIsNoOwner, "`reset` needs a population, projection or circuit"});
}

TEST(ExperimentMessages, AnUnknownRuleIsReported) {
  expect_message_in_experiment("phase p { learn W.«Rr» }\n run 10 ms in p",
                               {Kind::UnknownRule,
                                "projection `W` has no rule `Rr`",
                                {"declared here"},
                                "did you mean `R`?"});
}

TEST(ExperimentMessages, PopulationsDoNotLearn) {
  expect_message_in_experiment("phase p { learn «z» }\n run 10 ms in p",
                               {Kind::LearnNeedsProjection,
                                "only projections learn",
                                {},
                                "name a projection or one of its rules"});
}

TEST(ExperimentMessages, AProjectionWithoutRulesCannotLearn) {
  expect_message_in_experiment(
      "projection P: z -> z.I, via S()\n phase p { learn «P» }\n run 10 ms in p",
      {Kind::LearnWithoutRules,
       "projection `P` has no rule to learn by",
       {"declared here without `learning`"}});
}

TEST(ExperimentMessages, ARuleCannotBeSilent) {
  expect_message_in_experiment("phase p { silence «W.R» }\n run 10 ms in p",
                               {Kind::SilenceNeedsOwner,
                                "only populations and projections can be silent",
                                {},
                                "name a population or a projection"});
}

TEST(ExperimentMessages, ARunInAPopulationIsReported) {
  expect_message_in_experiment(
      "run 10 ms in «z»",
      {Kind::WrongKindOfName, "`z` is a population, not a phase", {"declared here"}});
}

TEST(ExperimentMessages, ARunNeedsATime) {
  expect_message_in_experiment("run «10»",
                               {Kind::WrongType,
                                "the duration of a run must be a time, but this is a number "
                                "without dimension",
                                {},
                                "a quantity needs its unit, such as `10 ms`"});
}

TEST(ExperimentMessages, AnObservationNeedsAReducer) {
  expect_message_in_experiment(
      "run 10 ms observing { u = «z.u» }\n record u",
      {Kind::ObservationWithoutReducer,
       "an observation needs a reducer",
       {},
       "one of `mean`, `sum`, `variance`, `min`, `max`, `last`, `samples`, `count`, `spikes`, "
       "`histogram_of_states`"});
}

TEST(ExperimentMessages, AnUnknownReducerIsReported) {
  expect_message_in_experiment(
      "run 10 ms observing { u = «meen»(z.u) }\n record u",
      {Kind::UnknownReducer, "there is no reducer `meen`", {}, "did you mean `mean`?"});
}

TEST(ExperimentMessages, AReducerTakesOneArgument) {
  expect_message_in_experiment("run 10 ms observing { u = «mean(z.u, z.bias)» }\n record u",
                               {Kind::ReducerArguments, "reducer `mean` takes one argument"});
}

TEST(ExperimentMessages, CountNeedsAPopulation) {
  expect_message_in_experiment(
      "run 10 ms observing { n = count(«z.u») }\n record n",
      {Kind::ReducerNeedsPopulation, "`count` counts the spikes of a population"});
}

TEST(ExperimentMessages, CountOfANeuronWithoutSpikesIsReported) {
  expect_message_in_experiment("run 10 ms observing { n = count(«m») }\n record n",
                               {Kind::CountOfSilent,
                                "`count` of neuron `Mute`, which has no spikes",
                                {"declared here without `spike`"}});
}

TEST(ExperimentMessages, AHistogramOfStatesNeedsTruthValues) {
  expect_message_in_experiment(
      "run 10 ms observing { h = histogram_of_states(«z.u») }\n record h",
      {Kind::ReducerNeedsStates, "`histogram_of_states` needs a truth value of a population"});
}

TEST(ExperimentMessages, CountTakesNoEvery) {
  expect_message_in_experiment(
      "run 10 ms observing { n = count(z) every «5 ms» }\n record n",
      {Kind::EveryOfSpikes, "`count` sees every step and takes no `every`"});
}

TEST(ExperimentMessages, ObservingAConstantIsReported) {
  expect_message_in_experiment("run 10 ms observing { n = mean(«3») }\n record n",
                               {Kind::ObservationOfConstant, "this does not change during a run"});
}

TEST(ExperimentMessages, AResultIsNotThereBeforeItsRun) {
  expect_message_in_experiment(
      "record «seen»\n run 10 ms observing { seen = spikes(z) }\n record r = seen",
      {Kind::UnknownName, "there is no `seen` here"});
}

TEST(ExperimentMessages, ARecordedExpressionNeedsAName) {
  expect_message_in_experiment(
      "record «z.bias + 1»",
      {Kind::ColumnWithoutName, "a recorded value needs a name", {}, "write `name = value`"});
}

TEST(ExperimentMessages, AColumnRecordedTwiceIsReported) {
  expect_message_in_experiment(
      "record a = z.bias, «a = z.tau»",
      {Kind::RepeatedColumn, "`a` is recorded twice in one row", {"first recorded here"}});
}

TEST(ExperimentMessages, AColumnHoldsOneKindOfValue) {
  expect_message_in_experiment(
      "record a = z.bias\n record «a = z.tau»",
      {Kind::ColumnsDiffer, "column `a` of one table holds two kinds of values", {"a vector"}});
}

TEST(ExperimentMessages, APlotTakesNames) {
  expect_message_in_experiment("record a = 1, b = 2\n plot «a + 1» vs b",
                               {Kind::PlotOfExpression,
                                "`plot` takes the names of recorded columns",
                                {},
                                "record the value under a name and plot that"});
}

TEST(ExperimentMessages, APlotOfWhatIsNotRecordedIsReported) {
  expect_message_in_experiment(
      "record loss = 1, epoch = 2\n plot «los» vs epoch",
      {Kind::PlotOfUnrecorded, "`los` is not recorded", {}, "did you mean `loss`?"});
}

TEST(ExperimentMessages, APlotNeedsOneTable) {
  expect_message_in_experiment("record a = 1\n record b = 2\n plot «a vs b»",
                               {Kind::PlotAcrossTables, "`a` and `b` are never recorded together"});
}

TEST(ExperimentMessages, OnlyRandomNumbersAreReplayed) {
  expect_message_in_experiment("replay «z.u» from load(\"a.csv\")",
                               {Kind::ReplayOfOther,
                                "only random numbers of a population can be replayed",
                                {},
                                "name the `spike` or a noise of a population"});
}

TEST(ExperimentMessages, WithinNeedsAnEquality) {
  expect_message_in_experiment(
      "run 10 ms observing { n = count(z) }\n expect max(n) < 3 within «1»",
      {Kind::WithinNeedsEquality, "`within` needs a comparison by `==`", {"this is no `==`"}});
}

TEST(ExperimentMessages, APhaseThatNeverRunsIsReported) {
  expect_message_in_experiment("phase «p» { learn W }",
                               {Kind::PhaseNeverRuns, "phase `p` is never run"});
}

TEST(ExperimentMessages, APopulationWithoutEffectIsReported) {
  expect_message_in_experiment("population «idle»[2]: N()",
                               {Kind::PopulationWithoutEffect, "population `idle` has no effect"});
}

TEST(ExperimentMessages, ACircuitWithoutEffectIsReported) {
  expect_message(
      "circuit C { population z[2]: N() }\n"
      "experiment E { timestep 1 ms\n circuit «c»: C()\n record x = 1 }\n",
      {Kind::CircuitWithoutEffect, "circuit `c` has no effect"});
}

TEST(ExperimentMessages, AnExperimentWithoutResultsIsReported) {
  expect_message(
      "experiment «E» { timestep 1 ms\n population z[2]: N()\n z.bias = 1\n run 1 ms }\n",
      {Kind::ExperimentWithoutResults, "experiment `E` records, prints and expects nothing"});
}

TEST(ExperimentMessages, AVerifyBlockWithoutExpectIsReported) {
  expect_message(
      "verify «\"nothing\"» { timestep 1 ms\n population z[2]: N()\n z.bias = 1\n run 1 ms }\n",
      {Kind::VerifyWithoutExpect, "verify block `nothing` expects nothing"});
}

TEST(ExperimentMessages, AnUnusedParameterIsReported) {
  expect_message(
      "experiment E(«lr» = 1) { timestep 1 ms\n population z[2]: N()\n record b = z.bias }\n",
      {Kind::UnusedParameter, "parameter `lr` is never used"});
}

TEST(SweepMessages, AnAxisMustNameAParameter) {
  expect_message(
      "experiment E(lr = 1) { record lr }\n"
      "sweep F of E { «rl» in [1, 2] }\n",
      {Kind::UnknownArgument,
       "experiment `E` has no parameter `rl`",
       {"declared here"},
       "did you mean `lr`?"});
}

TEST(SweepMessages, AnAxisMustHaveTheTypeOfTheParameter) {
  expect_message(
      "experiment E(lr = 1 ms) { record lr }\n"
      "sweep F of E { lr in «[1, 2]» }\n",
      {Kind::WrongType,
       "each value of `lr` must be a time, but this is a number without dimension",
       {"declared here"}});
}

TEST(SweepMessages, AnAxisGivenTwiceIsReported) {
  expect_message(
      "experiment E(lr = 1) { record lr }\n"
      "sweep F of E { lr in [1, 2]; «lr» in [3] }\n",
      {Kind::DuplicateName, "`lr` is declared twice", {"first swept here"}});
}

TEST(SweepMessages, ASweepOfAnUnknownExperimentIsReported) {
  expect_message(
      "experiment Fit(lr = 1) { record lr }\nsweep F of «Fir» { lr in [1, 2] }\n",
      {Kind::UnknownDefinition, "there is no experiment `Fir`", {}, "did you mean `Fit`?"});
}

}  // namespace
}  // namespace bouton
