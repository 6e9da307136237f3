#include "tests/numeric/sal/trains.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "tests/support/sal/reference.h"

namespace bouton::numeric {

using runtime::Tensor;

std::vector<TrainSpike> read_train(const std::string& train) {
  std::vector<TrainSpike> spikes;
  std::istringstream lines(read_reference("a_spikes.csv"));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(train + ",")) continue;
    std::ranges::replace(line, ',', ' ');
    std::istringstream fields(line);
    std::string name;
    std::size_t row = 0;
    TrainSpike spike{};
    fields >> name >> row >> spike.step >> spike.neuron;
    --spike.neuron;
    spikes.push_back(spike);
  }
  return spikes;
}

Tensor tape_of(const std::vector<TrainSpike>& train, std::size_t steps_per_step) {
  Tensor tape(runtime::Shape{kTrainSteps * steps_per_step, kTrainNeurons}, 1.0);
  for (const TrainSpike& spike : train)
    tape.at(static_cast<std::size_t>(spike.step) * steps_per_step, spike.neuron) = 0.0;
  return tape;
}

void expect_near(const Tensor& actual, const Tensor& expected, const std::string& what) {
  ASSERT_EQ(actual.shape(), expected.shape()) << what;
  for (std::size_t i = 0; i < actual.size(); ++i)
    EXPECT_LE(std::abs(actual[i] - expected[i]), 1e-12 * std::max(1.0, std::abs(expected[i])))
        << what << " element " << i << ": " << actual[i] << ", expected " << expected[i];
}

void expect_spikes(const runtime::SpikeList& spikes, const std::vector<TrainSpike>& train,
                   std::int64_t steps_per_step) {
  ASSERT_EQ(spikes.size(), train.size());
  for (std::size_t s = 0; s < spikes.size(); ++s) {
    EXPECT_EQ(spikes.step[s], train[s].step * steps_per_step) << "spike " << s;
    EXPECT_EQ(static_cast<std::size_t>(spikes.neuron[s]), train[s].neuron) << "spike " << s;
  }
}

}  // namespace bouton::numeric
