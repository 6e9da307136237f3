// Kernels as native code: the same numbers for every width, lane count and optimisation level.
#include <gtest/gtest.h>

#include <cmath>

#include "runtime/math/math.h"
#include "runtime/random/draws.h"
#include "runtime/random/hazard.h"
#include "runtime/random/stream.h"
#include "runtime/random/uniform.h"
#include "runtime/sum/eight_sums.h"
#include "tests/unit/codegen/machine.h"

namespace bouton::codegen {
namespace {

using plan::OpCode;

struct Shape {
  int lanes;
  int width;
  int level;
};
void PrintTo(const Shape& shape, std::ostream* out) {
  *out << shape.lanes << " lanes, width " << shape.width << ", -O" << shape.level;
}

class EveryShape : public testing::TestWithParam<Shape> {
 protected:
  Options options() const { return {GetParam().lanes, GetParam().width, GetParam().level, ""}; }
};
INSTANTIATE_TEST_SUITE_P(Code, EveryShape,
                         testing::Values(Shape{1, 1, 0}, Shape{1, 1, 3}, Shape{1, 2, 3},
                                         Shape{1, 4, 3}, Shape{1, 8, 0}, Shape{1, 8, 3},
                                         Shape{1, 16, 3}, Shape{2, 1, 3}, Shape{4, 1, 3},
                                         Shape{8, 1, 0}, Shape{8, 1, 3}, Shape{16, 1, 3}));

// A plan with one circuit and one schedule of one stage.
struct Fixture {
  plan::Plan plan;
  plan::CircuitId circuit;
  explicit Fixture() {
    plan.timestep = 1;
    plan.seed = plan::whole(0);
    circuit = plan::add_circuit(plan, "circuit");
  }
  plan::ScheduleId schedule(std::vector<plan::Item> items,
                            plan::Stage::Kind kind = plan::Stage::Kind::Evaluate) {
    plan::Schedule all;
    all.name = "all";
    all.circuit = circuit;
    all.stages.push_back({kind, std::move(items), {}});
    plan::complete_checkpoint(plan);
    return plan.schedules.add(std::move(all));
  }
};

TEST_P(EveryShape, AKernelComputesEveryElementOfItsSpace) {
  Fixture f;
  const auto neurons = plan::add_neuron_axis(f.plan, "z", 11);
  const auto x = plan::add_column(f.plan, "x", plan::kReal, {neurons}, plan::Role::Parameter);
  const auto y = plan::add_column(f.plan, "y", plan::kReal, {neurons}, plan::Role::State);
  plan::KernelBuilder k(f.plan, "y", f.circuit, {neurons});
  k.store(y, k.op(OpCode::AddReal, k.math("exp", k.load(x)), k.real(0.1)));
  const auto schedule = f.schedule({plan::item(k.finish())});
  Machine machine(f.plan, options());
  for (int lane = 0; lane < GetParam().lanes; ++lane)
    for (int i = 0; i < 11; ++i) machine.at<double>(x, i, lane) = 0.3 * i - lane;
  EXPECT_EQ(machine.advance(schedule, 0, 1), 1);
  for (int lane = 0; lane < GetParam().lanes; ++lane)
    for (int i = 0; i < 11; ++i)
      EXPECT_EQ(machine.at<double>(y, i, lane), runtime::math::exp(0.3 * i - lane) + 0.1);
}

TEST_P(EveryShape, ASumOverAnAxisIsEightPartialSums) {
  Fixture f;
  const auto post = plan::add_neuron_axis(f.plan, "post", 3);
  const auto pre = plan::add_neuron_axis(f.plan, "pre", 21);
  const auto w = plan::add_column(f.plan, "w", plan::kReal, {post, pre}, plan::Role::Weight);
  const auto on = plan::add_column(f.plan, "on", plan::kBool, {pre}, plan::Role::Flag);
  const auto sum = plan::add_column(f.plan, "sum", plan::kReal, {post}, plan::Role::State);
  plan::KernelBuilder k(f.plan, "input", f.circuit, {post, pre});
  k.reduce_where(sum, k.load(on), k.load(w), {pre}, plan::Order::PartialSums);
  const auto schedule = f.schedule({plan::item(k.finish())});
  Machine machine(f.plan, options());
  for (int lane = 0; lane < GetParam().lanes; ++lane) {
    for (int i = 0; i < 63; ++i)
      machine.at<double>(w, i, lane) = std::ldexp(1.0 / (i + 1), (i * 7) % 30) * (lane + 1);
    for (int j = 0; j < 21; ++j) machine.at<std::uint8_t>(on, j, lane) = (j * 5 + lane) % 3 != 0;
  }
  machine.advance(schedule, 0, 1);
  for (int lane = 0; lane < GetParam().lanes; ++lane)
    for (int i = 0; i < 3; ++i) {
      runtime::sum::EightSums<double> expected;
      for (std::size_t j = 0; j < 21; ++j)
        if (machine.at<std::uint8_t>(on, static_cast<std::int64_t>(j), lane) != 0)
          expected.add(
              j, machine.at<double>(w, std::int64_t{21} * i + static_cast<std::int64_t>(j), lane));
      EXPECT_EQ(machine.at<double>(sum, i, lane), expected.total());
    }
}

TEST_P(EveryShape, DrawsAreThoseOfTheRuntime) {
  Fixture f;
  const auto neurons = plan::add_neuron_axis(f.plan, "z", 9);
  const auto u = plan::add_column(f.plan, "u", plan::kDouble, {neurons}, plan::Role::State);
  const auto threshold =
      plan::add_column(f.plan, "threshold", plan::kHazardFixed, {neurons}, plan::Role::Threshold);
  plan::Stream stream;
  stream.site = "Test/z.spike";
  const auto id = f.plan.streams.add(stream);
  plan::KernelBuilder k(f.plan, "draw", f.circuit, {neurons});
  const auto uniform = k.op(OpCode::UniformOfWord, k.word(id, k.index(neurons), k.step()));
  k.store(u, uniform);
  k.store(threshold, k.op_as(plan::kHazardFixed, OpCode::HazardThreshold, uniform));
  const auto schedule = f.schedule({plan::item(k.finish())}, plan::Stage::Kind::Draw);
  Machine machine(f.plan, options());
  for (int lane = 0; lane < GetParam().lanes; ++lane)
    machine.seed(lane, 1000U + static_cast<unsigned>(lane));
  machine.advance(schedule, 0, 18);
  const std::uint64_t bits =
      runtime::random::stream_of("Test/z.spike", runtime::random::DrawKind::SpikeProbability).bits;
  for (std::uint64_t lane = 0; lane < static_cast<std::uint64_t>(GetParam().lanes); ++lane)
    for (std::uint64_t i = 0; i < 9; ++i) {
      const auto word = runtime::random::draw_word<std::uint64_t>(1000 + lane, bits, i, 17);
      EXPECT_EQ(machine.at<double>(u, static_cast<std::int64_t>(i), static_cast<int>(lane)),
                runtime::random::spike_uniform(word));
      EXPECT_EQ(
          machine.at<std::int64_t>(threshold, static_cast<std::int64_t>(i), static_cast<int>(lane)),
          runtime::random::hazard_threshold_of_word(word));
    }
}

TEST_P(EveryShape, AGuardedKernelTouchesOnlyTheElementsOfItsEvent) {
  Fixture f;
  const auto neurons = plan::add_neuron_axis(f.plan, "z", 10);
  const auto fired = plan::add_column(f.plan, "fired", plan::kBool, {neurons}, plan::Role::Flag);
  const auto count = plan::add_column(f.plan, "count", plan::kI64, {neurons}, plan::Role::State);
  plan::Event event;
  event.name = "spike";
  event.circuit = f.circuit;
  event.axis = neurons;
  event.fired = fired;
  const auto spike = f.plan.events.add(event);
  plan::KernelBuilder k(f.plan, "count", f.circuit, {neurons});
  k.store(count, k.op(OpCode::AddInt, k.load(count), k.whole(1)));
  const auto schedule = f.schedule({plan::item_when(k.finish(), {spike})}, plan::Stage::Kind::Jump);
  Machine machine(f.plan, options());
  for (int lane = 0; lane < GetParam().lanes; ++lane)
    for (int i = 0; i < 10; ++i) machine.at<std::uint8_t>(fired, i, lane) = (i + lane) % 4 == 0;
  machine.advance(schedule, 0, 5);
  for (int lane = 0; lane < GetParam().lanes; ++lane)
    for (int i = 0; i < 10; ++i)
      EXPECT_EQ(machine.at<std::int64_t>(count, i, lane), (i + lane) % 4 == 0 ? 5 : 0);
}

TEST_P(EveryShape, AFaultStopsTheRunAtItsStepAndNamesLaneElementAndNumber) {
  Fixture f;
  const auto neurons = plan::add_neuron_axis(f.plan, "z", 5);
  const auto x = plan::add_column(f.plan, "x", plan::kReal, {neurons}, plan::Role::State);
  const auto fault = f.plan.faults.add({plan::Fault::Kind::SpikeProbability, "", "z", {}});
  plan::KernelBuilder k(f.plan, "grow", f.circuit, {neurons});
  const auto grown = k.op(OpCode::AddReal, k.load(x), k.real(1));
  k.require(fault, k.op(OpCode::LessEqualReal, grown, k.real(3)), grown);
  k.store(x, grown);
  const auto schedule = f.schedule({plan::item(k.finish())});
  Machine machine(f.plan, options());
  const int failing = GetParam().lanes - 1;
  machine.at<double>(x, 2, failing) = 1;
  EXPECT_EQ(machine.advance(schedule, 0, 100), 2);
  EXPECT_EQ(machine.status().fault, 1);
  EXPECT_EQ(machine.status().step, 2);
  EXPECT_EQ(machine.status().lane, failing);
  EXPECT_EQ(machine.status().index, 2);
  EXPECT_EQ(machine.status().pre, runtime::StatusSlot::kNone);
  EXPECT_EQ(machine.status().value, 4);
  EXPECT_EQ(machine.at<double>(x, 2, failing), 3) << "as the step before left it";
}

TEST(Code, TheModuleHasNoContractedArithmetic) {
  Fixture f;
  const auto neurons = plan::add_neuron_axis(f.plan, "z", 8);
  const auto x = plan::add_column(f.plan, "x", plan::kReal, {neurons}, plan::Role::State);
  plan::KernelBuilder k(f.plan, "x", f.circuit, {neurons});
  k.store(x, k.op(OpCode::AddReal, k.op(OpCode::MultiplyReal, k.load(x), k.real(1.1)),
                  k.math("softplus", k.load(x))));
  f.schedule({plan::item(k.finish())});
  const auto text = std::get<std::string>(print_assembly(f.plan, {}));
  EXPECT_EQ(text.find("vfmadd"), std::string::npos);
  EXPECT_EQ(text.find("call"), std::string::npos) << "library functions are inlined";
}

}  // namespace
}  // namespace bouton::codegen
