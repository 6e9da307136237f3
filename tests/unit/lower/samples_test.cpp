// Every construct of unlowered.def has a sample that is refused with exactly its message.
#include <fmt/format.h>

#include "compiler/lower/unlowered.h"
#include "tests/unit/lower/lowered.h"

namespace bouton::lower {
namespace {

std::vector<UnloweredInfo> with_samples() {
  std::vector<UnloweredInfo> infos;
  for (const UnloweredInfo& info : all_unlowered())
    if (!info.sample.empty()) infos.push_back(info);
  return infos;
}

class Samples : public testing::TestWithParam<UnloweredInfo> {};
INSTANTIATE_TEST_SUITE_P(Unlowered, Samples, testing::ValuesIn(with_samples()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_P(Samples, AreRefusedWithTheirMessage) {
  const UnloweredInfo& info = GetParam();
  const std::string file = fmt::format("tests/unit/lower/samples/{}.bouton", info.sample);
  const auto compiled = compile_file(file);
  ASSERT_TRUE(compiled->network) << compiled->messages();
  EXPECT_FALSE(compiled->plan);
  std::vector<std::string> errors;
  for (const diagnostics::Diagnostic& diagnostic : compiled->diagnostics.all()) {
    if (diagnostics::severity_of(diagnostic.kind) != diagnostics::Severity::Error) continue;
    errors.push_back(diagnostic.headline);
    EXPECT_EQ(diagnostic.kind, diagnostics::Kind::Unlowered);
    EXPECT_EQ(diagnostic.hint, info.hint);
    EXPECT_FALSE(diagnostic.span == source::Span{}) << "without a place";
  }
  EXPECT_EQ(errors, std::vector{fmt::format("{} is not compiled yet", info.subject)});
}

// What elaboration does not make yet, made by hand.
class ByHand : public testing::Test {
 protected:
  ByHand()
      : compiled_(
            compile_text("neuron N(rate = 10 Hz) {\n  input I\n  v = I\n  spike at rate rate\n}\n"
                         "synapse Box(tau = 10 ms) {\n"
                         "  psp(s) = if 0 < s and s <= tau: 1 else: 0\n  renewing\n}\n"
                         "experiment E {\n  timestep 1 ms\n  population z[2]: N()\n"
                         "  projection W: z -> z.I, via Box()\n"
                         "  run 10 ms observing { spikes = count(z) }\n"
                         "  record spikes\n}\n")) {}
  elaborate::Network& network() { return *compiled_->network; }
  elaborate::Projection& projection() { return network().projections[elaborate::ProjectionId{0}]; }
  std::string refusal() {
    diagnostics::Diagnostics diagnostics;
    EXPECT_FALSE(lower(network(), diagnostics));
    EXPECT_EQ(diagnostics.all().size(), 1U);
    return diagnostics.all().empty() ? "" : diagnostics.all().front().headline;
  }
  std::unique_ptr<Compiled> compiled_;
};

TEST_F(ByHand, TheNetworkIsLoweredAsItIs) { EXPECT_TRUE(compiled_->plan) << compiled_->messages(); }

TEST_F(ByHand, TiedWeightsAreRefused) {
  projection().tie = elaborate::Tie{projection().span, elaborate::ProjectionId{0}, true, 1.0};
  EXPECT_EQ(refusal(), "a tied weight is not compiled yet");
}

TEST_F(ByHand, ContinuousProjectionsAreRefused) {
  projection().pre_variable = *compiled_->program->neurons[model::NeuronId{0}].scope.find("v");
  projection().synapse.reset();
  EXPECT_EQ(refusal(), "a projection of a continuous variable is not compiled yet");
}

TEST_F(ByHand, RunsOfOneCircuitAreRefused) {
  for (model::Stmt& stmt : network().statements)
    if (auto* run = std::get_if<model::Run>(&stmt.node)) run->circuit = model::SymbolId{0};
  EXPECT_EQ(refusal(), "a run of one circuit is not compiled yet");
}

}  // namespace
}  // namespace bouton::lower
