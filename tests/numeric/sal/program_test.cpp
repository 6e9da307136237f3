// The target program of the sampling experiment, from its text to interpreted results.
#include <gtest/gtest.h>

#include "compiler/check/check.h"
#include "compiler/diagnostics/render.h"
#include "compiler/elaborate/elaborate.h"
#include "compiler/interpret/interpret.h"
#include "compiler/load/load_program.h"

namespace bouton::numeric {
namespace {

class SamplingProgram : public testing::Test {
 protected:
  void SetUp() override {
    const auto files = load::load_program(BOUTON_SOURCE_DIR "/tests/programs/01_sampling.bouton",
                                          sources_, diagnostics_);
    if (files) program_ = check::check(*files, diagnostics_);
    ASSERT_TRUE(program_) << messages();
  }

  interpret::Results run(const std::string& name, elaborate::Options options) {
    options.source_directory = BOUTON_SOURCE_DIR "/tests/reference/sal";
    for (const model::ExperimentId id : program_->experiments.ids()) {
      if (program_->experiments[id].name != name) continue;
      const auto network = elaborate::elaborate(*program_, id, options, diagnostics_);
      EXPECT_TRUE(network) << messages();
      return network ? interpret::interpret(*network) : interpret::Results{};
    }
    ADD_FAILURE() << "no experiment " << name;
    return {};
  }

  std::string messages() { return diagnostics::render_text(diagnostics_, sources_); }

  source::SourceMap sources_;
  diagnostics::Diagnostics diagnostics_;
  std::optional<model::Program> program_;
};

TEST_F(SamplingProgram, ItsTapeVerificationPasses) {
  const auto results = run("matches the published sampler spike for spike", {});
  EXPECT_FALSE(results.problem) << results.problem->message;
  EXPECT_EQ(results.expectations.size(), 2U);
  for (const auto& expectation : results.expectations) EXPECT_TRUE(expectation.passed);
}

TEST_F(SamplingProgram, ShortTrainingRecordsEveryValidation) {
  elaborate::Options options;
  const auto set = [&](const char* name, double value) {
    options.parameters.push_back({name, value, units::kNone, {}});
  };
  set("epochs", 4);
  set("validate_every", 2);
  set("windows", 100);
  set("validation_factor", 2);
  set("init_noise", 1);
  const auto results = run("Sampling", options);
  EXPECT_FALSE(results.problem) << results.problem->message;
  ASSERT_EQ(results.recorded.tables.size(), 1U);
  EXPECT_EQ(results.recorded.tables.front().rows.size(), 3U);
  EXPECT_EQ(results.steps, 5000 * (3 * 2 + 2));
}

}  // namespace
}  // namespace bouton::numeric
