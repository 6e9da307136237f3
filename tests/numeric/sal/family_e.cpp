#include "tests/numeric/sal/family_e.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <tuple>

namespace bouton::numeric {

namespace {

using nlohmann::json;
using runtime::Tensor;

constexpr double kTolerance = 1e-12;

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

std::filesystem::path folder_of_test() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::string name = std::string(test->test_suite_name()) + "." + test->name();
  return std::filesystem::path(BOUTON_BUILD_DIR) / "staged" / name;
}

// A teacher has no targets, and no feedback weights. Files that programs load hold numbers.
json completed(json given) {
  const std::vector<std::string> phases = {"train", "symm", "val"};
  for (const json& phase : given["phases"])
    given["phase_numbers"].push_back(std::ranges::find(phases, phase.get<std::string>()) -
                                     phases.begin());
  if (given["u_tgt"].is_null())
    given["u_tgt"] = std::vector<std::vector<double>>(given["u_in"].size(), {0.0});
  json& first = given["weights"][0];
  if (!first.contains("w_down")) first["w_down"] = json::parse("[[0.0]]");
  return given;
}

// The values of one column in the rows of its table, one after the other.
std::vector<const runtime::Value*> recorded_rows(const runtime::Results& results,
                                                 const std::string& name) {
  std::vector<const runtime::Value*> rows;
  for (const runtime::ResultTable& table : results.tables) {
    const auto column = std::ranges::find(table.names, name);
    if (column == table.names.end()) continue;
    for (const auto& row : table.rows)
      rows.push_back(&row[static_cast<std::size_t>(column - table.names.begin())]);
  }
  return rows;
}

// (step, neuron) of all patterns; every run counts its steps from 0.
using Spikes = std::set<std::pair<std::int64_t, std::int64_t>>;

Spikes recorded_spikes(const runtime::Results& results, const std::string& name,
                       std::int64_t steps_per_pattern) {
  Spikes spikes;
  std::int64_t begin = 0;
  for (const runtime::Value* value : recorded_rows(results, name)) {
    const auto& list = *value->as<runtime::SpikeList>();
    for (std::size_t i = 0; i < list.size(); ++i)
      spikes.emplace(begin + list.step[i], list.neuron[i]);
    begin += steps_per_pattern;
  }
  return spikes;
}

Spikes published_spikes(const Columns& file, const std::string& layer, const std::string& type) {
  Spikes spikes;
  for (std::size_t i = 0; i < file.rows(); ++i)
    if (file.texts.at("layer")[i] == layer && file.texts.at("type")[i] == type)
      spikes.emplace(std::stoll(file.texts.at("t")[i]), std::stoll(file.texts.at("neuron")[i]));
  return spikes;
}

// `u_pyr1` of the program, [steps, neurons] or a matrix of weights in each row, against the columns
// `u_pyr1_0`, `u_pyr1_1`, … one after the other.
void expect_columns(const Columns& file, const std::string& name,
                    const std::vector<std::vector<double>>& rows) {
  ASSERT_EQ(rows.size(), file.rows()) << name;
  std::vector<std::vector<double>> columns;
  for (const auto& [column, texts] : file.texts)
    if (column.starts_with(name + "_") &&
        column.find_first_not_of("0123456789_", name.size()) == std::string::npos)
      columns.push_back(file.numbers(column));
  ASSERT_EQ(columns.size(), rows.front().size()) << name;
  for (std::size_t row = 0; row < rows.size(); ++row)
    for (std::size_t i = 0; i < columns.size(); ++i)
      ASSERT_NEAR(rows[row][i], columns[i][row], kTolerance) << name << " in row " << row;
}

std::vector<std::vector<double>> matrices(const runtime::Results& results,
                                          const std::string& name) {
  std::vector<std::vector<double>> rows;
  for (const runtime::Value* value : recorded_rows(results, name)) {
    const auto data = value->as<Tensor>()->data();
    rows.emplace_back(data.begin(), data.end());
  }
  return rows;
}

std::vector<std::vector<double>> samples(const runtime::Results& results, const std::string& name) {
  std::vector<std::vector<double>> rows;
  for (const runtime::Value* value : recorded_rows(results, name)) {
    const Tensor& tensor = *value->as<Tensor>();
    for (std::size_t step = 0; step < tensor.shape()[0]; ++step) {
      rows.emplace_back();
      for (std::size_t i = 0; i < tensor.shape()[1]; ++i) rows.back().push_back(tensor.at(step, i));
    }
  }
  return rows;
}

}  // namespace

std::vector<double> Columns::numbers(const std::string& name) const {
  std::vector<double> numbers;
  for (const std::string& text : texts.at(name)) numbers.push_back(std::stod(text));
  return numbers;
}

std::size_t Columns::rows() const { return texts.empty() ? 0 : texts.begin()->second.size(); }

Columns read_columns(const std::string& file) {
  std::istringstream stream(read_reference(file));
  std::string line;
  std::getline(stream, line);
  const std::vector<std::string> names = split(line);
  Columns columns;
  while (std::getline(stream, line)) {
    const std::vector<std::string> cells = split(line);
    for (std::size_t i = 0; i < names.size(); ++i) columns.texts[names[i]].push_back(cells.at(i));
  }
  return columns;
}

json microcircuit_case(const std::string& tag) {
  for (const json& candidate : json::parse(read_reference("e_params.json")))
    if (candidate["tag"] == tag) return completed(candidate);
  ADD_FAILURE() << "no case " << tag;
  return {};
}

std::string stage_case(const std::string& tag) {
  const std::filesystem::path folder = folder_of_test();
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "case.json") << microcircuit_case(tag).dump();
  std::ofstream(folder / "tape.csv") << read_reference("e_" + tag + "_tape.csv");
  return folder.string();
}

void expect_spikes_of_case(const std::string& tag, const runtime::Results& results) {
  const std::int64_t steps = microcircuit_case(tag)["steps_per_pattern"];
  const Columns file = read_columns("e_" + tag + "_spikes.csv");
  const std::tuple<const char*, const char*, const char*> groups[] = {
      {"inp", "0", "inp"}, {"pyr1", "1", "pyr"}, {"inn1", "1", "inn"}, {"pyr2", "2", "pyr"}};
  std::size_t spikes = 0;
  for (const auto& [name, layer, type] : groups) {
    const Spikes recorded = recorded_spikes(results, name, steps);
    EXPECT_EQ(recorded, published_spikes(file, layer, type)) << name;
    spikes += recorded.size();
  }
  EXPECT_EQ(spikes, file.rows());
}

void expect_weights_of_case(const std::string& tag, const runtime::Results& results) {
  const Columns file = read_columns("e_" + tag + "_weights.csv");
  for (const char* name : {"w_up1", "w_down1", "w_pi1", "w_ip1", "w_up2"})
    expect_columns(file, name, matrices(results, name));
}

void expect_potentials_of_case(const std::string& tag, const runtime::Results& results) {
  const Columns file = read_columns("e_" + tag + "_steps.csv");
  for (const char* name : {"u_in", "u_pyr1", "v_bas1", "v_api1", "u_inn1", "u_pyr2", "v_bas2",
                           "u_pyr1_av", "v_bas1_av", "u_pyr2_av", "v_bas2_av"})
    expect_columns(file, name, samples(results, name));
}

void expect_outputs_of_case(const std::string& tag, const runtime::Results& results) {
  const Tensor published = tensor_of(microcircuit_case(tag)["u_out"]);
  const auto recorded = matrices(results, "u_out");
  ASSERT_EQ(recorded.size(), published.shape()[0]);
  for (std::size_t pattern = 0; pattern < recorded.size(); ++pattern)
    for (std::size_t i = 0; i < recorded[pattern].size(); ++i)
      EXPECT_NEAR(recorded[pattern][i], published.at(pattern, i), kTolerance);
}

}  // namespace bouton::numeric
