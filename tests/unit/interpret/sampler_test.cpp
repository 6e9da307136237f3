// The discrete sampler on recorded uniforms: the published reference, spike for spike.
#include <gtest/gtest.h>

#include "tests/support/hand_built.h"

namespace bouton::interpret {
namespace {

using model::Reducer;
using model::SymbolKind;

constexpr const char* kComponents = R"(
neuron SamplerByStep(tau_ref = 10 ms, bias = 0) {
  input I
  u = bias + I
  active = since_spike <= tau_ref
  spike with probability logistic(u - ln(tau_ref/timestep))
  refractory tau_ref + timestep
}
synapse Rectangular(tau_syn = 10 ms) {
  psp(s) = if 0 < s and s < tau_syn: 1 else: 0
  renewing
}
)";

struct Tape {
  std::string tag;
  std::string json;
  double neurons;
  double tau;
  double steps;
};

Results replay(const Tape& tape) {
  HandBuilt made(kComponents);
  made.options.source_directory = BOUTON_SOURCE_DIR "/tests/reference/sal";
  const auto z = made.population("z", "SamplerByStep", tape.neurons, {number(tape.tau)});
  const auto w = made.projection("W", z, z, "I", "Rectangular", {number(tape.tau)});
  const auto load_json = [&](const std::string& field) {
    return call("load", {text("b_params.json")}, {{"at", text(tape.json + "/" + field)}});
  };
  const auto load_tape = [&](const std::string& columns) {
    return call("load", {text("b_" + tape.tag + "_tape.csv")}, {{"columns", text(columns)}});
  };
  made.assign(made.quantity(w, "w"), load_json("weight"));
  made.assign(made.quantity(z, "bias"), load_json("bias"));
  made.add(model::Replay{{std::nullopt, z, {}, std::nullopt, "spike"}, load_tape("u_*")});
  const auto p = made.name("p", SymbolKind::RunResult);
  const auto s = made.name("s", SymbolKind::RunResult);
  made.run(tape.steps, {made.observe(p, Reducer::Samples, made.quantity(z, "spike_probability")),
                        made.observe(s, Reducer::Spikes, made.quantity(z, ""))});
  made.expect(made.ref(p), load_tape("rate_*"), 1e-12);
  made.expect(
      made.ref(s),
      call("load_spikes", {text("b_" + tape.tag + "_spikes.csv")},
           {{"time", text("t")}, {"index", text("neuron_id")}, {"first_neuron", number(1)}}),
      0.0);
  return made.interpret_it();
}

void expect_success(const Results& results) {
  EXPECT_FALSE(results.problem) << results.problem->message;
  ASSERT_EQ(results.expectations.size(), 2U);
  for (const Expectation& expectation : results.expectations)
    EXPECT_TRUE(expectation.passed) << expectation.figures;
}

TEST(Sampler, ThreeNeuronsFollowThePublishedTape) {
  expect_success(replay({"n3_rect", "cases/0", 3, 10, 500}));
}

TEST(Sampler, SevenNeuronsFollowThePublishedTape) {
  expect_success(replay({"n7_rect", "cases/1", 7, 50, 1000}));
}

}  // namespace
}  // namespace bouton::interpret
