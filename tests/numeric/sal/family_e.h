// Family E of the reference: the published microcircuit on recorded random numbers. A case has its
// parameters, its tape, all spikes, the weights after each pattern and, for some, all potentials of
// every step.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "runtime/analysis/results.h"
#include "tests/support/sal/reference.h"

namespace bouton::numeric {

// Columns of a CSV file by name; numbers only where `numbers` says so.
struct Columns {
  std::map<std::string, std::vector<std::string>> texts;
  [[nodiscard]] std::vector<double> numbers(const std::string& name) const;
  [[nodiscard]] std::size_t rows() const;
};
[[nodiscard]] Columns read_columns(const std::string& file);

// The parameters of one case, as e_params.json has them.
[[nodiscard]] nlohmann::json microcircuit_case(const std::string& tag);

// Writes case.json and tape.csv to a folder of the running test and returns it.
[[nodiscard]] std::string stage_case(const std::string& tag);

// Every spike, of every pattern one after the other, in the order of the reference's file.
void expect_spikes_of_case(const std::string& tag, const runtime::Results& results);
// After each pattern and before the first, to 1e-12; so are the potentials of every step.
void expect_weights_of_case(const std::string& tag, const runtime::Results& results);
void expect_potentials_of_case(const std::string& tag, const runtime::Results& results);
void expect_outputs_of_case(const std::string& tag, const runtime::Results& results);

}  // namespace bouton::numeric
