#include "tests/numeric/sal/family_a.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/numeric/sal/trains.h"
#include "tests/support/hand_built.h"

namespace bouton::numeric {

namespace {

using interpret::HandBuilt;
using nlohmann::json;
using runtime::Tensor;

std::string read(const std::string& path) {
  std::ifstream stream(path);
  EXPECT_TRUE(stream.good()) << path;
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
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

// A number for all synapses, or one per synapse.
model::Expr argument(const json& value) {
  return value.is_number() ? interpret::number(value.get<double>()) : literal(tensor_of(value));
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

}  // namespace

int check_train(const std::string& train, const Way& way) {
  const json reference = json::parse(read_reference("a_stdp.json"));
  const std::vector<TrainSpike> spike_train = read_train(train);
  std::vector<const json*> cases;
  std::vector<HandBuilt::Learn> rules;
  for (const json& each : reference["cases"]) {
    if (each["train"] != train) continue;
    rules.push_back(learning(each, "case_" + std::to_string(cases.size())));
    cases.push_back(&each);
  }

  HandBuilt made(read(BOUTON_SOURCE_DIR "/tests/programs/sal_family_a/rules.bouton"));
  const auto z = made.population("z", "Replayed", kTrainNeurons);
  const auto w = made.projection("W", z, z, "I", "Rectangular", {}, std::move(rules));
  made.add(
      model::Replay{{std::nullopt, z, {}, std::nullopt, "spike"}, literal(tape_of(spike_train))});
  const auto spikes = made.name("s", model::SymbolKind::RunResult);
  made.run(kTrainSteps, {made.observe(spikes, model::Reducer::Spikes, made.quantity(z, ""))});
  made.record("spikes", made.ref(spikes));
  for (std::size_t c = 0; c < cases.size(); ++c) {
    const std::string name = "case_" + std::to_string(c);
    made.record(name, made.quantity(w, "c", name));
  }

  const auto network = made.network();
  if (!network) return 0;
  const runtime::Results results = execute(way, *network).results;
  expect_spikes(*interpret::recorded(results, "spikes").as<runtime::SpikeList>(), spike_train);
  for (std::size_t c = 0; c < cases.size(); ++c)
    expect_near(
        interpret::recorded_tensor(results, "case_" + std::to_string(c)),
        tensor_of((*cases[c])["stdp"]),
        train + " " + (*cases[c])["func"].get<std::string>() + " case " + std::to_string(c));
  return static_cast<int>(cases.size());
}

}  // namespace bouton::numeric
