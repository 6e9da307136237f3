// Spike tests by limits: which they are, and that they are the tests that the program says,
// wherever the potential lies.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>

#include "compiler/plan/limited_test.h"
#include "runtime/math/math.h"
#include "runtime/random/draws.h"
#include "runtime/random/spike_limit.h"
#include "runtime/random/stream.h"
#include "tests/unit/codegen/small_plan.h"

namespace bouton::codegen {
namespace {

using plan::OpCode;
namespace random = runtime::random;

constexpr const char* kSite = "z.spike";

// Neurons that spike with probability logistic(a), and how often they did.
struct LogisticSpikes : SmallPlan {
  plan::ColumnId a = column("a", plan::kReal);
  plan::ColumnId spiked = column("spiked", plan::kBool, plan::Role::Scratch);
  plan::ColumnId count = column("count", plan::kI64);
  plan::ColumnId kept = column("kept", plan::kReal);
  plan::StreamId stream;
  plan::FaultId fault;

  explicit LogisticSpikes(std::int64_t size, plan::Precision precision = plan::Precision::Double)
      : SmallPlan(size, precision) {
    stream = plan.streams.add({kSite, plan::Stream::Key::Step, std::nullopt});
    plan::Fault problem;
    problem.kind = plan::Fault::Kind::SpikeProbability;
    fault = plan.faults.add(problem);
  }

  // `keeps` the probability; checks that it is at most `most`.
  plan::KernelId test(bool keeps = false, double most = 1) {
    plan::KernelBuilder k(plan, "evaluate", circuit, {neurons});
    const auto p = k.math("logistic", argument(k));
    const auto sound = k.op(OpCode::And, k.op(OpCode::LessEqualReal, k.real(0), p),
                            k.op(OpCode::LessEqualReal, p, k.real(most)));
    k.require(fault, sound, p);
    const auto uniform = k.op(OpCode::UniformOfWord, k.word(stream, k.index(neurons), k.step()));
    const auto below = k.op(OpCode::UniformBelow, uniform, p);
    k.store(spiked, below);
    const auto more = k.op_as(plan::kI64, OpCode::BoolToInt, below);
    k.store(count, k.op(OpCode::AddInt, k.load(count), more));
    if (keeps) k.store(kept, p);
    return k.finish();
  }

  // a + 0.25 in even steps, a in others.
  plan::ValueId argument(plan::KernelBuilder& k) const {
    const auto odd = k.op(OpCode::FloorModuloInt, k.step(), k.whole(2));
    const auto is_odd = k.op(OpCode::EqualInt, odd, k.whole(1));
    return k.op(OpCode::AddReal, k.load(a), k.select(is_odd, k.real(0), k.real(0.25)));
  }
  static double shift_in(int step) { return step % 2 == 1 ? 0 : 0.25; }

  [[nodiscard]] bool is_found(plan::KernelId kernel) const {
    return find_limited_test(plan, plan.kernels[kernel]).has_value();
  }
};

std::uint64_t word_of(int neuron, int step) {
  const std::uint64_t stream = random::stream_of(kSite, random::DrawKind::SpikeProbability).bits;
  return random::draw_word<std::uint64_t>(0, stream, static_cast<std::uint64_t>(neuron),
                                          static_cast<std::uint64_t>(step));
}

TEST(SpikeLimits, ATestOfALogisticProbabilityIsFound) {
  LogisticSpikes m(3);
  EXPECT_TRUE(m.is_found(m.test()));
}

TEST(SpikeLimits, AProbabilityThatSomethingElseReadsIsComputed) {
  LogisticSpikes m(3);
  EXPECT_FALSE(m.is_found(m.test(true)));
}

TEST(SpikeLimits, AProbabilityWhoseCheckMayFailIsComputed) {
  LogisticSpikes m(3);
  EXPECT_FALSE(m.is_found(m.test(false, 0.9)));
}

TEST(SpikeLimits, InSinglePrecisionProbabilitiesAreComputed) {
  LogisticSpikes m(3, plan::Precision::Single);
  EXPECT_FALSE(m.is_found(m.test()));
}

TEST(SpikeLimits, ADrawByOrdinalIsNone) {
  LogisticSpikes m(3);
  m.plan.streams[m.stream].key = plan::Stream::Key::Ordinal;
  EXPECT_FALSE(m.is_found(m.test()));
}

// In each step a neuron's potential lies at some distance from the limit of its number in that
// step: none, within the margin, around its ends, beyond.
TEST(SpikeLimits, ANeuronSpikesAsTheProgramSaysAtAnyDistanceFromItsLimit) {
  constexpr double kMargin = random::kSpikeMargin;
  const std::vector<double> distances = {
      0,   1e-12, -1e-12, 0.9 * kMargin, -0.9 * kMargin, kMargin, 1.1 * kMargin, -1.1 * kMargin,
      0.5, -0.5,  50};
  for (const int neurons : {1, 3, 7, 8, 19, 40, 257}) {
    LogisticSpikes m(neurons);
    const auto schedule = m.schedule({m.test()});
    for (const int width : {1, 8}) {
      Machine machine(m.plan, {1, width, 3, ""});
      for (int step = 0; step < 60; ++step) {
        for (int i = 0; i < neurons; ++i) {
          const double distance = distances[static_cast<std::size_t>(step + i) % distances.size()];
          machine.at<double>(m.a, i) =
              random::spike_limit(word_of(i, step)) + distance - LogisticSpikes::shift_in(step);
        }
        ASSERT_EQ(machine.advance(schedule, step, step + 1), step + 1);
        for (int i = 0; i < neurons; ++i) {
          const double p =
              runtime::math::logistic(machine.at<double>(m.a, i) + LogisticSpikes::shift_in(step));
          EXPECT_EQ(machine.at<bool>(m.spiked, i), random::spike_uniform(word_of(i, step)) < p)
              << "neuron " << i << " of " << neurons << ", step " << step;
        }
      }
    }
  }
}

TEST(SpikeLimits, CallsMayBeginAtAnyStep) {
  LogisticSpikes m(5);
  const auto schedule = m.schedule({m.test()});
  Machine machine(m.plan, {1, 8, 3, ""});
  std::vector<std::int64_t> expected(5, 0);
  for (int step = 3; step < 500;) {
    const int until = step + 1 + step % 41;
    machine.advance(schedule, step, until);
    for (; step < until; ++step)
      for (int i = 0; i < 5; ++i)
        expected[static_cast<std::size_t>(i)] +=
            random::spike_uniform(word_of(i, step)) <
                    runtime::math::logistic(LogisticSpikes::shift_in(step))
                ? 1
                : 0;
    EXPECT_EQ(machine.all<std::int64_t>(m.count), expected) << "after step " << step - 1;
  }
}

// Two populations of one circuit, whose limits share vectors or do not.
struct TwoPopulations : LogisticSpikes {
  plan::AxisId others;
  plan::ColumnId spiked_too, count_too;
  plan::StreamId stream_too;

  TwoPopulations(std::int64_t size, std::int64_t size_too) : LogisticSpikes(size) {
    others = plan::add_neuron_axis(plan, "y", size_too);
    spiked_too = plan::add_column(plan, "spiked too", plan::kBool, {others}, plan::Role::Scratch);
    count_too = plan::add_column(plan, "count too", plan::kI64, {others}, plan::Role::State);
    stream_too = plan.streams.add({"y.spike", plan::Stream::Key::Step, std::nullopt});
  }

  plan::KernelId test_too() {
    plan::KernelBuilder k(plan, "evaluate too", circuit, {others});
    const auto p = k.math("logistic", k.real(-0.5));
    const auto word = k.word(stream_too, k.index(others), k.step());
    const auto below = k.op(OpCode::UniformBelow, k.op(OpCode::UniformOfWord, word), p);
    k.store(spiked_too, below);
    k.store(count_too,
            k.op(OpCode::AddInt, k.load(count_too), k.op_as(plan::kI64, OpCode::BoolToInt, below)));
    return k.finish();
  }
};

std::int64_t expected_count(const char* site, std::uint64_t neuron, int steps, double p) {
  const std::uint64_t stream = random::stream_of(site, random::DrawKind::SpikeProbability).bits;
  std::int64_t count = 0;
  for (int step = 0; step < steps; ++step)
    count += random::spike_uniform(random::draw_word<std::uint64_t>(
                 0, stream, neuron, static_cast<std::uint64_t>(step))) < p
                 ? 1
                 : 0;
  return count;
}

TEST(SpikeLimits, PopulationsDrawTheirOwnNumbers) {
  using Sizes = std::pair<std::int64_t, std::int64_t>;
  for (const auto& [size, size_too] : {Sizes{1, 1}, {3, 2}, {9, 7}, {15, 2}, {250, 6}, {250, 9}}) {
    TwoPopulations m(size, size_too);
    const auto first = m.test();
    const auto schedule = m.schedule({first, m.test_too()});
    Machine machine(m.plan, {1, 8, 3, ""});
    machine.advance(schedule, 0, 300);
    for (const std::int64_t i : {std::int64_t{0}, size_too / 2, size_too - 1})
      EXPECT_EQ(machine.at<std::int64_t>(m.count_too, i),
                expected_count("y.spike", static_cast<std::uint64_t>(i), 300,
                               runtime::math::logistic(-0.5)))
          << "neuron " << i << " of " << size_too << " beside " << size;
  }
}

// The code itself: whether it has the variable that says which limits are kept.
TEST(SpikeLimits, CodeUsesThemForSoManyNeuronsAlone) {
  const auto uses_limits = [](std::int64_t neurons, int lanes) {
    LogisticSpikes m(neurons);
    m.schedule({m.test()});
    const auto text = print_llvm(m.plan, {lanes, 8, 0, ""});
    return std::get<std::string>(text).find("%sixteen = alloca") != std::string::npos;
  };
  EXPECT_TRUE(uses_limits(1, 1));
  EXPECT_TRUE(uses_limits(256, 1));
  EXPECT_FALSE(uses_limits(257, 1));
  EXPECT_FALSE(uses_limits(3, 8));
}

TEST(SpikeLimits, APotentialThatIsNoNumberFails) {
  for (const int neurons : {2, 9}) {
    LogisticSpikes m(neurons);
    const auto schedule = m.schedule({m.test()});
    Machine machine(m.plan, {1, 8, 3, ""});
    EXPECT_EQ(machine.advance(schedule, 0, 20), 20);
    machine.at<double>(m.a, 1) = std::nan("");
    EXPECT_EQ(machine.advance(schedule, 20, 40), 20);
    EXPECT_EQ(machine.status().fault, std::int64_t{m.fault.value} + 1);
    EXPECT_EQ(machine.status().index, 1);
    EXPECT_EQ(machine.status().step, 20);
    EXPECT_TRUE(std::isnan(machine.status().value));
  }
}

}  // namespace
}  // namespace bouton::codegen
