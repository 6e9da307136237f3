#include "tests/numeric/sal/family_a.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/hand_built.h"

namespace bouton::numeric {

namespace {

using interpret::HandBuilt;
using nlohmann::json;
using runtime::Tensor;

constexpr std::size_t kNeurons = 5;
constexpr std::size_t kSteps = 2000;
const std::string kReference = BOUTON_SOURCE_DIR "/tests/reference/sal/";

std::string read(const std::string& path) {
  std::ifstream stream(path);
  EXPECT_TRUE(stream.good()) << path;
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// 0 at a spike, 1 elsewhere: [steps, neurons].
Tensor tape_of(const std::string& train) {
  Tensor tape(runtime::Shape{kSteps, kNeurons}, 1.0);
  std::istringstream lines(read(kReference + "a_spikes.csv"));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(train + ",")) continue;
    std::ranges::replace(line, ',', ' ');
    std::istringstream fields(line);
    std::string name;
    std::size_t row = 0;
    std::size_t step = 0;
    std::size_t neuron = 0;
    fields >> name >> row >> step >> neuron;
    tape.at(step, neuron - 1) = 0.0;
  }
  return tape;
}

model::Expr literal(const Tensor& matrix) {
  std::vector<model::Expr> rows;
  for (std::size_t i = 0; i < matrix.shape()[0]; ++i) {
    std::vector<model::Expr> row;
    for (std::size_t j = 0; j < matrix.shape()[1]; ++j)
      row.push_back(interpret::number(matrix.at(i, j)));
    rows.push_back(interpret::array(std::move(row)));
  }
  return interpret::array(std::move(rows));
}

Tensor matrix_of(const json& rows) {
  Tensor matrix(runtime::Shape{rows.size(), rows.front().size()});
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < rows[i].size(); ++j) matrix.at(i, j) = rows[i][j].get<double>();
  return matrix;
}

// A number for all synapses, or one per synapse.
model::Expr argument(const json& value) {
  return value.is_number() ? interpret::number(value.get<double>()) : literal(matrix_of(value));
}

HandBuilt::Learn learning(const json& reference, const std::string& name) {
  const std::string window = reference["kernel"] == "tri" ? "Triangular" : "Exponential";
  const json& memory = reference["num_last_spikes"];
  const std::string pairing =
      memory.is_null() ? "Immediate" : "Nearest" + std::to_string(memory.get<int>());
  const std::string prefix = reference.contains("effective_a_plus") ? "effective_" : "";
  HandBuilt::Learn learn{name, window + pairing, {}};
  for (const char* parameter : {"a_plus", "a_minus", "tau_plus", "tau_minus"})
    learn.arguments.push_back(argument(reference[prefix + parameter]));
  return learn;
}

void expect_near(const Tensor& actual, const Tensor& expected, const std::string& what) {
  ASSERT_EQ(actual.shape(), expected.shape()) << what;
  for (std::size_t i = 0; i < actual.size(); ++i)
    EXPECT_LE(std::abs(actual[i] - expected[i]), 1e-12 * std::max(1.0, std::abs(expected[i])))
        << what << " element " << i << ": " << actual[i] << ", expected " << expected[i];
}

void expect_spikes(const runtime::SpikeList& spikes, const Tensor& tape) {
  Tensor replayed(tape.shape(), 1.0);
  for (std::size_t s = 0; s < spikes.size(); ++s)
    replayed.at(static_cast<std::size_t>(spikes.step[s]),
                static_cast<std::size_t>(spikes.neuron[s])) = 0.0;
  EXPECT_EQ(replayed, tape);
}

}  // namespace

int check_train(const std::string& train, const Execute& execute) {
  const json reference = json::parse(read(kReference + "a_stdp.json"));
  const Tensor tape = tape_of(train);
  std::vector<const json*> cases;
  std::vector<HandBuilt::Learn> rules;
  for (const json& each : reference["cases"]) {
    if (each["train"] != train) continue;
    rules.push_back(learning(each, "case_" + std::to_string(cases.size())));
    cases.push_back(&each);
  }

  HandBuilt made(read(BOUTON_SOURCE_DIR "/tests/programs/sal_family_a/rules.bouton"));
  const auto z = made.population("z", "Replayed", kNeurons);
  const auto w = made.projection("W", z, z, "I", "Rectangular", {}, std::move(rules));
  made.add(model::Replay{{std::nullopt, z, {}, std::nullopt, "spike"}, literal(tape)});
  const auto spikes = made.name("s", model::SymbolKind::RunResult);
  made.run(kSteps, {made.observe(spikes, model::Reducer::Spikes, made.quantity(z, ""))});
  made.record("spikes", made.ref(spikes));
  for (std::size_t c = 0; c < cases.size(); ++c) {
    const std::string name = "case_" + std::to_string(c);
    made.record(name, made.quantity(w, "c", name));
  }

  const auto network = made.network();
  if (!network) return 0;
  const runtime::Results results = execute(*network);
  expect_spikes(*interpret::recorded(results, "spikes").as<runtime::SpikeList>(), tape);
  for (std::size_t c = 0; c < cases.size(); ++c)
    expect_near(
        interpret::recorded_tensor(results, "case_" + std::to_string(c)),
        matrix_of((*cases[c])["stdp"]),
        train + " " + (*cases[c])["func"].get<std::string>() + " case " + std::to_string(c));
  return static_cast<int>(cases.size());
}

}  // namespace bouton::numeric
