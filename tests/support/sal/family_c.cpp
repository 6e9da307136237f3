#include "tests/support/sal/family_c.h"

#include <map>

#include "tests/support/sal/program.h"
#include "tests/support/sal/reference.h"

namespace bouton::numeric {

namespace {

using nlohmann::json;
using runtime::Tensor;

const std::string kReference = BOUTON_SOURCE_DIR "/tests/reference/sal";

const json& cases() {
  static const json kCases = json::parse(read_reference("c_statistics.json"))["cases"];
  return kCases;
}

std::size_t neurons_of(const Tensor& distribution) {
  std::size_t neurons = 0;
  while (std::size_t{1} << neurons < distribution.size()) ++neurons;
  return neurons;
}

// Neuron 0 is the most significant bit of a state's number.
bool is_active(std::size_t state, std::size_t neuron, std::size_t neurons) {
  return (state >> (neurons - 1 - neuron) & 1U) != 0;
}

Tensor marginals_of(const Tensor& distribution) {
  const std::size_t neurons = neurons_of(distribution);
  Tensor marginals(runtime::Shape{neurons});
  for (std::size_t state = 0; state < distribution.size(); ++state)
    for (std::size_t i = 0; i < neurons; ++i)
      if (is_active(state, i, neurons)) marginals[i] += distribution[state];
  return marginals;
}

Tensor coactivation_of(const Tensor& distribution) {
  const std::size_t neurons = neurons_of(distribution);
  Tensor coactivation(runtime::Shape{neurons, neurons});
  for (std::size_t state = 0; state < distribution.size(); ++state)
    for (std::size_t i = 0; i < neurons; ++i)
      for (std::size_t j = 0; j < neurons; ++j)
        if (i != j && is_active(state, i, neurons) && is_active(state, j, neurons))
          coactivation.at(i, j) += distribution[state];
  return coactivation;
}

Estimate estimate_of_each(std::vector<Tensor> distributions, Tensor (*statistic)(const Tensor&)) {
  for (Tensor& one : distributions) one = statistic(one);
  return estimate(distributions);
}

// How the program calls what the reference calls by another name.
const std::map<std::string, std::string>& recorded_names() {
  static const std::map<std::string, std::string> kNames = {{"sampled_distr", "distribution"},
                                                            {"rate_times_tref", "rates"},
                                                            {"stdp_tri_nl1", "coactivation"},
                                                            {"sal_exp_nl1", "alignment"}};
  return kNames;
}

}  // namespace

std::size_t count_machines() { return cases().size(); }
json read_machine(std::size_t index) { return cases()[index]; }

runtime::Results sample(const LongRun& run, const Way& way) {
  const std::string at = "\"cases/" + std::to_string(run.machine);
  return run_program(
             {BOUTON_SOURCE_DIR "/tests/programs/sal_family_c/statistics.bouton",
              "Statistics",
              {"tau_ref=" + cases()[run.machine]["t_ref"].dump() + " ms",
               "weight=" + at + "/weight\"", "bias=" + at + "/bias\"",
               "chunks=" + std::to_string(run.chunks), "windows=" + std::to_string(run.windows)},
              kReference},
             way)
      .results;
}

Estimate published(const json& machine, const std::string& name) {
  return {tensor_of(machine[name]), tensor_of(machine[name + "_sem"])};
}

Estimate sampled(const runtime::Results& results, const std::string& name,
                 const std::string& suffix) {
  if (name == "sampled_marg")
    return estimate_of_each(chunks_of(results, "distribution" + suffix), marginals_of);
  if (name == "sampled_coact")
    return estimate_of_each(chunks_of(results, "distribution" + suffix), coactivation_of);
  return estimate(chunks_of(results, recorded_names().at(name) + suffix));
}

void expect_published_statistics(const runtime::Results& results, const json& machine,
                                 double standard_errors) {
  for (const char* suffix : {"", "_by_step"})
    for (const char* name : {"sampled_distr", "sampled_marg", "sampled_coact", "rate_times_tref",
                             "stdp_tri_nl1", "sal_exp_nl1"}) {
      const double deviation =
          largest_deviation(sampled(results, name, suffix), published(machine, name));
      EXPECT_LE(deviation, standard_errors) << name << suffix;
      testing::Test::RecordProperty(std::string(name) + suffix, std::to_string(deviation));
    }
}

}  // namespace bouton::numeric
