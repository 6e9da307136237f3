#include "compiler/elaborate/decay.h"

#include <gtest/gtest.h>

#include <cmath>

#include "compiler/check/check.h"
#include "compiler/elaborate/scalar.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_map.h"

namespace bouton::elaborate {
namespace {

// tau in ms of x' = `slope` with tau = 20 ms, k = 4 Hz and c = 3; nothing where it is no pure
// decay.
std::optional<double> time_constant_of(const std::string& slope) {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  const auto file = std::get<source::FileId>(
      sources.add_text("test.bouton",
                       "neuron N(tau: time = 20 ms, k: frequency = 4 Hz, c = 3) {\n  state y = 1\n"
                       "  state x = 1\n  x' = " +
                           slope + "\n  y' = -c * k * (x + y) - y/tau\n}\n"));
  const auto parsed = parse::parse(sources, file, diagnostics);
  const auto program = parsed ? check::check({&*parsed, 1}, diagnostics) : std::nullopt;
  for (const auto& message : diagnostics.all()) ADD_FAILURE() << message.headline;
  if (!program) return std::nullopt;
  const model::Neuron& neuron = program->neurons[model::NeuronId{0}];
  const model::State& x = neuron.states[1];
  const auto tau = decay_time_constant(*x.derivative, x.symbol, neuron.scope);
  if (!tau) return std::nullopt;
  std::vector<Slot> slots(neuron.scope.all().size());
  slots[neuron.scope.find("tau")->value].real = 20;
  slots[neuron.scope.find("k")->value].real = 0.004;
  slots[neuron.scope.find("c")->value].real = 3;
  std::optional<Problem> problem;
  Frame frame;
  frame.program = &*program;
  frame.now = slots.data();
  frame.sink = &problem;
  return evaluate_real(*tau, frame);
}

TEST(Decay, ATimeConstantIsTakenAsItStands) {
  EXPECT_EQ(time_constant_of("-x/tau"), 20);
  EXPECT_EQ(time_constant_of("-(x/tau)"), 20);
  EXPECT_EQ(time_constant_of("-x/(2*tau)"), 40);
  EXPECT_EQ(time_constant_of("-1 * x/tau"), 20);
}

TEST(Decay, ARateIsDividedBy) {
  EXPECT_EQ(time_constant_of("-k*x"), 1 / 0.004);
  EXPECT_EQ(time_constant_of("-(k*x)"), 1 / 0.004);
  EXPECT_EQ(time_constant_of("x * -k"), 1 / 0.004);
  EXPECT_EQ(time_constant_of("-0.05/ms * x"), 1 / 0.05);
  EXPECT_EQ(time_constant_of("-x * 0.05/ms"), 1 / 0.05);
  EXPECT_EQ(time_constant_of("-(0.05/ms) * x"), 1 / 0.05);
  EXPECT_EQ(time_constant_of("-c*k*x"), 1 / (3 * 0.004));
}

TEST(Decay, FactorsAndDivisorsAreTakenInTheOrderOfTheText) {
  EXPECT_EQ(time_constant_of("-c*x/tau"), 20.0 / 3);
  EXPECT_EQ(time_constant_of("-x*c/tau/c"), 20.0 * 3 / 3);
  EXPECT_EQ(time_constant_of("-(c + 1)*x/tau"), 20.0 / 4);
}

TEST(Decay, NothingElseIsOne) {
  for (const char* slope : {"x/tau", "k*x", "-x/tau + y/tau", "-x*x/tau", "-y*x/tau", "-y/tau",
                            "-k", "-x/(tau*x)", "-(-x/tau)", "-(x - 1)/tau"})
    EXPECT_EQ(time_constant_of(slope), std::nullopt) << slope;
}

}  // namespace
}  // namespace bouton::elaborate
