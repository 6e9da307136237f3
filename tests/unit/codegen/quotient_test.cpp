// Quotients without a division: the bits of the division, for every divisor and many dividends.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "tests/unit/codegen/machine.h"

namespace bouton::codegen {
namespace {

using plan::OpCode;

constexpr std::array<double, 14> kDivisors{50,  3,    7,     1,     49,      12.5,          1e-3,
                                           0.1, 1e10, 12345, 65535, 1048575, 2199023255551, 1e300};
constexpr std::int64_t kNumbers = 4096;

// Small numbers one after the other, then of every size.
std::vector<std::int64_t> dividends() {
  std::vector<std::int64_t> numbers;
  std::mt19937_64 random(5);
  for (std::int64_t i = 0; i < kNumbers; ++i) {
    const auto size = static_cast<unsigned>(i % 62);
    const auto wide = static_cast<std::int64_t>(random() >> (63 - size));
    numbers.push_back(i < kNumbers / 2 ? i - kNumbers / 4 : (i % 2 == 0 ? wide : -wide));
  }
  return numbers;
}

// quotient[i] = number[i] / divisor, for one divisor after the other.
template <typename Real>
void compare(plan::Precision precision, const std::string& cpu) {
  plan::Plan plan;
  plan.timestep = 1;
  plan.precision = precision;
  plan.seed = plan::whole(0);
  const plan::CircuitId circuit = plan::add_circuit(plan, "circuit");
  const plan::AxisId axis = plan::add_neuron_axis(plan, "z", kNumbers);
  const auto number = plan::add_column(plan, "n", plan::kI64, {axis}, plan::Role::State);
  std::vector<plan::ColumnId> quotients;
  plan::KernelBuilder k(plan, "divide", circuit, {axis});
  for (const double divisor : kDivisors) {
    quotients.push_back(plan::add_column(plan, "q", plan::kReal, {axis}, plan::Role::State));
    const plan::ValueId real = k.op(OpCode::IntToReal, k.load(number));
    k.store(quotients.back(), k.op(OpCode::DivideReal, real, k.real(divisor)));
  }
  plan::Schedule all;
  all.circuit = circuit;
  all.stages.push_back({plan::Stage::Kind::Evaluate, {plan::item(k.finish())}, {}});
  plan::complete_checkpoint(plan);
  const plan::ScheduleId schedule = plan.schedules.add(std::move(all));
  Machine machine(plan, Options{1, 8, 2, cpu});
  const auto numbers = dividends();
  for (std::int64_t i = 0; i < kNumbers; ++i)
    machine.at<std::int64_t>(number, i) = numbers[static_cast<std::size_t>(i)];
  machine.advance(schedule, 0, 1);
  for (std::size_t d = 0; d < kDivisors.size(); ++d)
    for (std::int64_t i = 0; i < kNumbers; ++i) {
      const Real expected =
          static_cast<Real>(numbers[static_cast<std::size_t>(i)]) / static_cast<Real>(kDivisors[d]);
      ASSERT_EQ(machine.at<Real>(quotients[d], i), expected)
          << numbers[static_cast<std::size_t>(i)] << "/" << kDivisors[d];
    }
}

TEST(Quotients, AreThoseOfTheDivisionInDouble) { compare<double>(plan::Precision::Double, ""); }
TEST(Quotients, AreThoseOfTheDivisionInSingle) { compare<float>(plan::Precision::Single, ""); }
TEST(Quotients, AreTheSameWithoutFusedOperations) {
  compare<double>(plan::Precision::Double, "x86-64");
}

}  // namespace
}  // namespace bouton::codegen
