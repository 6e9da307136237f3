// Where single precision rounds: every stage of a step against plain float arithmetic written out
// here, interpreted and compiled. The same programs in double give other numbers.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>

#include "compiler/driver/interpreted.h"
#include "runtime/math/math.h"
#include "runtime/sum/eight_sums.h"
#include "tests/support/differential/compared.h"

namespace bouton::driver {
namespace {

using elaborate::Precision;
namespace math = runtime::math;

// What an experiment recorded last, the same interpreted and compiled.
class Ran {
 public:
  Ran(const std::string& text, Precision precision) {
    const std::string file = testing::TempDir() + "rounding_" +
                             testing::UnitTest::GetInstance()->current_test_info()->name() +
                             ".bouton";
    std::ofstream(file) << text;
    Bound bound({file, {}, precision});
    EXPECT_EQ(bound.networks.size(), 1U) << bound.messages();
    if (bound.networks.size() != 1) return;
    const elaborate::Network& network = bound.networks.front();
    outcome_ = interpret_network(network, {});
    EXPECT_FALSE(outcome_.problem) << outcome_.problem->message;
    const auto plan = plan_of(bound.session, network);
    EXPECT_TRUE(plan) << bound.messages();
    if (!plan) return;
    for (const Compiled how : {Compiled{1, 1, 0}, Compiled{1, 16, 3}, Compiled{4, 4, 3}})
      EXPECT_EQ(compiled_fingerprints(bound, network, *plan, how).at(0), fingerprint(outcome_))
          << how.lanes << " lanes, width " << how.width << ", -O" << how.level;
  }

  [[nodiscard]] double number(const std::string& name) const {
    for (const runtime::ResultTable& table : outcome_.results.tables)
      for (std::size_t c = 0; c < table.names.size(); ++c)
        if (table.names[c] == name) return (*table.rows.back()[c].as<runtime::Tensor>())[0];
    ADD_FAILURE() << name << " was not recorded";
    return 0;
  }

 private:
  runtime::ReplicaOutcome outcome_;
};

// `name` is `single` in single precision and `wide` in double.
void expect_both(const std::string& text, const std::string& name, float single, double wide) {
  EXPECT_EQ(Ran(text, Precision::Single).number(name), double{single});
  EXPECT_EQ(Ran(text, Precision::Double).number(name), wide);
}

template <typename Real, typename Step>
Real after(int steps, Real start, Step step) {
  for (int k = 0; k < steps; ++k) start = step(start);
  return start;
}

// The map is chaotic: one bit changes everything after a hundred steps.
TEST(Rounding, OfHandlers) {
  const auto map = [](auto x) {
    using Real = decltype(x);
    return static_cast<Real>(3.9) * x * (1 - x);
  };
  expect_both(
      "neuron Map(r = 3.9) { state x = 0.1; on step { x = r * x * (1 - x) } }\n"
      "experiment E {\n timestep 0.1 ms\n population z[1]: Map()\n run 20 ms\n record x = z.x\n}",
      "x", after(200, 0.1F, map), after(200, 0.1, map));
}

TEST(Rounding, OfEulerSteps) {
  const auto step = [](auto x) {
    using Real = decltype(x);
    const Real h = static_cast<Real>(0.1);
    return x + h * ((static_cast<Real>(-70.3) - x) / static_cast<Real>(7.7));
  };
  expect_both(
      "neuron Leaky(tau = 7.7 ms) {\n state V: voltage = 1 mV\n V' = (-70.3 mV - V)/tau\n"
      " solve with euler\n}\n"
      "experiment E {\n timestep 0.1 ms\n population z[1]: Leaky()\n run 9 ms\n record V = z.V\n}",
      "V", after(90, 1.0F, step), after(90, 1.0, step));
}

TEST(Rounding, OfDecaysInClosedForm) {
  const auto step = [](auto x) {
    using Real = decltype(x);
    return x * math::exp(-static_cast<Real>(0.1) / static_cast<Real>(7.7));
  };
  expect_both(
      "neuron Decay(tau = 7.7 ms) { state x = 0.3; x' = -x/tau }\n"
      "experiment E {\n timestep 0.1 ms\n population z[1]: Decay()\n run 9 ms\n record x = z.x\n}",
      "x", after(90, 0.3F, step), after(90, 0.3, step));
}

template <typename Real>
Real all_functions(Real x) {
  const Real third = static_cast<Real>(1) / static_cast<Real>(3);
  return math::logistic(x) + math::log(x) * math::pow(math::tanh(x), Real{3}) -
         math::pow(x, third) + math::min(x, static_cast<Real>(0.25)) * math::sin(x) -
         math::sqrt(x) / math::max(math::cos(x), static_cast<Real>(0.7)) + math::expm1(x) +
         math::log1p(x) * math::abs(-x) - math::softplus(x) * math::exp(x) + math::floor(x * 10) +
         math::round(x * static_cast<Real>(12.5));
}

TEST(Rounding, OfFunctions) {
  expect_both(
      "neuron All(third = 1/3) {\n state x = 0.7\n on step { x = 0.7 }\n"
      " y = logistic(x) + ln(x) * tanh(x)^3 - x^third + min(x, 0.25)*sin(x)"
      " - sqrt(x)/max(cos(x), 0.7) + expm1(x) + log1p(x)*abs(-x) - softplus(x)*exp(x)"
      " + floor(x*10) + round(x*12.5)\n}\n"
      "experiment E {\n timestep 1 ms\n population z[1]: All()\n"
      " run 3 ms observing { y = last(z.y) }\n record y\n}",
      "y", all_functions(0.7F), all_functions(0.7));
}

constexpr const char* kAlwaysOn =
    "neuron Source { input I; u = I; spike with probability 1 }\n"
    "neuron Sink { input I; y = I }\n";

// 1024 + 2^-14 + 2^-44 lies just above the middle of two floats; as a double it is the middle.
TEST(Rounding, OfExactSumsHappensOnce) {
  const std::string text =
      std::string(kAlwaysOn) +
      "synapse Box { psp(s) = if 0 < s and s <= 1 ms: 1 else: 0; renewing }\n"
      "experiment E {\n timestep 1 ms\n population p[3]: Source()\n population q[1]: Sink()\n"
      " projection W: p -> q.I, via Box()\n"
      " W.w = [[1024, 0.00006103515625, 0.0000000000000568434188608080148696899414]]\n"
      " run 3 ms observing { y = last(q.y) }\n record y\n}";
  expect_both(text, "y", 1024 + 0x1p-13F, 1024 + 0x1p-14);
}

template <typename Real>
Real ramp_input() {
  runtime::sum::EightSums<Real> sum;
  const Real h = static_cast<Real>(0.1);
  const Real sample = 1 - h / static_cast<Real>(0.7);
  for (std::size_t j = 0; j < 11; ++j)
    sum.add(j, (static_cast<Real>(0.1) * static_cast<Real>(j) + static_cast<Real>(0.3)) * sample);
  return sum.total();
}

TEST(Rounding, OfOrderedSums) {
  const std::string text =
      std::string(kAlwaysOn) +
      "synapse Ramp(tau = 0.7 ms) { psp(s) = if 0 < s and s <= tau: 1 - s/tau else: 0; renewing }\n"
      "rule Spread(a = 0) { on pre { w = 0.1 * a + 0.3 } }\n"
      "experiment E {\n timestep 0.1 ms\n population p[11]: Source()\n population q[1]: Sink()\n"
      " projection W: p -> q.I, via Ramp(), learning r = Spread()\n"
      " W.r.a = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]\n"
      " run 0.3 ms observing { y = last(q.y) }\n record y\n}";
  expect_both(text, "y", ramp_input<float>(), ramp_input<double>());
}

// One presynaptic spike at 3 ms, a postsynaptic one at 8 ms.
std::string pair_program(const std::string& rule) {
  return "neuron At(T = 3 ms) { input I; u = I; spike when t == T }\n"
         "synapse Box { psp(s) = if 0 < s and s <= 1 ms: 1 else: 0; renewing }\n" +
         rule +
         "experiment E {\n timestep 1 ms\n population p[1]: At()\n population q[1]: At(8 ms)\n"
         " projection W: p -> q.I, via Box(), learning r = R()\n W.w = 0.1\n"
         " run 20 ms\n record w = W.w\n}";
}

template <typename Real>
Real decayed_by_five() {
  return math::exp(Real{-5} / static_cast<Real>(7.7));
}

TEST(Rounding, OfPairs) {
  const auto text =
      pair_program("rule R(eta = 0.01) { on pair(dt) nearest { w -= eta * exp(-dt/(7.7 ms)) } }\n");
  expect_both(text, "w", 0.1F - 0.01F * decayed_by_five<float>(),
              0.1 - 0.01 * decayed_by_five<double>());
}

TEST(Rounding, OfTraces) {
  const auto text = pair_program(
      "rule R(eta = 0.01) {\n trace x { x' = -x/(7.7 ms); on pre { x += 0.3 } }\n"
      " on post { w -= eta * x }\n}\n");
  expect_both(text, "w", 0.1F - 0.01F * (0.3F * decayed_by_five<float>()),
              0.1 - 0.01 * (0.3 * decayed_by_five<double>()));
}

// 0.3 * (0.7 / 7.7) is folded, in the program's precision.
TEST(Rounding, OfDecomposedWindows) {
  const auto text = pair_program(
      "rule R { on pair(dt) all { if dt > 0 { w -= 0.3 * (0.7 * dt/(7.7 ms)) * exp(-dt/(7.7 ms)) } "
      "} }\n");
  const auto expected = [](auto zero) {
    using Real = decltype(zero);
    const Real coefficient =
        static_cast<Real>(0.3) * (static_cast<Real>(0.7) / static_cast<Real>(7.7));
    return static_cast<Real>(0.1) - coefficient * (decayed_by_five<Real>() * 5);
  };
  expect_both(text, "w", expected(0.0F), expected(0.0));
}

TEST(Rounding, OfEquationsOfWeights) {
  const auto step = [](auto w) {
    using Real = decltype(w);
    return w + (static_cast<Real>(0.013) * (static_cast<Real>(0.7) - w));
  };
  expect_both(pair_program("rule R { w' = 0.013/ms * (0.7 - w) }\n"), "w", after(20, 0.1F, step),
              after(20, 0.1, step));
}

// U lies between 0.1 and the float 0.1.
TEST(Rounding, OfProbabilitiesNotOfUniforms) {
  const std::string text =
      "neuron N(p = 0.1) { spike with probability p }\n"
      "experiment E {\n timestep 1 ms\n population z[1]: N()\n"
      " replay z.spike from [[0.100000001], [0.100000001], [0.1000000016]]\n"
      " run 3 ms observing { n = count(z) }\n record n\n}";
  expect_both(text, "n", 2, 0);
}

// The threshold lies between a hundred gains in single precision and a hundred in double.
TEST(Rounding, OfGainsBeforeTheClock) {
  const auto single = static_cast<double>(0.1F * 0.3F);
  const double wide = 0.1 * 0.3;
  ASSERT_NE(single, wide);
  const double u = math::exp(-100 * (single + wide) / 2);
  const std::string text = fmt::format(
      "neuron N(r = 0.3/ms) {{ spike at rate r }}\n"
      "experiment E {{\n timestep 0.1 ms\n population z[1]: N()\n"
      " replay z.spike from [[{}], [1e-9]]\n run 10 ms observing {{ n = count(z) }}\n"
      " record n\n}}",
      u);
  expect_both(text, "n", single > wide ? 1 : 0, single > wide ? 0 : 1);
}

TEST(Rounding, OfAssignmentsButNotOfWhatTheExperimentComputes) {
  const std::string text =
      "neuron N(a = 1) { state x = 0; on step { x = a } }\n"
      "experiment E {\n timestep 1 ms\n population z[1]: N()\n var v = 0.1\n v += 0.2\n"
      " z.a = v\n run 1 ms\n let back = z.x[0] * 3\n record v, x = z.x, back\n}";
  const Ran ran(text, Precision::Single);
  EXPECT_EQ(ran.number("v"), 0.1 + 0.2);
  EXPECT_EQ(ran.number("x"), static_cast<double>(static_cast<float>(0.1 + 0.2)));
  EXPECT_EQ(ran.number("back"), static_cast<double>(static_cast<float>(0.1 + 0.2)) * 3);
}

// Samples are floats; what is observed of them is computed in double.
TEST(Rounding, OfObservations) {
  const std::string text =
      "neuron N { state x = 0.1; on step { x = x * 1.3 } }\n"
      "experiment E {\n timestep 1 ms\n population z[1]: N()\n"
      " run 3 ms observing { m = mean(z.x); d = last(z.x - 0.3 * exp(z.x)) }\n record m, d\n}";
  const Ran ran(text, Precision::Single);
  const auto first = static_cast<double>(0.1F * 1.3F);
  const auto second = static_cast<double>(0.1F * 1.3F * 1.3F);
  const auto third = static_cast<double>(0.1F * 1.3F * 1.3F * 1.3F);
  EXPECT_EQ(ran.number("m"), ((first + third) + second) / 3);
  EXPECT_EQ(ran.number("d"), third - 0.3 * math::exp(third));
}

TEST(Rounding, KeepsSubnormalNumbers) {
  const auto step = [](auto x) { return x * static_cast<decltype(x)>(0.7); };
  const float expected = after(40, 1e-37F, step);
  EXPECT_LT(expected, std::numeric_limits<float>::min());
  EXPECT_GT(expected, 0.0F);
  expect_both(
      "neuron N { state x = 1e-37; on step { x *= 0.7 } }\n"
      "experiment E {\n timestep 1 ms\n population z[1]: N()\n run 40 ms\n record x = z.x\n}",
      "x", expected, after(40, 1e-37, step));
}

TEST(Rounding, OverflowsToInfinityWhereFloatsEnd) {
  const std::string text =
      "neuron N {\n state x = 1e30\n state same = 0\n state less = 0\n"
      " on step { x *= 1e10; let n = x - x; if n == n { same = 1 } else { same = 2 }\n"
      "  if n < 1 { less = 1 } else { less = 2 } }\n}\n"
      "experiment E {\n timestep 1 ms\n population z[1]: N()\n run 1 ms\n"
      " record x = z.x, same = z.same, less = z.less\n}";
  const Ran single(text, Precision::Single);
  EXPECT_EQ(single.number("x"), std::numeric_limits<double>::infinity());
  EXPECT_EQ(single.number("same"), 2);  // infinity - infinity is no number
  EXPECT_EQ(single.number("less"), 2);
  EXPECT_EQ(Ran(text, Precision::Double).number("less"), 1);
}

TEST(Rounding, OfConstantsInComparisons) {
  const std::string text =
      "neuron N {\n state x = 0.1\n state n = 0\n"
      " on step { if x > 0.1 { n += 1 }; if x == 0.1 { n += 10 }; if x >= 0.10000000001 { n += 100 "
      "} "
      "}\n}\n"
      "experiment E {\n timestep 1 ms\n population z[1]: N()\n run 1 ms\n record n = z.n\n}";
  expect_both(text, "n", 110, 10);
}

// 10.1 ms and 0.1 ms are no multiples of each other as floats, nor as doubles.
TEST(Rounding, LeavesDurationsWhole) {
  const std::string text =
      "neuron N(T = 10.1 ms) { spike with probability 1; refractory T }\n"
      "experiment E {\n timestep 0.1 ms\n population z[1]: N()\n"
      " run 101 ms observing { n = count(z) }\n record n\n}";
  expect_both(text, "n", 10, 10);
}

}  // namespace
}  // namespace bouton::driver
