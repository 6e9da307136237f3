#include "compiler/elaborate/dump.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "compiler/check/check.h"
#include "compiler/diagnostics/render.h"
#include "compiler/model/builtins.h"
#include "compiler/parse/parse.h"
#include "tests/golden/support/golden.h"

namespace bouton::elaborate {
namespace {

constexpr const char* kComponents =
    "neuron Cell(phi: function = logistic, bias = 0) {\n"
    "  input I\n  u = bias + phi(I)\n  spike when u > 1\n}\n"
    "synapse Box(tau = 3 ms) { psp(s) = if s < tau: 1 else: 0\n renewing }\n"
    "rule Gated(eta = 0.5) { on pre { w += eta * post.u } }\n";

model::Program components() {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  const auto file = std::get<source::FileId>(sources.add_text("test.bouton", kComponents));
  const auto parsed = parse::parse(sources, file, diagnostics);
  auto program = parsed ? check::check({&*parsed, 1}, diagnostics) : std::nullopt;
  EXPECT_FALSE(diagnostics.has_errors()) << diagnostics::render_text(diagnostics, sources);
  return program ? std::move(*program) : model::Program{};
}

// The components in a network of two populations and three projections.
class Sample {
 public:
  Sample() : program_(components()) {
    model::Experiment experiment;
    experiment.name = "Sample";
    n_ = experiment.scope.add({"n", {}, model::SymbolKind::Parameter, model::scalar()});
    z_ = experiment.scope.add({"z", {}, model::SymbolKind::Population, model::scalar()});
    train_ = experiment.scope.add({"train", {}, model::SymbolKind::Phase, model::scalar()});
    network.experiment = program_.experiments.add(std::move(experiment));
    network.program = &program_;
    network.timestep = 0.5;
    network.seed = 7;
    network.parameters[n_] = runtime::Value(3.0);
    add_populations();
    add_projections();
    add_phase();
    network.owners[{{}, z_, {}}] = PopulationId{0};
    network.owners[{{}, z_, {2}}] = PopulationId{1};
    using What = StepItem::What;
    network.step_order = {{PopulationId{0}, What::Input, of_cell("I")},
                          {PopulationId{0}, What::Algebraic, of_cell("u")},
                          {PopulationId{0}, What::SpikeTest, {}}};
    model::Run run;
    run.duration = {{}, model::scalar(units::kTime), model::Number{50}};
    run.phase = train_;
    network.statements.push_back({{}, std::move(run)});
  }
  Sample(const Sample&) = delete;
  Sample& operator=(const Sample&) = delete;

  Network network;

 private:
  [[nodiscard]] model::SymbolId of_cell(std::string_view name) const {
    return *program_.neurons[model::NeuronId{0}].scope.find(name);
  }

  void add_populations() {
    const FunctionValue own{*model::find_builtin("tanh")};
    std::vector<double> biases(20);
    std::iota(biases.begin(), biases.end(), -4.0);
    network.populations.add({"Sample/z",
                             {},
                             model::NeuronId{0},
                             3,
                             {{of_cell("phi"), own}, {of_cell("bias"), runtime::Tensor(0.25)}}});
    network.populations.add(
        {"Sample/y",
         {},
         model::NeuronId{0},
         20,
         {{of_cell("phi"), own}, {of_cell("bias"), runtime::Tensor::vector(std::move(biases))}}});
  }

  void add_projections() {
    const PopulationPart z{PopulationId{0}, 0, 3};
    Projection dense{.name = "Sample/W",
                     .span = {},
                     .pre = z,
                     .post = z,
                     .input = of_cell("I"),
                     .pre_variable = {},
                     .connectivity = DenseConnectivity{true},
                     .synapse = {},
                     .rules = {},
                     .initial_weight = 0.5,
                     .delays = {2, 1, 0},
                     .tie = {},
                     .sign = model::Sign::Inhibitory};
    const auto tau = *program_.synapses[model::SynapseId{0}].scope.find("tau");
    dense.synapse = SynapseInstance{{},
                                    model::SynapseId{0},
                                    {{tau, runtime::Tensor(1.0)}},
                                    PspShape{{1, 1}, PspShape::Level{0, 1, 1.0}}};
    const auto eta = *program_.rules[model::RuleId{0}].scope.find("eta");
    dense.rules.push_back({"gate",
                           {},
                           model::RuleId{0},
                           {{eta, runtime::Tensor({3, 3}, 0.5)}},
                           {{model::Side::Post, "u", of_cell("u")}}});
    Projection tied{.name = "Sample/V",
                    .span = {},
                    .pre = {PopulationId{1}, 4, 3},
                    .post = z,
                    .input = of_cell("I"),
                    .pre_variable = of_cell("u"),
                    .connectivity = SparseConnectivity{{0, 2, 1}, {0, 0, 2}},
                    .synapse = {},
                    .rules = {},
                    .initial_weight = 0.0,
                    .delays = {},
                    .tie = Tie{{}, ProjectionId{0}, true, -1.0},
                    .sign = {}};
    network.projections.add(std::move(dense));
    network.projections.add(std::move(tied));
  }

  void add_phase() {
    const model::Expr lag{{}, model::scalar(units::kTime), model::Number{5}};
    network.phases.add(
        {"train", {}, train_, {{{}, ProjectionId{0}, 0, lag}}, {ProjectionId{1}}, {}});
  }

  model::Program program_;
  model::SymbolId n_, z_, train_;
};

TEST(NetworkDump, IsAsRecorded) {
  EXPECT_TRUE(golden::matches_golden(BOUTON_SOURCE_DIR "/tests/golden/network/sample.txt",
                                     dump(Sample().network)));
}

TEST(NetworkDump, TellsArraysApartThatDifferInOneBit) {
  Sample sample;
  const std::string before = dump(sample.network);
  Population& y = sample.network.populations[PopulationId{1}];
  auto& biases = std::get<runtime::Tensor>(y.parameters[1].value);
  EXPECT_EQ(biases[10], 6.0);
  biases[10] = std::nextafter(6.0, 7.0);
  EXPECT_NE(dump(sample.network), before);
}

struct Change {
  const char* what;
  void (*make)(Network&);
};

class ChangedNetwork : public testing::TestWithParam<Change> {};

TEST_P(ChangedNetwork, HasAnotherDump) {
  Sample sample;
  const std::string before = dump(sample.network);
  GetParam().make(sample.network);
  EXPECT_NE(dump(sample.network), before);
}

Projection& first(Network& network) { return network.projections[ProjectionId{0}]; }
Projection& second(Network& network) { return network.projections[ProjectionId{1}]; }

INSTANTIATE_TEST_SUITE_P(
    All, ChangedNetwork,
    testing::Values(
        Change{"Precision", [](Network& n) { n.precision = Precision::Single; }},
        Change{"Timestep", [](Network& n) { n.timestep = 1; }},
        Change{"Seed", [](Network& n) { n.seed = 8; }},
        Change{"Parameter", [](Network& n) { n.parameters.begin()->second = runtime::Value(4.0); }},
        Change{"Size", [](Network& n) { n.populations[PopulationId{0}].size = 4; }},
        Change{"Part", [](Network& n) { second(n).pre.first = 5; }},
        Change{"NoSelf", [](Network& n) { first(n).connectivity = DenseConnectivity{false}; }},
        Change{"OneToOne", [](Network& n) { first(n).connectivity = OneToOneConnectivity{}; }},
        Change{"Synapse",
               [](Network& n) { std::get<SparseConnectivity>(second(n).connectivity).pre[1] = 1; }},
        Change{"Weight", [](Network& n) { first(n).initial_weight = 0.75; }},
        Change{"Delay", [](Network& n) { first(n).delays.dendritic = 2; }},
        Change{"Psp", [](Network& n) { first(n).synapse->psp->samples[0] = 2; }},
        Change{"PspLevel", [](Network& n) { first(n).synapse->psp->level.reset(); }},
        Change{"RuleParameter",
               [](Network& n) {
                 std::get<runtime::Tensor>(first(n).rules[0].parameters[0].value).at(1, 2) = 1;
               }},
        Change{"Transposed", [](Network& n) { second(n).tie->transposed = false; }},
        Change{"Scale", [](Network& n) { second(n).tie->scale = 1; }},
        Change{"Sign", [](Network& n) { first(n).sign = model::Sign::Excitatory; }},
        Change{"Lag", [](Network& n) { n.phases[PhaseId{0}].learners[0].after.reset(); }},
        Change{"Learner", [](Network& n) { n.phases[PhaseId{0}].learners[0].rule.reset(); }},
        Change{"Silenced", [](Network& n) { n.phases[PhaseId{0}].silenced[0] = PopulationId{1}; }},
        Change{"StepOrder", [](Network& n) { std::swap(n.step_order[0], n.step_order[1]); }},
        Change{"Statement", [](Network& n) { n.statements.clear(); }}),
    [](const auto& tested) { return std::string(tested.param.what); });

}  // namespace
}  // namespace bouton::elaborate
