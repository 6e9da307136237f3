// The full matrix: every program at every vector width and number of lanes, optimised and not, each
// lane with the bits of the interpreter.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/differential/compared.h"

namespace bouton::driver {
namespace {

// With several lanes vectors lie along the lanes, and their number is the width.
std::vector<Compiled> all_ways() {
  std::vector<Compiled> ways;
  for (const bool pooled : {false, true})
    for (const int level : {0, 3}) {
      for (const int width : {1, 2, 4, 8, 16}) ways.push_back({1, width, level, pooled});
      for (const int lanes : {2, 4, 8, 16}) ways.push_back({lanes, lanes, level, pooled});
    }
  ways.push_back({1, 8, 3, false, false});
  ways.push_back({1, 8, 3, false, true, false});
  ways.push_back({8, 8, 3, false, true, false});
  return ways;
}

class Matrix : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Programs, Matrix, testing::ValuesIn(all_cases()),
                         [](const auto& instance) { return name_of(instance.param); });

std::vector<std::string> interpreted_lanes(const elaborate::Network& network, int lanes) {
  std::vector<std::string> all;
  for (int lane = 0; lane < lanes; ++lane) {
    elaborate::Network seeded = network;
    seeded.seed += static_cast<std::uint64_t>(lane);
    all.push_back(interpreted_fingerprint(seeded));
  }
  return all;
}

TEST_P(Matrix, EveryWayToCompileGivesTheBitsOfTheInterpreter) {
  Bound bound(GetParam());
  ASSERT_TRUE(bound.program) << bound.messages();
  ASSERT_FALSE(bound.networks.empty()) << bound.messages();
  for (const elaborate::Network& network : bound.networks) {
    const auto plan = plan_of(bound.session, network);
    ASSERT_TRUE(plan) << bound.messages();
    const auto expected = interpreted_lanes(network, 16);
    for (const Compiled how : all_ways()) {
      const auto compiled = compiled_fingerprints(bound, network, *plan, how);
      for (std::size_t lane = 0; lane < compiled.size(); ++lane)
        EXPECT_EQ(compiled[lane], expected[lane]) << "width " << how.width << ", -O" << how.level
                                                  << ", lane " << lane << " of " << how.lanes;
    }
  }
}

}  // namespace
}  // namespace bouton::driver
