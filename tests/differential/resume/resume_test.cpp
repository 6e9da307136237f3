// A run that is left and taken up again is the run that was never left, to the last bit: at moments
// between statements and in the middle of runs, alone and with others in lanes.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "compiler/driver/replicas.h"
#include "runtime/host/execute.h"
#include "tests/support/differential/compared.h"

namespace bouton::driver {
namespace {

// A block as it was saved, and the rows that its replicas had recorded by then.
struct Moment {
  std::string state;
  std::vector<runtime::Results> recorded;
};

class Resumed : public testing::TestWithParam<Case> {
 protected:
  runtime::Block block_of(const elaborate::Network& network, int lanes) const {
    runtime::Block block{0, {}};
    block.piece = 13;  // many moments, also in short runs
    for (int lane = 0; lane < lanes; ++lane)
      block.seeds.push_back(network.seed + static_cast<std::uint64_t>(lane));
    return block;
  }

  static std::vector<std::string> fingerprints(
      const std::optional<std::vector<runtime::ReplicaOutcome>>& outcomes) {
    std::vector<std::string> all;
    if (outcomes)
      for (const auto& outcome : *outcomes)
        all.push_back(std::to_string(outcome.steps) + " " + fingerprint(outcome));
    return all;
  }

  // Moments of one run, each of all that are offered with the same small probability.
  static std::vector<Moment> collect(const Executable& executable, const runtime::Block& block,
                                     double probability) {
    std::vector<Moment> moments;
    std::vector<runtime::Results> recorded(block.seeds.size());
    std::mt19937 dice(5);
    runtime::Listener listener;
    listener.on_record = [&](int replica, const runtime::ResultTable& table) {
      std::vector<runtime::RecordedValue> row;
      for (std::size_t i = 0; i < table.names.size(); ++i)
        row.push_back({table.names[i], table.rows.back()[i]});
      record_row(recorded[static_cast<std::size_t>(replica)], std::move(row));
    };
    listener.is_state_wanted = [&] {
      return std::uniform_real_distribution(0.0, 1.0)(dice) < probability && moments.size() < 12;
    };
    listener.on_state = [&](const std::string& state) { moments.push_back({state, recorded}); };
    const runtime::Code code{&executable.code.layout, &executable.code.advance,
                             &executable.code.kernels};
    (void)runtime::execute(executable.program, code, block, listener);
    return moments;
  }
};
INSTANTIATE_TEST_SUITE_P(Programs, Resumed, testing::ValuesIn(all_cases()),
                         [](const auto& instance) { return name_of(instance.param); });

TEST_P(Resumed, GivesTheResultsOfTheUninterruptedRun) {
  Bound bound(GetParam());
  ASSERT_TRUE(bound.program) << bound.messages();
  std::size_t compared = 0;
  for (const elaborate::Network& network : bound.networks) {
    const auto plan = plan_of(bound.session, network);
    ASSERT_TRUE(plan) << bound.messages();
    for (const int lanes : {1, 4}) {
      const auto executable =
          compile(bound.session, *plan, network.source_directory, {lanes, 8, 1, ""});
      ASSERT_TRUE(executable) << bound.messages();
      const runtime::Code code{&executable->code.layout, &executable->code.advance,
                               &executable->code.kernels};
      const runtime::Block block = block_of(network, lanes);
      const auto expected = fingerprints(runtime::execute(executable->program, code, block, {}));
      if (expected.empty()) continue;  // the replicas come to differ: they run alone
      for (const double probability : {0.5, 0.02})
        for (const Moment& moment : collect(*executable, block, probability)) {
          runtime::Block resumed = block;
          resumed.state = moment.state;
          resumed.recorded = moment.recorded;
          EXPECT_EQ(fingerprints(runtime::execute(executable->program, code, resumed, {})),
                    expected)
              << lanes << " lanes";
          ++compared;
        }
    }
  }
  EXPECT_GT(compared, 0U);
}

bool leaps(const plan::Plan& plan) {
  return std::ranges::any_of(plan.schedules, [](const plan::Schedule& schedule) {
    return schedule.advance == plan::Schedule::Advance::SkipToNextEvent;
  });
}

// Wherever a leap was cut: the state is that of the step, whether it was leapt over or not.
TEST_P(Resumed, StepsGoOnWhereLeapsWereLeftAndBack) {
  Bound bound(GetParam());
  ASSERT_TRUE(bound.program) << bound.messages();
  for (const elaborate::Network& network : bound.networks) {
    const auto plan = plan_of(bound.session, network);
    ASSERT_TRUE(plan) << bound.messages();
    if (!leaps(*plan)) continue;
    std::vector<Executable> ways;
    for (const bool skips : {false, true}) {
      auto executable =
          compile(bound.session, *plan, network.source_directory, {1, 8, 0, "", {}, {}, skips});
      ASSERT_TRUE(executable) << bound.messages();
      ways.push_back(*std::move(executable));
    }
    const runtime::Block block = block_of(network, 1);
    const auto run = [&](const Executable& way, const runtime::Block& from) {
      const runtime::Code code{&way.code.layout, &way.code.advance, &way.code.kernels};
      return fingerprints(runtime::execute(way.program, code, from, {}));
    };
    const auto expected = run(ways[0], block);
    EXPECT_EQ(run(ways[1], block), expected);
    for (const int left : {0, 1})
      for (const Moment& moment : collect(ways[static_cast<std::size_t>(left)], block, 0.05)) {
        runtime::Block resumed = block;
        resumed.state = moment.state;
        resumed.recorded = moment.recorded;
        EXPECT_EQ(run(ways[static_cast<std::size_t>(1 - left)], resumed), expected)
            << (left == 0 ? "steps, then leaps" : "leaps, then steps");
      }
  }
}

// Bytes that are no state of this program end the block with a message, whatever they are.
TEST_P(Resumed, OtherBytesAreRefused) {
  Bound bound(GetParam());
  ASSERT_FALSE(bound.networks.empty()) << bound.messages();
  const elaborate::Network& network = bound.networks.front();
  const auto plan = plan_of(bound.session, network);
  ASSERT_TRUE(plan) << bound.messages();
  const auto executable = compile(bound.session, *plan, network.source_directory, {1, 8, 0, ""});
  ASSERT_TRUE(executable) << bound.messages();
  const runtime::Code code{&executable->code.layout, &executable->code.advance,
                           &executable->code.kernels};
  const runtime::Block block = block_of(network, 1);
  const auto moments = collect(*executable, block, 0.5);
  ASSERT_FALSE(moments.empty());
  const std::string& sound = moments.back().state;
  for (const std::string& state : {std::string("x"), sound.substr(0, sound.size() - 1), sound + "x",
                                   sound.substr(0, sound.size() / 2)}) {
    runtime::Block damaged = block;
    damaged.state = state;
    damaged.recorded = moments.back().recorded;
    const auto outcomes = runtime::execute(executable->program, code, damaged, {});
    ASSERT_TRUE(outcomes.has_value());
    ASSERT_TRUE(outcomes->front().problem.has_value());
    EXPECT_NE(outcomes->front().problem->message.find("does not fit"), std::string::npos);
  }
}

}  // namespace
}  // namespace bouton::driver
