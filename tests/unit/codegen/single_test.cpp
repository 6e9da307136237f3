// Plans in single precision as native code: conversions round once, wide kernels compute in double.
#include <gtest/gtest.h>

#include <cmath>

#include "compiler/plan/builder.h"
#include "runtime/math/math.h"
#include "tests/unit/codegen/small_plan.h"

namespace bouton::codegen {
namespace {

using plan::OpCode;

constexpr std::int64_t kElements = 11;

std::vector<Options> many_ways() {
  return on_both_processors(
      {{1, 1, 0}, {1, 4, 3}, {1, 8, 3}, {1, 16, 0}, {1, 16, 3}, {2, 1, 3}, {8, 1, 3}});
}

// Small numbers, the middle between two floats, and just beside it where a double cannot see it.
std::int64_t sample(std::int64_t i) {
  const std::int64_t middle = (std::int64_t{1} << 62) + (std::int64_t{1} << 38);
  const std::int64_t beside = middle + i % 3 - 1;
  return i < 3 ? i : (i % 2 == 0 ? beside : -beside);
}

TEST(SinglePrecision, WholeNumbersAndFixedPointAreRoundedOnce) {
  for (const Options& options : many_ways()) {
    SmallPlan f(kElements, plan::Precision::Single);
    const auto fixed = f.column("fixed", plan::kInputFixed);
    const auto whole = f.column("whole", plan::kI64);
    const auto of_fixed = f.column("of fixed", plan::kReal);
    const auto of_whole = f.column("of whole", plan::kReal);
    plan::KernelBuilder k(f.plan, "convert", f.circuit, {f.neurons});
    k.store(of_fixed, k.op(OpCode::FixedToReal, k.load(fixed)));
    k.store(of_whole, k.op(OpCode::IntToReal, k.load(whole)));
    const auto schedule = f.schedule({k.finish()});
    Machine machine(f.plan, options);
    for (int lane = 0; lane < options.lanes; ++lane)
      for (std::int64_t i = 0; i < kElements; ++i)
        machine.at<std::int64_t>(fixed, i, lane) = machine.at<std::int64_t>(whole, i, lane) =
            sample(i + lane);
    machine.advance(schedule, 0, 1);
    for (int lane = 0; lane < options.lanes; ++lane)
      for (std::int64_t i = 0; i < kElements; ++i) {
        const auto expected = static_cast<float>(sample(i + lane));
        EXPECT_EQ(machine.at<float>(of_fixed, i, lane), expected * 0x1p-44F);
        EXPECT_EQ(machine.at<float>(of_whole, i, lane), expected);
      }
  }
}

TEST(SinglePrecision, AWideKernelComputesInDouble) {
  for (const Options& options : many_ways()) {
    SmallPlan f(kElements, plan::Precision::Single);
    const auto x = f.column("x", plan::kReal);
    const auto y = f.column("y", plan::kReal);
    f.plan.columns[y].wide = true;
    plan::KernelBuilder k(f.plan, "observed", f.circuit, {f.neurons});
    k.widen();
    k.store(y, k.op(OpCode::MultiplyReal, k.math("exp", k.load(x)), k.real(0.1)));
    const auto schedule = f.schedule({k.finish()});
    Machine machine(f.plan, options);
    const auto value = [](std::int64_t i, int lane) {
      return 0.3F * static_cast<float>(i) - static_cast<float>(lane);
    };
    for (int lane = 0; lane < options.lanes; ++lane)
      for (std::int64_t i = 0; i < kElements; ++i) machine.at<float>(x, i, lane) = value(i, lane);
    machine.advance(schedule, 0, 1);
    for (int lane = 0; lane < options.lanes; ++lane)
      for (std::int64_t i = 0; i < kElements; ++i)
        EXPECT_EQ(machine.at<double>(y, i, lane),
                  runtime::math::exp(static_cast<double>(value(i, lane))) * 0.1);
  }
}

TEST(SinglePrecision, SubnormalNumbersAreKept) {
  for (const Options& options : many_ways()) {
    SmallPlan f(kElements, plan::Precision::Single);
    const auto x = f.column("x", plan::kReal);
    plan::KernelBuilder k(f.plan, "shrink", f.circuit, {f.neurons});
    k.store(x, k.op(OpCode::MultiplyReal, k.load(x), k.real(0.7)));
    const auto schedule = f.schedule({k.finish()});
    Machine machine(f.plan, options);
    for (std::int64_t i = 0; i < kElements; ++i) machine.at<float>(x, i) = 1e-40F;
    machine.advance(schedule, 0, 1);
    for (std::int64_t i = 0; i < kElements; ++i) EXPECT_EQ(machine.at<float>(x, i), 1e-40F * 0.7F);
  }
}

}  // namespace
}  // namespace bouton::codegen
