#include "tests/numeric/sal/family_a.h"

#include <gtest/gtest.h>

namespace bouton::numeric {
namespace {

class SalFamilyA : public testing::TestWithParam<Way> {};
INSTANTIATE_TEST_SUITE_P(, SalFamilyA, testing::ValuesIn(all_ways()), name_of_way);

TEST_P(SalFamilyA, EveryRuleOnEveryTrainMatchesTheReference) {
  int cases = 0;
  for (const char* train : {"T1", "T2", "T3"}) cases += check_train(train, GetParam());
  EXPECT_EQ(cases, 80);
}

}  // namespace
}  // namespace bouton::numeric
