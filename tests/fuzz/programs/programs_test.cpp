// Random programs mean the same interpreted and compiled. BOUTON_FUZZ_SEED and BOUTON_FUZZ_COUNT
// choose other programs than those of the suite.
#include <gtest/gtest.h>

#include <iostream>

#include "tests/support/programs/hunt.h"
#include "tests/support/programs/program.h"

namespace bouton::fuzz {
namespace {

TEST(Programs, MeanTheSameInterpretedAndCompiled) {
  const Catch caught = hunt(as_asked({1, 10}));
  std::cout << summary(caught);
  for (const std::string& bug : caught.bugs) ADD_FAILURE() << bug;
  for (const std::string& message : caught.unexpected) ADD_FAILURE() << message;
  EXPECT_LE(caught.refusals() * 4, caught.tried) << "the generator writes what nothing can run";
  EXPECT_LE(caught.failed * 4, caught.tried) << "most programs should run to their end";
}

TEST(Programs, AreTheSameInEveryRun) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) EXPECT_EQ(make_program(seed), make_program(seed));
}

}  // namespace
}  // namespace bouton::fuzz
