// Circuits, families, ties and phases as they stand in the concrete network.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/check/check.h"
#include "compiler/diagnostics/render.h"
#include "compiler/elaborate/dump.h"
#include "compiler/elaborate/elaborate.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_map.h"

namespace bouton::elaborate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class ConcreteNetwork : public testing::Test {
 protected:
  const Network& of(const std::string& text, const Options& options = {}) {
    const auto file = std::get<source::FileId>(sources_.add_text("test.bouton", text));
    const auto parsed = parse::parse(sources_, file, diagnostics_);
    if (parsed) program_ = check::check({&*parsed, 1}, diagnostics_);
    if (program_) network_ = elaborate(*program_, model::ExperimentId{0}, options, diagnostics_);
    EXPECT_TRUE(network_) << diagnostics::render_text(diagnostics_, sources_);
    if (!network_) network_ = Network{};
    return *network_;
  }

  std::vector<std::string> populations() const {
    std::vector<std::string> names;
    for (const Population& population : network_->populations)
      names.push_back(population.name + " " + std::to_string(population.size));
    return names;
  }

  const Projection& projection(const std::string& name) const {
    for (const Projection& candidate : network_->projections)
      if (candidate.name == name) return candidate;
    ADD_FAILURE() << "no projection " << name;
    return *network_->projections.begin();
  }

  source::SourceMap sources_;
  diagnostics::Diagnostics diagnostics_;
  std::optional<model::Program> program_;
  std::optional<Network> network_;
};

const std::string kUnits = R"(
neuron Unit(bias = 0) {
  input I
  input J
  u = bias + I + J
  average = moving_average(u, 20 ms, first = 0)
  spike with probability logistic(u)
}
neuron Rate { input I
  r = tanh(I), initially 0 }
rule Oja(eta = 0.1) { w' = eta/(1 ms) * post.u * (pre.u - post.u * w) }
rule Count() { state c = 0
  on pre { c += 1 } }
synapse Box(tau = 10 ms) { psp(s) = if 0 < s and s < tau: 1 else: 0; renewing }
circuit Chain(dims, eta = 0.1, tied = false) {
  let L = length(dims) - 1
  population z[0][dims[0]]: Unit(1)
  population z[l in 1 .. L][dims[l]]: Unit(bias = l)
  projection up[l in 1 .. L]: z[l-1] -> z[l].I, via Box(), learning Oja(eta)
  if tied { projection down[l in 1 .. L]: z[l] -> z[l-1].J, via Box(), weights tied to transpose(up[l].w) }
  else    { projection down[l in 1 .. L]: z[l] -> z[l-1].J, via Box(), learning Count() }
  projection back[l in 1 .. L]: z[l] -> z[l-1].J, via Box(), weights tied to -2 * down[l].w
  z[1].bias = 0.5 * dims[1]
}
)";

std::string chain(const std::string& arguments, const std::string& body) {
  return kUnits + "experiment X {\n  timestep 1 ms\n  let L = 2\n  circuit net: Chain(" +
         arguments + ")\n" + body + "\n}\n";
}

constexpr const char* kRun = "  run 10 ms observing { n = count(net.z[0]) }\n  record n\n";

TEST_F(ConcreteNetwork, AFamilyHasAPopulationForEachIndexAndItsParametersFollowTheIndex) {
  of(chain("[3, 4, 2]", kRun));
  EXPECT_THAT(populations(), ElementsAre("X/net.z[0] 3", "X/net.z[1] 4", "X/net.z[2] 2"));
  const Population& last = network_->populations[PopulationId{2}];
  EXPECT_EQ(std::get<runtime::Tensor>(last.parameters.front().value), runtime::Tensor(2.0));
}

TEST_F(ConcreteNetwork, AnInstanceHasItsOwnPartsAndItsOwnClock) {
  of(kUnits + R"(experiment X {
  timestep 1 ms
  circuit a: Chain([1, 1])
  circuit b: Chain([2, 2])
  population z[5]: Unit()
  projection W: z -> b.z[0].I, via Box()
  run 10 ms of a observing { n = count(a.z[0]) }
  record n
})");
  EXPECT_THAT(populations(),
              ElementsAre("X/a.z[0] 1", "X/a.z[1] 1", "X/b.z[0] 2", "X/b.z[1] 2", "X/z 5"));
  EXPECT_EQ(network_->clocks, 2U);
  const auto clock = [&](std::uint32_t population) {
    return network_->clock_of(PopulationId{population}).value;
  };
  EXPECT_NE(clock(0), clock(2));
  EXPECT_EQ(clock(2), clock(4)) << "joined by W";
}

TEST_F(ConcreteNetwork, AChainOfTiesEndsAtWeightsThatAreStored) {
  of(chain("[3, 4, 2], tied = true", kRun));
  const Projection& back = projection("X/net.back[1]");
  ASSERT_TRUE(back.tie);
  EXPECT_EQ(network_->projections[back.tie->to].name, "X/net.up[1]");
  EXPECT_TRUE(back.tie->transposed);
  EXPECT_EQ(back.tie->scale, -2.0);
  EXPECT_FALSE(projection("X/net.up[1]").tie);
}

TEST_F(ConcreteNetwork, ParametersOfACircuitDecideWhatItIsMadeOf) {
  of(chain("[3, 4, 2]", kRun));
  EXPECT_FALSE(projection("X/net.down[2]").tie);
  EXPECT_EQ(projection("X/net.down[2]").rules.size(), 1U);
  EXPECT_FALSE(projection("X/net.back[2]").tie->transposed);
}

TEST_F(ConcreteNetwork, AStatementOfACircuitStandsAmongThoseOfTheExperiment) {
  of(chain("[3, 4, 2]", kRun));
  EXPECT_THAT(dump(*network_), HasSubstr("net.z[1].bias = 0.5 * [3, 4, 2][1]\n"));
}

TEST_F(ConcreteNetwork, ALoopOverMembersBecomesOneStatementForEach) {
  of(chain("[3, 4, 2]", R"(  for epoch in 1 .. 3 {
    for l in 1 .. L { net.up[l].w = l * 0.5 }
  }
)" + std::string(kRun)));
  const std::string text = dump(*network_);
  EXPECT_THAT(text, HasSubstr("for epoch: number in 1 .. 3"));
  EXPECT_THAT(text, HasSubstr("net.up[1].w = 1 * 0.5\n"));
  EXPECT_THAT(text, HasSubstr("net.up[2].w = 2 * 0.5\n"));
  EXPECT_THAT(text, Not(HasSubstr("for l in")));
}

// Of code for runs each copy costs as much as a program; that all members are there is known
// nevertheless.
TEST_F(ConcreteNetwork, ALoopOfManyTurnsStaysALoop) {
  of(chain("[3, 4, 2]", R"(  for i in 0 .. 299 {
    net.z[i mod 3].bias = 0.5
    for l in 1 .. L { net.up[l].w = l }
  }
)" + std::string(kRun)));
  const std::string text = dump(*network_);
  EXPECT_THAT(text, HasSubstr("for i: number in 0 .. 299"));
  EXPECT_THAT(text, HasSubstr("net.z[i mod 3].bias = 0.5\n"));
  EXPECT_THAT(text, HasSubstr("net.up[2].w = 2\n"));
}

TEST_F(ConcreteNetwork, ALoopThatBreaksIsLeftAsItIs) {
  of(chain("[3, 4, 2]", "  for l in 1 .. L { net.up[l].w = 1; break }\n" + std::string(kRun)));
  EXPECT_THAT(dump(*network_), HasSubstr("net.up[l].w = 1\n"));
}

TEST_F(ConcreteNetwork, ABranchBetweenMembersIsDecided) {
  of(chain("[3, 4, 2]", R"(  for l in 1 .. L {
    if l < L { net.up[l].w = mean(net.up[l+1].w) } else { net.up[l].w = if l > 5: mean(net.up[l+7].w) else: 3 }
  }
)" + std::string(kRun)));
  const std::string text = dump(*network_);
  EXPECT_THAT(text, HasSubstr("net.up[1].w = mean(net.up[2].w)\n"));
  EXPECT_THAT(text, HasSubstr("net.up[2].w = 3\n"));
}

TEST_F(ConcreteNetwork, ASliceThatIsAssignedIsOneAssignmentForEachMember) {
  of(chain("[3, 4, 2]",
           "  net.z[1 .. L].bias = 0.25\n  clip net.up.w to [-1, 1]\n" + std::string(kRun)));
  const std::string text = dump(*network_);
  EXPECT_THAT(text, HasSubstr("net.z[1].bias = 0.25\n"));
  EXPECT_THAT(text, HasSubstr("net.z[2].bias = 0.25\n"));
  EXPECT_THAT(text, HasSubstr("clip net.up[1].w, net.up[2].w to [-1, 1]\n"));
}

TEST_F(ConcreteNetwork, APhaseHasOneLearnerForEachMemberAndNoLoops) {
  of(chain("[3, 4, 2]", R"(  phase p {
    learn net.up after 5 ms
    for l in 1 .. L { net.z[l].bias = l }
    if L > 5 { silence net.up } else { silence net.down[2], net.z[0] }
  }
  run 10 ms in p observing { n = count(net.z[0]) }
  record n
)"));
  const Phase& phase = *network_->phases.begin();
  ASSERT_EQ(phase.learners.size(), 2U);
  EXPECT_EQ(network_->projections[phase.learners[1].projection].name, "X/net.up[2]");
  EXPECT_EQ(phase.silenced.size(), 2U);
  EXPECT_EQ(phase.assignments.size(), 2U);
}

TEST_F(ConcreteNetwork, ResettingACircuitResetsItsParts) {
  of(chain("[3, 4]", std::string(kRun) + "  reset net\n  reset net.z\n"));
  EXPECT_THAT(dump(*network_), HasSubstr("reset net.z[0], net.z[1]\n"));
}

TEST_F(ConcreteNetwork, AWindowIsMeasuredInSteps) {
  of(chain("[3, 4]", kRun));
  const Population& first = *network_->populations.begin();
  ASSERT_EQ(first.averages.size(), 1U);
  EXPECT_EQ(first.averages.front().samples, 20);
}

TEST_F(ConcreteNetwork, ADelayedVariableIsReadBeforeItsNeuronIsComputed) {
  of(kUnits + R"(experiment X {
  timestep 1 ms
  population a[2]: Rate()
  population b[2]: Rate()
  projection ab: a.r -> b.I, connect one to one, weight 1
  projection ba: b.r -> a.I, weight 0.5, axonal timestep
  run 10 ms observing { r = last(a.r) }
  record r
})");
  const Projection& ab = projection("X/ab");
  ASSERT_TRUE(ab.pre_variable);
  EXPECT_TRUE(std::holds_alternative<OneToOneConnectivity>(ab.connectivity));
  EXPECT_EQ(projection("X/ba").delays.axonal, 1);
  EXPECT_EQ(network_->step_order.front().population, PopulationId{0});
}

}  // namespace
}  // namespace bouton::elaborate
