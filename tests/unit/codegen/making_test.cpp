// How code comes to be makes no difference to it: all at once or schedule by schedule, made or
// found. What it depends on does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "tests/unit/codegen/machine.h"

namespace bouton::codegen {
namespace {

namespace fs = std::filesystem;
using plan::OpCode;

constexpr std::uint32_t kSchedules = 5;

// Schedule s adds `step` and exp(s) to every element of x, and keeps the sum in y.
struct Sums {
  plan::Plan plan;
  plan::ColumnId x, y;

  explicit Sums(double step = 0.1) {
    plan.timestep = 1;
    plan.seed = plan::whole(0);
    const auto circuit = plan::add_circuit(plan, "circuit");
    const auto neurons = plan::add_neuron_axis(plan, "z", 11);
    x = plan::add_column(plan, "x", plan::kReal, {neurons}, plan::Role::Parameter);
    y = plan::add_column(plan, "y", plan::kReal, {neurons}, plan::Role::State);
    for (std::uint32_t s = 0; s < kSchedules; ++s) {
      plan::KernelBuilder k(plan, "y", circuit, {neurons});
      const auto added = k.op(OpCode::AddReal, k.load(x), k.real(step));
      k.store(y, k.op(OpCode::AddReal, added, k.math("exp", k.real(s))));
      plan::Schedule schedule;
      schedule.name = "s" + std::to_string(s);
      schedule.circuit = circuit;
      schedule.stages.push_back({plan::Stage::Kind::Evaluate, {plan::item(k.finish())}, {}});
      plan::complete_checkpoint(plan);
      plan.schedules.add(std::move(schedule));
    }
  }

  // y after each schedule.
  [[nodiscard]] std::vector<double> values(Machine& machine) const {
    std::vector<double> all;
    for (std::uint32_t s = 0; s < kSchedules; ++s) {
      for (int i = 0; i < 11; ++i) machine.at<double>(x, i) = 0.3 * i;
      machine.advance(plan::ScheduleId{s}, s, s + 1);
      const auto of_schedule = machine.all<double>(y);
      all.insert(all.end(), of_schedule.begin(), of_schedule.end());
    }
    return all;
  }
};

class KeptObjects : public testing::Test {
 protected:
  void SetUp() override { fs::remove_all(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  // What it costs to make the code with all that earlier calls have kept.
  [[nodiscard]] Costs costs_of(const plan::Plan& plan, const Options& options = {}) const {
    cache::CodeCache cache({folder_});
    auto made = compile(plan, options, {&cache});
    EXPECT_TRUE(std::holds_alternative<NativeCode>(made));
    EXPECT_EQ(cache.problem(), std::nullopt);
    return std::get<NativeCode>(made).costs();
  }
  void expect_made(const plan::Plan& plan, const Options& options = {}) const {
    EXPECT_EQ(costs_of(plan, options).found, 0);
    EXPECT_EQ(costs_of(plan, options).made, 0);
  }
  [[nodiscard]] const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_ = fs::path(testing::TempDir()) / ("objects_" + std::to_string(::getpid()));
};

TEST_F(KeptObjects, EverySchedulesCodeIsMadeOnce) {
  const Sums sums;
  const Costs first = costs_of(sums.plan);
  EXPECT_EQ(first.made, static_cast<int>(kSchedules));
  EXPECT_EQ(first.found, 0);
  const Costs second = costs_of(sums.plan);
  EXPECT_EQ(second.made, 0);
  EXPECT_EQ(second.found, static_cast<int>(kSchedules));
}

TEST_F(KeptObjects, WhatIsFoundComputesWhatIsMade) {
  const Sums sums;
  Machine without(sums.plan, {});
  cache::CodeCache cache({folder()});
  Machine made(sums.plan, {}, {&cache});
  Machine found(sums.plan, {}, {&cache});
  EXPECT_EQ(found.code().costs().made, 0);
  const std::vector<double> expected = sums.values(without);
  EXPECT_EQ(sums.values(made), expected);
  EXPECT_EQ(sums.values(found), expected);
}

TEST_F(KeptObjects, AnotherProcessorHasCodeOfItsOwn) {
  const Sums sums;
  expect_made(sums.plan);
  Options other;
  other.cpu = "x86-64-v2";
  expect_made(sums.plan, other);
  other.cpu = "x86-64";
  expect_made(sums.plan, other);
  other.features = std::vector<std::string>{};
  expect_made(sums.plan, other);  // tuned for what is also the baseline
  other.features = std::vector<std::string>{"sse3"};
  expect_made(sums.plan, other);
  other.cpu = "skylake";
  expect_made(sums.plan, other);
}

TEST_F(KeptObjects, AnotherLevelWidthOrNumberOfLanesHasCodeOfItsOwn) {
  const Sums sums;
  for (const Options& options : {Options{1, 8, 3, ""}, Options{1, 8, 0, ""}, Options{1, 8, 2, ""},
                                 Options{1, 4, 3, ""}, Options{2, 8, 3, ""}, Options{8, 8, 3, ""}})
    expect_made(sums.plan, options);
}

TEST_F(KeptObjects, AnotherNumberHasCodeOfItsOwnUnlessItComesFromATable) {
  expect_made(Sums(0.1).plan);
  expect_made(Sums(0.1000000000000001).plan);
  Options pooled;
  pooled.pool = image::pool_of_all(Sums().plan);
  expect_made(Sums(0.1).plan, pooled);
  EXPECT_EQ(costs_of(Sums(0.2).plan, pooled).made, 0);
}

TEST(Making, OnFirstUseGivesTheSameNumbersAndSaysWhoWaits) {
  const Sums sums;
  Machine at_once(sums.plan, {});
  std::atomic<int> waiting = 0;
  std::atomic<int> waits = 0;
  Making making;
  making.on_first_use = true;
  making.wait_begins = [&] { ++waiting, ++waits; };
  making.wait_ends = [&] { --waiting; };
  Machine later(sums.plan, {}, making);
  EXPECT_THAT(later.code().advance, testing::Each(nullptr));
  EXPECT_EQ(sums.values(later), sums.values(at_once));
  EXPECT_EQ(waiting, 0);
  EXPECT_LE(waits, static_cast<int>(kSchedules));
  EXPECT_EQ(later.code().costs().made, static_cast<int>(kSchedules));
}

TEST(Making, ManyThreadsMayWantTheSameSchedule) {
  const Sums sums;
  Making making;
  making.on_first_use = true;
  Machine machine(sums.plan, {}, making);
  std::vector<runtime::AdvanceFunction> found(4);
  std::vector<std::thread> threads;
  for (auto& function : found)
    threads.emplace_back([&] { function = *machine.code().advance_of(kSchedules - 1); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(found, testing::Each(found.front()));
  EXPECT_NE(found.front(), nullptr);
}

}  // namespace
}  // namespace bouton::codegen
