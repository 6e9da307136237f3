// Rules of the language under every pairing against sums over the oracle's pairs, on random trains
// of four neurons with many coincidences; self-connections pair a neuron's spikes with each other.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/oracle/all_pairs.h"
#include "tests/support/hand_built.h"

namespace bouton::oracle {
namespace {

using interpret::HandBuilt;

constexpr std::size_t kNeurons = 4;
constexpr std::int64_t kSteps = 600;

constexpr const char* kComponents = R"(
neuron Replayed {
  input I
  silent = I
  spike with probability 1/2
}
synapse Rectangular(tau = 1 ms) { psp(s) = if 0 < s and s <= tau: 1 else: 0; renewing }
)";

struct Case {
  const char* name;
  const char* pairing;
  const char* body;
  Kind kind;
  std::int64_t depth;
  bool in_index_order;
  double (*window)(double dt);
};

const char* const kExponential =
    "if dt > 0 { c -= exp(-dt/(20 ms)) }\n if dt < 0 { c += 2 * exp(dt/(10 ms)) }\n"
    "if dt == 0 { c += 5 }";
double exponential(double dt) {
  return dt > 0 ? -std::exp(-dt / 20) : dt < 0 ? 2 * std::exp(dt / 10) : 5;
}
const char* const kAlpha = "c += if dt > 0: (dt/(7 ms))^2 * exp(-dt/(7 ms)) else: -exp(dt/(9 ms))";
double alpha(double dt) { return dt > 0 ? dt / 7 * dt / 7 * std::exp(-dt / 7) : -std::exp(dt / 9); }
const char* const kTriangle = "if abs(dt)/(12.5 ms) < 1 { c += 1 - abs(dt)/(12.5 ms) }";
double triangle(double dt) { return std::max(0.0, 1 - std::abs(dt) / 12.5); }

class Rules : public testing::TestWithParam<Case> {};
void PrintTo(const Case& which, std::ostream* out) { *out << which.name; }

std::vector<std::vector<std::int64_t>> random_trains() {
  std::mt19937 generator(7);
  std::bernoulli_distribution fires(0.12);
  std::vector<std::vector<std::int64_t>> trains(kNeurons);
  for (std::int64_t step = 0; step < kSteps; ++step)
    for (auto& train : trains)
      if (fires(generator)) train.push_back(step);
  return trains;
}

model::Expr tape_of(const std::vector<std::vector<std::int64_t>>& trains) {
  std::vector<model::Expr> rows;
  for (std::int64_t step = 0; step < kSteps; ++step) {
    std::vector<model::Expr> row;
    for (const auto& train : trains)
      row.push_back(interpret::number(std::ranges::binary_search(train, step) ? 0.0 : 1.0));
    rows.push_back(interpret::array(std::move(row)));
  }
  return interpret::array(std::move(rows));
}

struct Sum {
  double value = 0;
  double error = 0;  // of a single precision computation, at most
};

// Rounding errors to first order in the unit u = 2^-24. A window value that is computed from
// age/tau takes fewer than 16 operations, two units at most in the last place for each function;
// the exponent is off by 3u of its size, so its exponential by 3u*age/tau. By traces, every spike
// between the two costs up to 16 operations more. Adding a value up rounds each partial sum, which
// is no larger than the sum of all sizes.
Sum expected(const Case& which, const Synapse& synapse) {
  constexpr double kUnit = 0x1p-24;
  constexpr double kShortestTime = 7;  // ms, of the windows above
  const auto spikes = static_cast<double>(synapse.pre.size() + synapse.post.size());
  Sum sum;
  double size = 0;
  double pairs = 0;
  for (const Pair& pair : find_pairs(which.kind, which.depth, which.in_index_order, synapse)) {
    const auto difference = static_cast<double>(pair.difference());
    const double value = which.window(difference);
    sum.value += value;
    sum.error +=
        kUnit * std::abs(value) * (2 * 16 + 16 * spikes + 3 * std::abs(difference) / kShortestTime);
    size += std::abs(value);
    pairs += 1;
  }
  sum.error += kUnit * pairs * size;
  return sum;
}

struct Delays {  // in steps
  std::int64_t axonal = 0, backprop = 0;
};

void join_with_themselves(HandBuilt& made, const Delays& delays) {
  for (model::Stmt& stmt : made.program().experiments[model::ExperimentId{0}].body)
    if (auto* projection = std::get_if<model::ProjectionDecl>(&stmt.node)) {
      projection->no_self = false;
      projection->axonal = interpret::number(static_cast<double>(delays.axonal));
      projection->backprop = interpret::number(static_cast<double>(delays.backprop));
    }
}

// The steps in which spikes arrive before the run ends.
std::vector<std::int64_t> arrivals(const std::vector<std::int64_t>& train, std::int64_t delay) {
  std::vector<std::int64_t> steps;
  for (const std::int64_t step : train)
    if (step + delay < kSteps) steps.push_back(step + delay);
  return steps;
}

void compare_with_oracle(const Case& which, elaborate::Precision precision,
                         const Delays& delays = {}) {
  HandBuilt made(std::string(kComponents) + "rule R {\n  state c = 0\n  on pair(dt) " +
                 which.pairing + " {\n" + which.body + "\n  }\n}\n");
  made.options.precision = precision;
  const auto trains = random_trains();
  const auto z = made.population("z", "Replayed", kNeurons);
  const auto w = made.projection("W", z, z, "I", "Rectangular", {}, {{"r", "R", {}}});
  join_with_themselves(made, delays);
  made.add(model::Replay{{std::nullopt, z, {}, std::nullopt, "spike"}, tape_of(trains)});
  made.run(kSteps);
  made.record("c", made.quantity(w, "c", "r"));
  const auto results = made.interpret_it();
  ASSERT_FALSE(results.problem) << results.problem->message;
  const auto c = interpret::recorded_tensor(results.recorded, "c");
  for (std::size_t i = 0; i < kNeurons; ++i)
    for (std::size_t j = 0; j < kNeurons; ++j) {
      const Synapse synapse{arrivals(trains[j], delays.axonal),
                            arrivals(trains[i], delays.backprop), static_cast<std::int64_t>(j),
                            static_cast<std::int64_t>(i)};
      const Sum sum = expected(which, synapse);
      const double within = precision == elaborate::Precision::Single ? sum.error : 1e-10;
      EXPECT_NEAR(c.at(i, j), sum.value, within) << i << " from " << j;
      EXPECT_LT(sum.error, 0.5) << "one pair more or less would not be seen";
    }
}

TEST_P(Rules, AddUpToTheSumOverTheOraclesPairs) {
  compare_with_oracle(GetParam(), elaborate::Precision::Double);
}

TEST_P(Rules, AddUpToThatSumInSinglePrecisionUpToItsRounding) {
  compare_with_oracle(GetParam(), elaborate::Precision::Single);
}

TEST_P(Rules, SeeSpikesWhenTheyArrive) {
  for (const Delays delays : {Delays{5, 0}, Delays{0, 11}, Delays{7, 4}, Delays{30, 30}})
    compare_with_oracle(GetParam(), elaborate::Precision::Double, delays);
}

INSTANTIATE_TEST_SUITE_P(
    Every, Rules,
    testing::Values(
        Case{"all_by_traces", "all", kExponential, Kind::All, 1, false, exponential},
        Case{"all_by_polynomial_traces", "all", kAlpha, Kind::All, 1, false, alpha},
        Case{"all_by_history", "all", kTriangle, Kind::All, 1, false, triangle},
        Case{"all_in_order_by_traces", "all in index order", kExponential, Kind::All, 1, true,
             exponential},
        Case{"all_in_order_by_history", "all in index order", kTriangle, Kind::All, 1, true,
             triangle},
        Case{"nearest", "nearest", kExponential, Kind::Nearest, 1, false, exponential},
        Case{"nearest_in_order", "nearest in index order", kTriangle, Kind::Nearest, 1, true,
             triangle},
        Case{"nearest_3", "nearest 3", kTriangle, Kind::Nearest, 3, false, triangle},
        Case{"immediate", "immediate", kExponential, Kind::Immediate, 1, false, exponential},
        Case{"immediate_in_order", "immediate in index order", kAlpha, Kind::Immediate, 1, true,
             alpha},
        Case{"pre_centred", "pre_centred", kExponential, Kind::PreCentred, 1, false, exponential},
        Case{"post_centred", "post_centred", kAlpha, Kind::PostCentred, 1, false, alpha}),
    [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace bouton::oracle
