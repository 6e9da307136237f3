// What leaps over quiet steps stand on: exact numbers of steps, vectors that reach behind their
// columns, and patterns that are remembered for one call only.
#include <gtest/gtest.h>

#include <random>

#include "tests/unit/codegen/small_plan.h"

namespace bouton::codegen {
namespace {

using plan::OpCode;

constexpr std::int64_t kElements = 11;
constexpr std::int64_t kSaturated = std::int64_t{1} << 46;  // of clocks

std::vector<Options> many_ways() {
  return on_both_processors({{1, 1, 0}, {1, 8, 3}, {1, 16, 0}, {8, 1, 3}});
}

// Distances that are a multiple of the gain, and those just beside it: where a rounded quotient
// would be wrong.
struct Way {
  std::int64_t distance, gain;
};
std::vector<Way> many_distances() {
  std::mt19937_64 dice(1);
  std::vector<Way> ways = {{0, 5},
                           {7, 8},
                           {1, 1},
                           {kSaturated, 1},
                           {-3, 2},
                           {kSaturated, kSaturated},
                           {kSaturated, kSaturated - 1},
                           {5, kSaturated},
                           {1 - kSaturated, 3},
                           {-kSaturated, kSaturated}};
  while (ways.size() < 50 * kElements) {
    const int bits = static_cast<int>(dice() % 46);
    const auto gain = 1 + static_cast<std::int64_t>(dice() % (std::uint64_t{1} << bits));
    const auto most = static_cast<std::uint64_t>((std::int64_t{1} << 46) / gain);
    const auto steps = static_cast<std::int64_t>(dice() % (most + 1));
    for (const int beside : {-1, 0, 1}) ways.push_back({steps * gain + beside, gain});
  }
  ways.resize(50 * kElements);
  return ways;
}

std::int64_t exact_steps(const Way& way) {
  const std::int64_t whole = way.distance / way.gain;  // towards 0
  return whole * way.gain < way.distance ? whole + 1 : whole;
}

TEST(Leaps, StepsToReachAThresholdAreTheExactQuotientRoundedUp) {
  SmallPlan f(kElements);
  const auto distance = f.column("distance", plan::kHazardFixed);
  const auto gain = f.column("gain", plan::kHazardFixed);
  const auto steps = f.column("steps", plan::kI64);
  plan::KernelBuilder k(f.plan, "steps", f.circuit, {f.neurons});
  const auto gained = k.load(gain);
  k.store(steps, k.op(OpCode::StepsToReach, k.load(distance), gained,
                      k.op(OpCode::HalfReciprocal, gained)));
  const auto schedule = f.schedule({k.finish()});
  const std::vector<Way> ways = many_distances();
  for (const Options& options : many_ways()) {
    Machine machine(f.plan, options);
    for (std::size_t first = 0; first < ways.size(); first += kElements) {
      for (std::int64_t i = 0; i < kElements; ++i) {
        const Way& way = ways[first + static_cast<std::size_t>(i)];
        machine.at<std::int64_t>(distance, i, options.lanes - 1) = way.distance;
        machine.at<std::int64_t>(gain, i, options.lanes - 1) = way.gain;
      }
      machine.advance(schedule, 0, 1);
      for (std::int64_t i = 0; i < kElements; ++i) {
        const Way& way = ways[first + static_cast<std::size_t>(i)];
        EXPECT_EQ(machine.at<std::int64_t>(steps, i, options.lanes - 1), exact_steps(way))
            << way.distance << " by " << way.gain << ", width " << options.width;
      }
    }
  }
}

// Vectors of 8 or 16 along 11 elements: what lies behind them counts nowhere.
TEST(Leaps, NumbersBehindAColumnStayOutOfWhatLeavesIt) {
  SmallPlan f(kElements);
  const auto number = f.column("number", plan::kReal);
  const auto half = f.column("half", plan::kReal);
  const auto small = f.column("small", plan::kBool);
  const auto sum = plan::add_column(f.plan, "sum", plan::kReal, {}, plan::Role::State);
  const auto least = plan::add_column(f.plan, "least", plan::kReal, {}, plan::Role::State);
  plan::KernelBuilder k(f.plan, "halve", f.circuit, {f.neurons});
  const auto value = k.load(number);
  const auto halved = k.op(OpCode::MultiplyReal, value, k.real(0.5));
  k.store_where(half, k.op(OpCode::LessReal, value, k.real(8)), halved);
  k.store(small, k.op(OpCode::LessReal, value, k.real(3)));
  k.reduce(sum, value, {f.neurons}, plan::Order::PartialSums);
  k.reduce(least, value, {f.neurons}, plan::Order::Minimum);
  const auto schedule = f.schedule({k.finish()});
  for (const int width : {4, 8, 16}) {
    Machine machine(f.plan, {1, width, 3, ""});
    for (std::int64_t i = 0; i < kElements; ++i) machine.at<double>(number, i) = double(i + 1);
    for (std::int64_t i = kElements; i < 16; ++i) machine.at<double>(number, i) = -1e300;
    for (std::int64_t i = 0; i < kElements; ++i) machine.at<double>(half, i) = -1;
    machine.advance(schedule, 0, 1);
    EXPECT_EQ(machine.at<double>(sum, 0), 66);
    EXPECT_EQ(machine.at<double>(least, 0), 1);
    for (std::int64_t i = 0; i < kElements; ++i) {
      EXPECT_EQ(machine.at<double>(half, i), i + 1 < 8 ? 0.5 * double(i + 1) : -1);
      EXPECT_EQ(machine.at<bool>(small, i), i + 1 < 3);
    }
  }
}

// Which weights there are is asked in each call anew, which pattern it is in each step.
TEST(Leaps, WhatWasRememberedForAPatternIsForgottenWhenTheCallEnds) {
  SmallPlan f(3);
  const auto on = f.column("on", plan::kBool, plan::Role::Scratch);
  const auto weight = f.column("weight", plan::kReal, plan::Role::Weight);
  const auto root = f.column("root", plan::kReal, plan::Role::Scratch);
  const auto total = f.column("total", plan::kReal);
  plan::KernelBuilder mask(f.plan, "mask", f.circuit, {f.neurons});
  const auto turn = mask.op(OpCode::FloorModuloInt, mask.step(), mask.whole(3));
  mask.store(on, mask.op(OpCode::EqualInt, mask.index(f.neurons), turn));
  const auto mask_kernel = mask.finish();
  plan::KernelBuilder rests(f.plan, "root", f.circuit, {f.neurons});
  rests.store(root, rests.select(rests.load(on), rests.op(OpCode::SqrtReal, rests.load(weight)),
                                 rests.real(0)));
  const auto rests_kernel = rests.finish();
  plan::KernelBuilder adds(f.plan, "add", f.circuit, {f.neurons});
  adds.store(total, adds.op(OpCode::AddReal, adds.load(total), adds.load(root)));
  const auto schedule = f.schedule({mask_kernel, rests_kernel, adds.finish()});
  Machine machine(f.plan, {});
  std::vector<double> expected(3, 0.0);
  std::int64_t step = 0;
  for (const double scale : {1.0, 2.0, 3.0}) {
    for (std::int64_t i = 0; i < 3; ++i) {
      const double side = scale * double(i + 1);
      machine.at<double>(weight, i) = side * side;
      expected[static_cast<std::size_t>(i)] += 4 * side;
    }
    machine.advance(schedule, step, step + 12);
    step += 12;
    EXPECT_EQ(machine.all<double>(total), expected);
  }
}

}  // namespace
}  // namespace bouton::codegen
