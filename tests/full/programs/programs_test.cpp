// Many random programs, interpreted against compiled: two hunts, so that two cores have work.
#include <gtest/gtest.h>

#include <iostream>

#include "tests/support/programs/hunt.h"

namespace bouton::fuzz {
namespace {

class ManyPrograms : public testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(From, ManyPrograms, testing::Values(100'000, 200'000));

TEST_P(ManyPrograms, MeanTheSameInterpretedAndCompiled) {
  const Catch caught = hunt({GetParam(), 600});
  std::cout << summary(caught);
  for (const std::string& bug : caught.bugs) ADD_FAILURE() << bug;
  for (const std::string& message : caught.unexpected) ADD_FAILURE() << message;
  EXPECT_LE(caught.refusals() * 5, caught.tried) << "the generator writes what nothing can run";
}

}  // namespace
}  // namespace bouton::fuzz
