// Whoever wants no more is heard between statements and within those that take long, and nothing of
// the results is lost or computed twice when the run goes on.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "compiler/driver/interpreted.h"
#include "runtime/host/execute.h"
#include "tests/support/differential/compared.h"

namespace bouton::driver {
namespace {

namespace fs = std::filesystem;

const std::string kProducts = BOUTON_SOURCE_DIR "/tests/differential/resume/products.bouton";

// Cancels from one look on; hands over the state as it was then.
struct Cancelling {
  int looks_left;
  std::string state = {};
  std::vector<runtime::Results> recorded;

  explicit Cancelling(int looks, int lanes)
      : looks_left(looks), recorded(static_cast<std::size_t>(lanes)) {}

  runtime::Listener listener() {
    runtime::Listener listener;
    listener.is_cancelled = [this] { return --looks_left < 0; };
    listener.on_state = [this](const std::string& bytes) { state = bytes; };
    listener.on_record = [this](int replica, const runtime::ResultTable& table) {
      std::vector<runtime::RecordedValue> row;
      for (std::size_t i = 0; i < table.names.size(); ++i)
        row.push_back({table.names[i], table.rows.back()[i]});
      record_row(recorded[static_cast<std::size_t>(replica)], std::move(row));
    };
    return listener;
  }
};

std::string fingerprints(const std::vector<runtime::ReplicaOutcome>& outcomes) {
  std::string all;
  for (const auto& outcome : outcomes)
    all += std::to_string(outcome.steps) + " " + fingerprint(outcome) + "\n";
  return all;
}

void expect_the_same_after_cancelling(int lanes) {
  Bound bound({kProducts, {}});
  ASSERT_EQ(bound.networks.size(), 1U) << bound.messages();
  const elaborate::Network& network = bound.networks.front();
  const auto plan = plan_of(bound.session, network);
  ASSERT_TRUE(plan) << bound.messages();
  const auto executable =
      compile(bound.session, *plan, network.source_directory, {lanes, 8, 0, ""});
  ASSERT_TRUE(executable) << bound.messages();
  const runtime::Code code{&executable->code.layout, &executable->code.advance,
                           &executable->code.kernels};
  runtime::Block block{0, {}};
  for (int lane = 0; lane < lanes; ++lane)
    block.seeds.push_back(network.seed + static_cast<std::uint64_t>(lane));
  const std::string whole = fingerprints(*runtime::execute(executable->program, code, block, {}));
  int cancelled = 0;
  for (int looks = 0; looks < 1000; looks += 7) {
    Cancelling first(looks, lanes);
    const auto outcomes = runtime::execute(executable->program, code, block, first.listener());
    ASSERT_TRUE(outcomes.has_value());
    if (!outcomes->front().interrupted) break;
    ++cancelled;
    ASSERT_TRUE(outcomes->front().problem && outcomes->front().problem->cancelled);
    ASSERT_FALSE(first.state.empty()) << "after " << looks << " looks";
    runtime::Block resumed = block;
    resumed.state = first.state;
    resumed.recorded = first.recorded;
    EXPECT_EQ(fingerprints(*runtime::execute(executable->program, code, resumed, {})), whole)
        << "after " << looks << " looks";
  }
  EXPECT_GT(cancelled, 10);
}

TEST(Cancelled, AStatementInItsMiddleIsExecutedAnewWithTheSameNumbers) {
  expect_the_same_after_cancelling(1);
}

TEST(Cancelled, SoAreThoseOfLanes) { expect_the_same_after_cancelling(4); }

runtime::ReplicaOutcome interpret_until(const elaborate::Network& network, int looks) {
  Cancelling cancelling(looks, 1);
  return interpret_network(network, cancelling.listener());
}

TEST(Cancelled, TheInterpreterLeavesLongStatements) {
  const Bound bound({kProducts, {}});
  ASSERT_EQ(bound.networks.size(), 1U) << bound.messages();
  const auto left = interpret_until(bound.networks.front(), 3);  // the first product asks 12 times
  EXPECT_TRUE(left.interrupted);
  EXPECT_TRUE(left.results.tables.empty());
  EXPECT_FALSE(interpret_until(bound.networks.front(), 1'000'000).interrupted);
}

TEST(Cancelled, TheInterpreterLeavesLoopsWithoutRuns) {
  const fs::path file = fs::path(testing::TempDir()) / "endless.bouton";
  std::ofstream(file) << "experiment Endless {\n  timestep 1 ms\n  var x = 0\n  record x\n"
                         "  for i in 0 .. 1000000000000 { x += 1 }\n  record x\n}\n";
  const Bound bound({file.string(), {}});
  ASSERT_EQ(bound.networks.size(), 1U) << bound.messages();
  const auto left = interpret_until(bound.networks.front(), 10);
  EXPECT_TRUE(left.interrupted);
  ASSERT_EQ(left.results.tables.size(), 1U);
  EXPECT_EQ(left.results.tables.front().rows.size(), 1U);
  fs::remove(file);
}

}  // namespace
}  // namespace bouton::driver
