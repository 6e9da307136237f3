#include "runtime/files/load.h"

#include <gmock/gmock.h>

#include <fstream>
#include <string>

namespace bouton::runtime {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

std::filesystem::path reference(const std::string& name) {
  return std::filesystem::path(BOUTON_SOURCE_DIR) / "tests/reference/sal" / name;
}

std::filesystem::path written(const std::string& name, const std::string& content) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / name;
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

TEST(Load, TheSamplerTapeOfThreeNeuronsHasARowPerStep) {
  const Value tape =
      *load(reference("b_n3_rect_tape.csv"), {.at = {}, .columns = "u_*", .shape = {}});
  ASSERT_NE(tape.as<Tensor>(), nullptr);
  EXPECT_EQ(tape.as<Tensor>()->shape(), (Shape{500, 3}));
  EXPECT_EQ(tape.as<Tensor>()->at(1, 2), 0.0618891);
}

TEST(Load, TheWeightsOfTheTapeAreAMatrix) {
  const Value weights = *load(reference("b_params.json"),
                              {.at = "cases/0/weight", .columns = {}, .shape = Shape{3, 3}});
  EXPECT_EQ(weights.as<Tensor>()->at(0, 0), 0.0);
}

TEST(Load, AWrongShapeNamesBoth) {
  const auto result = load(reference("b_params.json"),
                           {.at = "cases/0/weight", .columns = {}, .shape = Shape{4, 4}});
  EXPECT_THAT(result.error().message,
              EndsWith("it holds an array of shape [3, 3], but `shape` says [4, 4]"));
}

TEST(Load, AMissingFileIsNamed) {
  EXPECT_EQ(load("nowhere/tape.csv", {}).error().message,
            "`nowhere/tape.csv`: there is no such file");
  EXPECT_THAT(load(testing::TempDir() + "/.", {}).error().message, HasSubstr("not a file"));
}

TEST(Load, AnUnknownEndingListsTheFormats) {
  EXPECT_THAT(load(written("table.txt", "1"), {}).error().message,
              HasSubstr(".csv, .json, .npy, .h5 and .f64"));
}

TEST(Load, AnOptionOfAnotherFormatIsRefused) {
  EXPECT_THAT(load("x.csv", {.at = "cases", .columns = {}, .shape = {}}).error().message,
              EndsWith("`at` is for .json and .h5 files only"));
  EXPECT_THAT(load("x.npy", {.at = {}, .columns = "u", .shape = {}}).error().message,
              EndsWith("`columns` is for .csv files only"));
}

TEST(LoadSpikes, NeuronsCountFromZeroWhateverTheFileCountsFrom) {
  const SpikeList spikes = *load_spikes(reference("b_n3_rect_spikes.csv"),
                                        {.time = "t", .index = "neuron_id", .first_neuron = 1});
  EXPECT_EQ(spikes.step[0], 1);
  EXPECT_EQ(spikes.neuron[0], 2);
  EXPECT_EQ(spikes.size(), spikes.neuron.size());
}

TEST(LoadSpikes, AreOrderedByStepAndNeuron) {
  const auto path = written("unordered.csv", "t,neuron\n5,0\n2,1\n2,0\n");
  EXPECT_EQ(*load_spikes(path, {}), (SpikeList{{2, 2, 5}, {0, 1, 0}}));
}

TEST(LoadSpikes, HalfStepsAndNeuronsBelowTheFirstAreRefused) {
  EXPECT_THAT(load_spikes(written("half.csv", "t,neuron\n1.5,0\n"), {}).error().message,
              EndsWith("line 2, column `t`: 1.5 is no whole number from 0 on"));
  EXPECT_THAT(load_spikes(written("zero.csv", "t,neuron\n1,0\n"),
                          {.time = "t", .index = "neuron", .first_neuron = 1})
                  .error()
                  .message,
              EndsWith("line 2, column `neuron`: 0 is no whole number from 1 on"));
}

TEST(LoadSpikes, TwoSpikesOfANeuronInOneStepAreRefused) {
  EXPECT_THAT(load_spikes(written("twice.csv", "t,neuron\n1,3\n1,3\n"), {}).error().message,
              EndsWith("neuron 3 spikes twice in step 1"));
}

}  // namespace
}  // namespace bouton::runtime
