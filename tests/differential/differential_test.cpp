// The interpreter defines the meaning; compiled code gives the same bits for every vector width,
// number of lanes and optimisation level. Every program of tests/differential/programs, every
// verify block and every example is run both ways, in a choice of combinations; all of them are in
// tests/full/differential.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compiler/driver/interpreted.h"
#include "tests/support/differential/compared.h"

namespace bouton::driver {
namespace {

// Every width and both levels, once without skipping; in single precision pairwise.
std::vector<Compiled> choice_of_ways(elaborate::Precision precision) {
  if (precision == elaborate::Precision::Single)
    return {{1, 1, 0}, {1, 4, 3, false, false}, {1, 8, 0}, {1, 16, 3}, {1, 8, 3, true}};
  return {
      {1, 1, 0},  {1, 1, 3, false, false}, {1, 4, 3},      {1, 8, 0, false, true, false}, {1, 8, 3},
      {1, 16, 3}, {1, 1, 0, true},         {1, 8, 3, true}};
}

class Differential : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Programs, Differential, testing::ValuesIn(all_cases()),
                         [](const auto& instance) { return name_of(instance.param); });

TEST_P(Differential, CompiledCodeGivesTheBitsOfTheInterpreter) {
  Bound bound(GetParam());
  ASSERT_TRUE(bound.program) << bound.messages();
  ASSERT_FALSE(bound.networks.empty()) << bound.messages();
  for (const elaborate::Network& network : bound.networks) {
    const auto plan = plan_of(bound.session, network);
    ASSERT_TRUE(plan) << bound.messages();
    const runtime::ReplicaOutcome interpreted = interpret_network(network, {});
    EXPECT_FALSE(interpreted.problem) << interpreted.problem->message;
    EXPECT_FALSE(interpreted.results.tables.empty() && interpreted.expectations.empty())
        << "nothing to compare";
    const std::string expected = fingerprint(interpreted);
    for (const Compiled how : choice_of_ways(network.precision)) {
      const auto compiled = compiled_fingerprints(bound, network, *plan, how);
      ASSERT_EQ(compiled.size(), 1U);
      EXPECT_EQ(compiled.front(), expected) << "width " << how.width << ", -O" << how.level;
    }
  }
}

TEST_P(Differential, AReplicaHasTheSameBitsAmongOthersAndAlone) {
  Bound bound(GetParam());
  ASSERT_TRUE(bound.program) << bound.messages();
  for (const elaborate::Network& network : bound.networks) {
    const auto plan = plan_of(bound.session, network);
    ASSERT_TRUE(plan) << bound.messages();
    for (const int lanes : {2, 8}) {
      const auto together =
          compiled_fingerprints(bound, network, *plan, {lanes, 8, 3, lanes == 8, true, lanes == 2});
      if (together.empty())
        continue;  // the replicas come to differ in what they run: executed alone
      for (const int lane : {0, lanes - 1}) {
        elaborate::Network seeded = network;
        seeded.seed += static_cast<std::uint64_t>(lane);
        EXPECT_EQ(together[static_cast<std::size_t>(lane)], interpreted_fingerprint(seeded))
            << lanes << " lanes, lane " << lane;
      }
    }
  }
}

}  // namespace
}  // namespace bouton::driver
