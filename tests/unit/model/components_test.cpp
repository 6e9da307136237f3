#include "tests/golden/support/golden.h"
#include "tests/unit/model/dumped_text.h"

namespace bouton::model {
namespace {

const char* const kPrograms[] = {"01_sampling", "02_microcircuit",    "03_pal",
                                 "04_gle",      "05_cuba_songabbott", "06_rules"};

Program target_program(const std::string& name) {
  return program_in(BOUTON_SOURCE_DIR "/tests/programs/" + name + ".bouton");
}

std::string heading_of(const Experiment& experiment) {
  return experiment.is_verify ? "verify \"" + experiment.name + "\""
                              : "experiment " + experiment.name;
}

class TargetProgram : public testing::TestWithParam<const char*> {};

TEST_P(TargetProgram, HasEveryDeclarationInItsDump) {
  const Program program = target_program(GetParam());
  const std::string text = dump(program);
  for (const Neuron& neuron : program.neurons)
    EXPECT_NE(declaration(text, "neuron " + neuron.name), "") << neuron.name;
  for (const Synapse& synapse : program.synapses)
    EXPECT_NE(declaration(text, "synapse " + synapse.name), "") << synapse.name;
  for (const Rule& rule : program.rules)
    EXPECT_NE(declaration(text, "rule " + rule.name), "") << rule.name;
  for (const Circuit& circuit : program.circuits)
    EXPECT_NE(declaration(text, "circuit " + circuit.name), "") << circuit.name;
  for (const Experiment& experiment : program.experiments)
    EXPECT_NE(declaration(text, heading_of(experiment)), "") << experiment.name;
  for (const Sweep& sweep : program.sweeps)
    EXPECT_NE(declaration(text, "sweep " + sweep.name + " of " +
                                    program.experiments[sweep.experiment].name),
              "")
        << sweep.name;
  EXPECT_GT(program.neurons.size(), 0U);
  EXPECT_GT(program.experiments.size(), 0U);
}

TEST_P(TargetProgram, HasTheSameDumpEachTime) {
  EXPECT_EQ(dump(target_program(GetParam())), dump(target_program(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(All, TargetProgram, testing::ValuesIn(kPrograms),
                         [](const auto& tested) { return std::string(tested.param).substr(3); });

struct Golden {
  const char* program;
  const char* heading;
};

class GoldenComponent : public testing::TestWithParam<Golden> {};

TEST_P(GoldenComponent, IsDumpedAsRecorded) {
  const std::string text =
      declaration(dump(target_program(GetParam().program)), GetParam().heading);
  const std::string name =
      std::string(GetParam().heading).substr(std::string(GetParam().heading).find(' ') + 1);
  EXPECT_NE(text, "");
  EXPECT_TRUE(
      golden::matches_golden(BOUTON_SOURCE_DIR "/tests/golden/model/" + name + ".txt", text));
}

INSTANTIATE_TEST_SUITE_P(All, GoldenComponent,
                         testing::Values(Golden{"01_sampling", "neuron Sampler"},
                                         Golden{"01_sampling", "synapse Rectangular"},
                                         Golden{"01_sampling", "rule AlignmentStatistics"},
                                         Golden{"02_microcircuit", "rule ErrorTimesPre"},
                                         Golden{"03_pal", "neuron PalPyramidal"},
                                         Golden{"03_pal", "rule PalForward"},
                                         Golden{"05_cuba_songabbott", "neuron CubaCell"},
                                         Golden{"05_cuba_songabbott", "synapse Exponential"},
                                         Golden{"06_rules", "rule Clopath"},
                                         Golden{"06_rules", "neuron Windowed"},
                                         Golden{"06_rules", "rule RDD"}),
                         [](const auto& tested) {
                           const std::string heading = tested.param.heading;
                           return heading.substr(heading.find(' ') + 1);
                         });

TEST(ModelDump, WritesFunctionsWithTheTypesOfTheirParameters) {
  EXPECT_THAT(
      dump(target_program("02_microcircuit")),
      testing::HasSubstr("function rate_of(u: number of any rank, t_ref: time of any rank): "
                         "number of any rank = "
                         "logistic(u - ln(t_ref / timestep))\n"));
}

struct Pair {
  const char* what;
  const char* left;
  const char* right;
};

class DifferentPrograms : public testing::TestWithParam<Pair> {};

TEST_P(DifferentPrograms, HaveDifferentDumps) {
  EXPECT_NE(dump(program_of(GetParam().left)), dump(program_of(GetParam().right)));
}

constexpr const char* kBase = "rule R(tau = 10 ms) { on pair(dt) nearest { w += exp(-dt/tau) } }";

INSTANTIATE_TEST_SUITE_P(
    All, DifferentPrograms,
    testing::Values(
        Pair{"Constant", kBase,
             "rule R(tau = 11 ms) { on pair(dt) nearest { w += exp(-dt/tau) } }"},
        Pair{"Multiple", kBase, "rule R(tau = 10 s) { on pair(dt) nearest { w += exp(-dt/tau) } }"},
        Pair{"Operator", kBase,
             "rule R(tau = 10 ms) { on pair(dt) nearest { w += exp(-dt*(1/tau)) } }"},
        Pair{"Assignment", kBase,
             "rule R(tau = 10 ms) { on pair(dt) nearest { w -= exp(-dt/tau) } }"},
        Pair{"Pairing", kBase, "rule R(tau = 10 ms) { on pair(dt) all { w += exp(-dt/tau) } }"},
        Pair{"Depth", kBase, "rule R(tau = 10 ms) { on pair(dt) nearest 2 { w += exp(-dt/tau) } }"},
        Pair{"IndexOrder", kBase,
             "rule R(tau = 10 ms) { on pair(dt) nearest in index order { w += exp(-dt/tau) } }"},
        Pair{"Function", kBase,
             "rule R(tau = 10 ms) { on pair(dt) nearest { w += expm1(-dt/tau) } }"},
        Pair{"Bound", "rule R { w' = 1/s * w\n bound w in [0, 1] }",
             "rule R { w' = 1/s * w\n bound w in [0, 2] }"},
        Pair{"Side", "rule R { on pre { w += 1 } }", "rule R { on post { w += 1 } }"},
        Pair{"Unit", "neuron N(p = 1 ms) { input I\n y = I * (p/timestep) }",
             "neuron N(p = 1 us) { input I\n y = I * (p/timestep) }"},
        Pair{"Dimension", "neuron N(p = 1 ms) { input I\n y = I/p }",
             "neuron N(p = 1 mV) { input I\n y = I/p }"},
        Pair{"SpikeForm", "neuron N { input I\n spike with probability logistic(I) }",
             "neuron N { input I\n spike when logistic(I) > 0 }"},
        Pair{"Refractory", "neuron N { input I\n spike when I > 0\n refractory 1 ms }",
             "neuron N { input I\n spike when I > 0\n refractory 2 ms }"},
        Pair{"Solver", "neuron N { input I\n state u = 0\n u' = (I - u)/(1 ms) }",
             "neuron N { input I\n state u = 0\n u' = (I - u)/(1 ms)\n solve with euler }"},
        Pair{"Overlap", "synapse S { psp(s) = if s < 5 ms: 1 else: 0\n renewing }",
             "synapse S { psp(s) = if s < 5 ms: 1 else: 0\n additive }"},
        Pair{"Comparison", "synapse S { psp(s) = if s < 5 ms: 1 else: 0\n renewing }",
             "synapse S { psp(s) = if s <= 5 ms: 1 else: 0\n renewing }"}),
    [](const auto& tested) { return std::string(tested.param.what); });

constexpr std::string_view kExperiment =
    "neuron N(bias = 0) { u = bias }\n"
    "experiment E(p = 1) {\n"
    "  timestep 1 ms\n"
    "  population z[3]: N()\n"
    "  z.bias = uniform(0, p, [3], seed = 1)\n"
    "  for i in 0 .. 4 {\n"
    "    run 5 ms observing { m = mean(z.u) every 1 ms }\n"
    "    if max(m) > 2 { break }\n"
    "    z.bias += p*(m - 1)\n"
    "    clip z.bias to [-2, 2]\n"
    "    record i, m\n"
    "  }\n"
    "}\n";

struct Replacement {
  const char* what;
  std::string_view old_text;
  std::string_view new_text;
};

class DifferentExperiments : public testing::TestWithParam<Replacement> {};

TEST_P(DifferentExperiments, HaveDifferentDumps) {
  std::string changed(kExperiment);
  const std::size_t at = changed.find(GetParam().old_text);
  ASSERT_NE(at, std::string::npos);
  changed.replace(at, GetParam().old_text.size(), GetParam().new_text);
  EXPECT_NE(dump(program_of(kExperiment)), dump(program_of(changed)));
}

INSTANTIATE_TEST_SUITE_P(
    All, DifferentExperiments,
    testing::Values(
        Replacement{"Parameter", "p = 1", "p = 2"},
        Replacement{"Timestep", "timestep 1 ms", "timestep 0.5 ms"},
        Replacement{"Size", "z[3]", "z[4]"}, Replacement{"Seed", "seed = 1", "seed = 2"},
        Replacement{"Range", "0 .. 4", "0 .. 5"}, Replacement{"Unit", "run 5 ms", "run 5 s"},
        Replacement{"Reducer", "mean(z.u)", "last(z.u)"},
        Replacement{"Interval", "every 1 ms", "every 2 ms"},
        Replacement{"Function", "max(m)", "min(m)"}, Replacement{"Comparison", "> 2", ">= 2"},
        Replacement{"Assignment", "+= p", "-= p"}, Replacement{"Operator", "m - 1", "m + 1"},
        Replacement{"Limit", "[-2, 2]", "[-2, 3]"},
        Replacement{"Column", "record i, m", "record m"}),
    [](const auto& tested) { return std::string(tested.param.what); });

}  // namespace
}  // namespace bouton::model
