#include "tests/numeric/sal/family_a.h"

#include <gtest/gtest.h>

#include "compiler/interpret/interpret.h"

namespace bouton::numeric {
namespace {

runtime::Results by_interpreter(const elaborate::Network& network) {
  interpret::Results results = interpret::interpret(network);
  EXPECT_FALSE(results.problem) << results.problem->message;
  return std::move(results.recorded);
}

TEST(SalFamilyA, EveryRuleOnEveryTrainMatchesTheReference) {
  int cases = 0;
  for (const char* train : {"T1", "T2", "T3"}) cases += check_train(train, by_interpreter);
  EXPECT_EQ(cases, 80);
}

}  // namespace
}  // namespace bouton::numeric
