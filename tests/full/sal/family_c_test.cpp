// Family C of the reference over as many steps as the published code sampled: 2·10^7 for each
// machine. Sizes and the seed (0) were fixed beforehand.
#include "tests/support/sal/family_c.h"

namespace bouton::numeric {
namespace {

constexpr double kBound = 5;  // combined standard errors
constexpr int kChunks = 40;

class FullSalFamilyC : public testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(, FullSalFamilyC, testing::Range(std::size_t{0}, count_machines()),
                         [](const auto& instance) {
                           return read_machine(instance.param)["tag"].template get<std::string>();
                         });

TEST_P(FullSalFamilyC, StatisticsAreThoseOfThePublishedSampler) {
  const auto machine = read_machine(GetParam());
  const std::int64_t windows =
      machine["steps"].get<std::int64_t>() / machine["t_ref"].get<std::int64_t>() / kChunks;
  const runtime::Results results = sample({GetParam(), kChunks, windows}, compiled_only());
  expect_published_statistics(results, machine, kBound);
}

}  // namespace
}  // namespace bouton::numeric
