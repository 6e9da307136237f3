// Family C of the reference: what our samplers' statistics are over long runs. Sizes and the seed
// (0) were fixed beforehand. The bound of five combined standard errors covers 1072 numbers;
// runs as long as the reference are in tests/full/sal.
#include "tests/support/sal/family_c.h"

#include "tests/support/sal/reference.h"

namespace bouton::numeric {
namespace {

constexpr double kBound = 5;
constexpr int kChunks = 40;
constexpr std::int64_t kWindows = 2000;

class SalFamilyC : public testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(, SalFamilyC, testing::Range(std::size_t{0}, count_machines()),
                         [](const auto& instance) {
                           return read_machine(instance.param)["tag"].template get<std::string>();
                         });

TEST_P(SalFamilyC, StatisticsAreThoseOfThePublishedSampler) {
  const runtime::Results results = sample({GetParam(), kChunks, kWindows}, compiled_only());
  expect_published_statistics(results, read_machine(GetParam()), kBound);
}

class SalFamilyCWays : public testing::TestWithParam<Way> {};
INSTANTIATE_TEST_SUITE_P(, SalFamilyCWays, testing::ValuesIn(all_ways()), name_of_way);

TEST_P(SalFamilyCWays, ShortRunsAreTheSameBitForBit) {
  const runtime::Results results = sample({0, 3, 100}, GetParam());
  EXPECT_EQ(chunks_of(results, "distribution").size(), 3U);
}

// The published sampler is biased at ten steps per refractory period; a comparison that could not
// see this would be worth nothing.
TEST(SalFamilyCPower, ABiasOfTheSizeOfThePublishedOneIsSeen) {
  const auto machine = read_machine(0);
  const runtime::Results results = sample({0, kChunks, kWindows}, compiled_only());
  const Estimate target{tensor_of(machine["target_distr"]),
                        runtime::Tensor(tensor_of(machine["target_distr"]).shape())};
  EXPECT_GT(largest_deviation(sampled(results, "sampled_distr", ""), target), kBound);
  EXPECT_GT(largest_deviation(sampled(results, "sampled_distr", "_by_step"), target), kBound);
}

}  // namespace
}  // namespace bouton::numeric
