// Sums that are kept up to date by what changes: which they are, and that they are the same sums.
#include <gtest/gtest.h>

#include "compiler/plan/changed_sums.h"
#include "tests/unit/codegen/masked_sum.h"

namespace bouton::codegen {
namespace {

using plan::OpCode;
using plan::Order;

constexpr std::int64_t kPosts = 5;
constexpr std::int64_t kTerms = 40;
constexpr std::int64_t kPeriod = 3;

// Every third step turns: then two terms go and two come, in the tenth turn all, from the 17th on
// none but one is left.
bool is_on(std::int64_t term, std::int64_t step) {
  const std::int64_t turn = step / kPeriod;
  return turn > 16 ? term == 7 : turn == 10 || (term + turn) % 20 == 0;
}

plan::ValueId turns(plan::KernelBuilder& k, plan::AxisId pre) {
  const auto turn = k.op(OpCode::FloorDivideInt, k.step(), k.whole(kPeriod));
  const auto place =
      k.op(OpCode::FloorModuloInt, k.op(OpCode::AddInt, k.index(pre), turn), k.whole(20));
  const auto early = k.op(OpCode::Or, k.op(OpCode::EqualInt, turn, k.whole(10)),
                          k.op(OpCode::EqualInt, place, k.whole(0)));
  const auto late = k.op(OpCode::EqualInt, k.index(pre), k.whole(7));
  return k.select(k.op(OpCode::LessInt, k.whole(16), turn), late, early);
}

// Of whole weights.
struct TurningSum : MaskedSum {
  TurningSum() : MaskedSum(kPosts, kTerms, plan::kI64, plan::Role::Scratch, turns) {}

  plan::KernelId plain_sum() { return add_sum(Order::Exact); }

  std::optional<plan::ChangedSum> find(plan::KernelId kernel) {
    const plan::Schedule& all = plan.schedules[schedule({mask_kernel, kernel})];
    return find_changed_sum(plan, all, find_skippable_kernels(plan, all), kernel);
  }
};

TEST(ChangedSums, AnExactSumUnderAMaskIsFound) {
  TurningSum m;
  const auto found = m.find(m.plain_sum());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->on, m.on);
  EXPECT_EQ(found->axis, m.pre);
}

TEST(ChangedSums, TermsThatLookAtTheMaskAreNoneOfThem) {
  TurningSum m;
  plan::KernelBuilder k(m.plan, "sum", m.circuit, {m.post, m.pre});
  const auto on = k.load(m.on);
  k.reduce_where(m.sum, on, k.select(on, k.load(m.w), k.whole(1)), {m.pre}, Order::Exact);
  EXPECT_FALSE(m.find(k.finish()));
}

TEST(ChangedSums, SumsWhoseOrderMattersAreNoneOfThem) {
  TurningSum m;
  const auto real = plan::add_column(m.plan, "real", plan::kReal, {m.post}, plan::Role::Scratch);
  plan::KernelBuilder k(m.plan, "sum", m.circuit, {m.post, m.pre});
  k.reduce_where(real, k.load(m.on), k.real(0.1), {m.pre}, Order::PartialSums);
  EXPECT_FALSE(m.find(k.finish()));
}

TEST(ChangedSums, AKernelThatChecksSomethingIsRunAsAWhole) {
  TurningSum m;
  const auto fault = m.plan.faults.add({plan::Fault::Kind::Input, "W", "q", {}});
  plan::KernelBuilder k(m.plan, "sum", m.circuit, {m.post, m.pre});
  k.require(fault, k.op(OpCode::LessInt, k.load(m.w), k.whole(9)), k.real(0));
  k.reduce_where(m.sum, k.load(m.on), k.load(m.w), {m.pre}, Order::Exact);
  EXPECT_FALSE(m.find(k.finish()));
}

TEST(ChangedSums, AMaskThatDoesNotChooseTermsIsNoneOfThem) {
  TurningSum m;
  const auto chosen = plan::add_column(m.plan, "chosen", plan::kBool, {m.pre}, plan::Role::State);
  plan::KernelBuilder k(m.plan, "sum", m.circuit, {m.post, m.pre});
  const auto both = k.op(OpCode::And, k.load(m.on), k.load(chosen));
  k.reduce_where(m.sum, both, k.load(m.w), {m.pre}, Order::Exact);
  EXPECT_FALSE(m.find(k.finish()));
}

// Weights beyond 32 bits, so that sums wrap around and come back.
std::int64_t weight_of(std::int64_t post, std::int64_t term, int lane) {
  return (std::int64_t{1} << 60) * (term % 5) + term * term + 1000 * post + lane;
}

void compare(TurningSum& m, const Options& options) {
  const auto schedule = m.schedule({m.mask_kernel, m.plain_sum()});
  Machine machine(m.plan, options);
  for (int lane = 0; lane < options.lanes; ++lane)
    for (std::int64_t i = 0; i < kPosts * kTerms; ++i)
      machine.at<std::int64_t>(m.w, i, lane) = weight_of(i / kTerms, i % kTerms, lane);
  for (int step = 0; step < 70;) {
    const int until = step + 1 + step % 11;  // calls of several changes
    machine.advance(schedule, step, until);
    step = until;
    for (int lane = 0; lane < options.lanes; ++lane)
      for (std::int64_t post = 0; post < kPosts; ++post) {
        std::uint64_t expected = 0;
        for (std::int64_t term = 0; term < kTerms; ++term)
          if (is_on(term, step - 1))
            expected += static_cast<std::uint64_t>(weight_of(post, term, lane));
        EXPECT_EQ(machine.at<std::int64_t>(m.sum, post, lane), static_cast<std::int64_t>(expected))
            << "after step " << step - 1 << ", neuron " << post << ", lane " << lane;
      }
  }
}

class ChangedSumsOfWidth : public testing::TestWithParam<Options> {};
Options of(int lanes, int width) {
  Options options;
  options.lanes = lanes;
  options.width = width;
  return options;
}
INSTANTIATE_TEST_SUITE_P(Ways, ChangedSumsOfWidth,
                         testing::Values(of(1, 1), of(1, 2), of(1, 8), of(1, 16), of(4, 8)),
                         [](const auto& instance) {
                           return "lanes" + std::to_string(instance.param.lanes) + "width" +
                                  std::to_string(instance.param.width);
                         });

TEST_P(ChangedSumsOfWidth, AreTheSumsOfEveryStep) {
  TurningSum m;
  compare(m, GetParam());
}

}  // namespace
}  // namespace bouton::codegen
