// Family A of the reference: differences of neighbouring spikes. Those between neurons are counted
// by the pairing of a program, those of one neuron (its inter-spike intervals, which no synapse
// pairs) from the spikes that the program observes.
#include <algorithm>
#include <map>
#include <sstream>

#include "tests/numeric/sal/staged.h"
#include "tests/support/hand_built.h"
#include "tests/support/sal/program.h"

namespace bouton::numeric {
namespace {

using nlohmann::json;
using runtime::Tensor;
using Histogram = std::map<int, int>;                         // difference -> count
using Histograms = std::map<std::pair<int, int>, Histogram>;  // of t_i - t_j, by (i, j)

Histograms read_histograms(const std::string& train) {
  Histograms histograms;
  std::istringstream lines(read_reference("a_first_order_std_hist.csv"));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(train + ",")) continue;
    std::ranges::replace(line, ',', ' ');
    std::istringstream fields(line);
    std::string name;
    int i = 0;
    int j = 0;
    int difference = 0;
    int count = 0;
    fields >> name >> i >> j >> difference >> count;
    histograms[{i, j}][difference] = count;
  }
  return histograms;
}

// The largest difference between two neurons.
int reach_of(const Histograms& histograms) {
  int reach = 0;
  for (const auto& [neurons, histogram] : histograms)
    if (neurons.first != neurons.second)
      reach = std::max({reach, -histogram.begin()->first, histogram.rbegin()->first});
  return reach;
}

Tensor repeat(const Tensor& tape, int times) {
  std::vector<double> numbers;
  for (int t = 0; t < times; ++t)
    numbers.insert(numbers.end(), tape.data().begin(), tape.data().end());
  return {runtime::Shape{tape.shape()[0] * static_cast<std::size_t>(times), tape.shape()[1]},
          std::move(numbers)};
}

class SalFirstOrder : public testing::TestWithParam<std::tuple<const char*, Way>> {
 protected:
  void SetUp() override {
    const auto& [train, way] = GetParam();
    spikes_ = read_train(train);
    reference_ = read_histograms(train);
    const int reach = reach_of(reference_);
    const std::string folder = stage_inputs(repeat(tape_of(spikes_), 2 * reach + 1), json{});
    results_ = run_program({BOUTON_SOURCE_DIR "/tests/programs/sal_family_a/first_order.bouton",
                            "FirstOrder",
                            {"reach=" + std::to_string(reach)},
                            folder},
                           way)
                   .results;
    ASSERT_EQ(results_.tables.size(), 1U);
    ASSERT_EQ(results_.tables[0].names,
              (std::vector<std::string>{"difference", "spikes", "pairs", "all_pairs"}));
  }

  // As the pairing of the program counts.
  Histogram counted(std::size_t i, std::size_t j) const {
    Histogram histogram;
    for (const auto& row : results_.tables[0].rows) {
      const int count = static_cast<int>(row[2].as<Tensor>()->at(i, j));
      if (count != 0) histogram[static_cast<int>(row[0].as<Tensor>()->scalar())] = count;
    }
    return histogram;
  }

  void expect_differences_between_neurons();
  void expect_intervals_of_one_neuron();
  void expect_variant_for_two_neurons();

  std::vector<TrainSpike> spikes_;
  Histograms reference_;
  runtime::Results results_;
};
INSTANTIATE_TEST_SUITE_P(, SalFirstOrder,
                         testing::Combine(testing::Values("T1", "T2", "T3"),
                                          testing::ValuesIn(all_ways())),
                         [](const auto& instance) {
                           return std::get<0>(instance.param) + std::get<1>(instance.param).name;
                         });

int total(const Histogram& histogram) {
  int sum = 0;
  for (const auto& [difference, count] : histogram) sum += count;
  return sum;
}

void SalFirstOrder::expect_differences_between_neurons() {
  const Tensor all = interpret::recorded_tensor(results_, "all_pairs");
  for (int i = 0; i < static_cast<int>(kTrainNeurons); ++i)
    for (int j = 0; j < static_cast<int>(kTrainNeurons); ++j) {
      if (i == j) continue;
      const auto row = static_cast<std::size_t>(i);
      const auto column = static_cast<std::size_t>(j);
      const Histogram expected = reference_[{i, j}];
      EXPECT_EQ(counted(row, column), expected) << i << ", " << j;
      EXPECT_EQ(static_cast<int>(all.at(row, column)), total(expected)) << i << ", " << j;
    }
}

void SalFirstOrder::expect_intervals_of_one_neuron() {
  const auto& spikes = *interpret::recorded(results_, "spikes").as<runtime::SpikeList>();
  expect_spikes(spikes, spikes_);
  std::map<int, int> last;
  Histograms intervals;
  for (std::size_t s = 0; s < spikes.size(); ++s) {
    const int neuron = static_cast<int>(spikes.neuron[s]);
    const int step = static_cast<int>(spikes.step[s]);
    if (last.contains(neuron)) ++intervals[{neuron, neuron}][step - last[neuron]];
    last[neuron] = step;
  }
  for (int i = 0; i < static_cast<int>(kTrainNeurons); ++i) {
    const std::pair<int, int> itself{i, i};
    EXPECT_EQ(intervals[itself], reference_[itself]) << i;
  }
}

// What it calls dropped is two for each spike less one for each pair.
void SalFirstOrder::expect_variant_for_two_neurons() {
  const json reference =
      json::parse(read_reference("a_first_order_std_2nrn.json"))[std::get<0>(GetParam())];
  Histogram expected;
  for (std::size_t bin = 0; bin < reference["dt"].size(); ++bin)
    expected[static_cast<int>(reference["dt"][bin].get<double>())] =
        reference["count"][bin].get<int>();
  EXPECT_EQ(counted(0, 1), expected);
  const auto of_both =
      std::ranges::count_if(spikes_, [](const TrainSpike& spike) { return spike.neuron < 2; });
  EXPECT_EQ(2 * of_both - total(counted(0, 1)), reference["num_dropped"].get<int>());
}

TEST_P(SalFirstOrder, EveryDifferenceIsThatOfTheReference) {
  expect_differences_between_neurons();
  expect_intervals_of_one_neuron();
  expect_variant_for_two_neurons();
}

}  // namespace
}  // namespace bouton::numeric
