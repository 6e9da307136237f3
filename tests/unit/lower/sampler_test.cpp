// The sampling experiments lower to plans that the verifier accepts and that no name is part of.
#include <regex>

#include "tests/unit/lower/lowered.h"

namespace bouton::lower {
namespace {

struct Program {
  const char* file;
  std::size_t experiment;
};
void PrintTo(const Program& program, std::ostream* out) {
  *out << program.file << " #" << program.experiment;
}

class Sampling : public testing::TestWithParam<Program> {};
INSTANTIATE_TEST_SUITE_P(Programs, Sampling,
                         testing::Values(Program{"tests/programs/01_sampling.bouton", 0},
                                         Program{"tests/programs/01_sampling.bouton", 1},
                                         Program{"tests/programs/01_sampling.bouton", 2},
                                         Program{"examples/02_sampling_sal/main.bouton", 0},
                                         Program{"tests/differential/programs/sampler.bouton", 0},
                                         Program{"tests/differential/programs/sampler.bouton", 1},
                                         Program{"tests/differential/programs/potentials.bouton",
                                                 0}));

TEST_P(Sampling, LowersToAPlanThatTheVerifierAccepts) {
  const auto compiled = compile_file(GetParam().file, GetParam().experiment);
  ASSERT_TRUE(compiled->plan) << compiled->messages();
  EXPECT_EQ(compiled->errors(), "") << plan::print(*compiled->plan);
}

}  // namespace
}  // namespace bouton::lower
