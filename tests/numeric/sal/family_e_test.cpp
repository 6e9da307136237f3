// The published microcircuit, spike for spike and weight for weight.
#include "tests/numeric/sal/family_e.h"

#include "tests/support/sal/program.h"

namespace bouton::numeric {
namespace {

class SalMicrocircuit : public testing::TestWithParam<Way> {
 protected:
  runtime::Results run(const std::string& tag, std::vector<std::string> parameters) {
    return run_program({BOUTON_SOURCE_DIR "/tests/programs/sal_family_e/microcircuit.bouton",
                        "Tape", std::move(parameters), stage_case(tag)},
                       GetParam())
        .results;
  }
};
INSTANTIATE_TEST_SUITE_P(, SalMicrocircuit, testing::ValuesIn(all_ways()), name_of_way);

TEST_P(SalMicrocircuit, OneNeuronPerLayerLearnsAsPublished) {
  const auto results = run("mc111_sal", {});
  expect_spikes_of_case("mc111_sal", results);
  expect_weights_of_case("mc111_sal", results);
  expect_potentials_of_case("mc111_sal", results);
  expect_outputs_of_case("mc111_sal", results);
}

TEST_P(SalMicrocircuit, SeveralNeuronsPerLayerLearnAsPublished) {
  const auto results = run("mc232_sal", {});
  expect_spikes_of_case("mc232_sal", results);
  expect_weights_of_case("mc232_sal", results);
  expect_potentials_of_case("mc232_sal", results);
  expect_outputs_of_case("mc232_sal", results);
}

TEST_P(SalMicrocircuit, CopiedFeedbackWeightsLearnAsPublished) {
  const auto results = run("mc232_bp", {"copied=true"});
  expect_spikes_of_case("mc232_bp", results);
  expect_weights_of_case("mc232_bp", results);
  expect_outputs_of_case("mc232_bp", results);
}

TEST_P(SalMicrocircuit, ATeacherIsNeitherNudgedNorLearns) {
  const auto results = run("mc111_teacher", {"nudge=0", "learns=false"});
  expect_spikes_of_case("mc111_teacher", results);
  expect_weights_of_case("mc111_teacher", results);
  expect_outputs_of_case("mc111_teacher", results);
}

}  // namespace
}  // namespace bouton::numeric
