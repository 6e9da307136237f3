// Columns that are variables of the step loop: what they hold is in the arena when a call ends, and
// nothing else is touched.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/codegen/small_plan.h"

namespace bouton::codegen {
namespace {

using plan::OpCode;

constexpr int kSteps = 5;

// Columns of the same length in front of those that are computed, between and behind them.
struct Neighbours {
  SmallPlan f;
  plan::ColumnId front, number, between, truth, whole, behind;
  plan::ScheduleId schedule;

  explicit Neighbours(std::int64_t elements, plan::Precision precision) : f(elements, precision) {
    front = f.column("front", plan::kI64);
    number = f.column("number", plan::kReal);
    between = f.column("between", plan::kI64);
    truth = f.column("truth", plan::kBool);
    whole = f.column("whole", plan::kI64);
    behind = f.column("behind", plan::kI64);
    schedule = f.schedule({halve(), count()});
  }

  plan::KernelId halve() {
    plan::KernelBuilder k(f.plan, "halve", f.circuit, {f.neurons});
    const auto before = k.load(number);
    k.store(number, k.op(OpCode::MultiplyReal, before, k.real(0.5)));
    k.store(truth, k.op(OpCode::LessReal, before, k.real(4)));
    return k.finish();
  }
  // Reads what the kernel before it has just written.
  plan::KernelId count() {
    plan::KernelBuilder k(f.plan, "count", f.circuit, {f.neurons});
    const auto one = k.op_as(plan::kI64, OpCode::BoolToInt, k.load(truth));
    k.store(whole, k.op(OpCode::AddInt, k.load(whole), one));
    return k.finish();
  }
};

template <typename Real>
void compare(std::int64_t elements, int width, plan::Precision precision) {
  Neighbours n(elements, precision);
  Machine machine(n.f.plan, {1, width, 3, ""});
  for (std::int64_t i = 0; i < elements; ++i) {
    machine.at<Real>(n.number, i) = static_cast<Real>(std::int64_t{16} << i % 4);
    for (const plan::ColumnId other : {n.front, n.between, n.behind})
      machine.at<std::int64_t>(other, i) = 1000 + i;
  }
  machine.advance(n.schedule, 0, 2);
  machine.advance(n.schedule, 2, kSteps);
  for (std::int64_t i = 0; i < elements; ++i) {
    const int doublings = static_cast<int>(i % 4);
    EXPECT_EQ(machine.at<Real>(n.number, i), static_cast<Real>(1 << doublings) / 2) << i;
    // 16 << d is below 4 from the step d + 3 on.
    const int below = std::max(0, kSteps - 3 - doublings);
    EXPECT_EQ(machine.at<std::int64_t>(n.whole, i), below) << i;
    EXPECT_EQ(machine.at<bool>(n.truth, i), below > 0) << i;
    for (const plan::ColumnId other : {n.front, n.between, n.behind})
      EXPECT_EQ(machine.at<std::int64_t>(other, i), 1000 + i);
  }
}

class FrameColumns : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Elements, FrameColumns, testing::Values(1, 2, 4, 5, 8, 9, 17, 64, 65));

TEST_P(FrameColumns, AreInTheArenaWhenACallEnds) {
  for (const int width : {1, 2, 4, 8, 16}) {
    SCOPED_TRACE(width);
    compare<double>(GetParam(), width, plan::Precision::Double);
    compare<float>(GetParam(), width, plan::Precision::Single);
  }
}

}  // namespace
}  // namespace bouton::codegen
