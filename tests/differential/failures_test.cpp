// A run that fails: interpreter and compiled code say the same, about the same neuron or synapse
// and the same step, and have recorded the same until then. Every program of
// tests/differential/failures ends in a problem; its text beside it is what both say.
#include "compiler/launch/failures.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "compiler/diagnostics/render.h"
#include "compiler/driver/interpreted.h"
#include "tests/golden/support/golden.h"
#include "tests/support/differential/compared.h"

namespace bouton::driver {
namespace {

namespace fs = std::filesystem;

std::vector<Case> failing_cases() {
  std::vector<Case> cases;
  const fs::path folder = fs::path(BOUTON_SOURCE_DIR) / "tests/differential/failures";
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".bouton") cases.push_back({entry.path().string(), {}});
  std::ranges::sort(cases, {}, &Case::file);
  return cases;
}

class Failures : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Programs, Failures, testing::ValuesIn(failing_cases()),
                         [](const auto& instance) { return name_of(instance.param); });

// The message as a user sees it, files named without the folder of the program.
std::string rendered(Session& session, const runtime::ReplicaOutcome& outcome,
                     const std::string& file, std::uint64_t seed) {
  session.diagnostics = {};
  EXPECT_FALSE(launch::report_failures(session, {&outcome, 1}, launch::name_by_seed(seed)));
  std::string text = diagnostics::render_text(session.diagnostics, session.sources);
  const std::string folder = fs::path(file).parent_path().string() + "/";
  for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder))
    text.erase(at, folder.size());
  return text;
}

TEST_P(Failures, AreSaidAlikeByInterpreterAndCompiledCode) {
  Bound bound(GetParam());
  ASSERT_TRUE(bound.program) << bound.messages();
  ASSERT_EQ(bound.networks.size(), 1U) << bound.messages();
  const elaborate::Network& network = bound.networks.front();
  const auto plan = plan_of(bound.session, network);
  ASSERT_TRUE(plan) << bound.messages();
  const runtime::ReplicaOutcome interpreted = interpret_network(network, {});
  ASSERT_TRUE(interpreted.problem);
  const std::string text = rendered(bound.session, interpreted, GetParam().file, network.seed);
  EXPECT_TRUE(golden::matches_golden(fs::path(GetParam().file).replace_extension(".txt"), text));
  for (const Compiled how : {Compiled{1, 1, 0}, Compiled{1, 4, 3}, Compiled{1, 8, 0}}) {
    const auto outcomes = compiled_outcomes(bound, network, *plan, how);
    ASSERT_EQ(outcomes.size(), 1U) << bound.messages();
    const std::string where = fmt::format("width {}, -O{}", how.width, how.level);
    ASSERT_TRUE(outcomes.front().problem) << where;
    EXPECT_EQ(rendered(bound.session, outcomes.front(), GetParam().file, network.seed), text)
        << where;
    EXPECT_EQ(fingerprint(outcomes.front()), fingerprint(interpreted)) << where;
  }
  EXPECT_TRUE(compiled_outcomes(bound, network, *plan, {2, 2, 0}).empty())
      << "lanes of which one fails are run alone";
}

}  // namespace
}  // namespace bouton::driver
