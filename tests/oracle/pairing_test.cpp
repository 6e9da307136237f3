// The interpreter's pairings against the oracle, step by step and in the order of delivery, on
// random trains in which about every third spike coincides with one of the other neuron.
#include "compiler/interpret/pairing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/oracle/all_pairs.h"

namespace bouton::oracle {

// For failure messages.
void PrintTo(const Pair& pair, std::ostream* out) {
  *out << "(" << pair.pre << ", " << pair.post << ")";
}

namespace {

constexpr std::int64_t kSteps = 400;
constexpr int kTrains = 40;

Synapse random_synapse(std::uint32_t seed, std::int64_t pre_index, std::int64_t post_index) {
  std::mt19937 generator(seed);
  std::bernoulli_distribution fires(seed % 2 == 0 ? 0.3 : 0.05);
  Synapse synapse{{}, {}, pre_index, post_index};
  for (std::int64_t step = 0; step < kSteps; ++step) {
    if (fires(generator)) synapse.pre.push_back(step);
    if (fires(generator)) synapse.post.push_back(step);
  }
  return synapse;
}

std::vector<Pair> interpreted_pairs(const model::Pairing& pairing, const Synapse& synapse) {
  const interpret::Train pre(synapse.pre, 0, synapse.pre_index);
  const interpret::Train post(synapse.post, 0, synapse.post_index);
  std::vector<Pair> pairs;
  for (std::int64_t step = 0; step < kSteps; ++step)
    for (const std::int64_t dt : interpret::pairs_of_step(pairing, pre, post, step, kSteps))
      pairs.push_back(dt >= 0 ? Pair{step - dt, step} : Pair{step, step + dt});
  return pairs;
}

struct Case {
  const char* name;
  model::Pairing::Kind kind;
  Kind oracle;
  std::int64_t depth;
};

class Pairings : public testing::TestWithParam<Case> {};

TEST_P(Pairings, AgreeWithTheSetDefinition) {
  const Case& pairing = GetParam();
  for (std::uint32_t seed = 1; seed <= kTrains; ++seed) {
    const Synapse synapse = random_synapse(seed, 0, 1);
    EXPECT_EQ(interpreted_pairs({pairing.kind, pairing.depth, false}, synapse),
              find_pairs(pairing.oracle, pairing.depth, false, synapse))
        << "seed " << seed;
  }
}

TEST_P(Pairings, InIndexOrderAgreeWithTheSetDefinition) {
  const Case& pairing = GetParam();
  for (std::uint32_t seed = 1; seed <= kTrains; ++seed)
    for (const bool pre_first : {true, false}) {
      const Synapse synapse = random_synapse(seed, pre_first ? 2 : 5, pre_first ? 5 : 2);
      EXPECT_EQ(interpreted_pairs({pairing.kind, pairing.depth, true}, synapse),
                find_pairs(pairing.oracle, pairing.depth, true, synapse))
          << "seed " << seed;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Every, Pairings,
    testing::Values(Case{"all", model::Pairing::Kind::All, Kind::All, 1},
                    Case{"nearest", model::Pairing::Kind::Nearest, Kind::Nearest, 1},
                    Case{"nearest_two", model::Pairing::Kind::Nearest, Kind::Nearest, 2},
                    Case{"nearest_ten", model::Pairing::Kind::Nearest, Kind::Nearest, 10},
                    Case{"immediate", model::Pairing::Kind::Immediate, Kind::Immediate, 1},
                    Case{"pre_centred", model::Pairing::Kind::PreCentred, Kind::PreCentred, 1},
                    Case{"post_centred", model::Pairing::Kind::PostCentred, Kind::PostCentred, 1}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST(Oracle, NearestInIndexOrderIsThePublishedRuleWithItsMemory) {
  for (std::uint32_t seed = 1; seed <= kTrains; ++seed)
    for (const std::int64_t memory : {1, 2, 10})
      for (const bool pre_first : {true, false}) {
        const Synapse synapse = random_synapse(seed, pre_first ? 0 : 1, pre_first ? 1 : 0);
        EXPECT_EQ(find_pairs(Kind::Nearest, memory, true, synapse),
                  process_in_list_order(memory, synapse));
      }
}

TEST(Oracle, ImmediateInIndexOrderIsThePublishedNearestNeighbourRule) {
  for (std::uint32_t seed = 1; seed <= kTrains; ++seed)
    for (const bool pre_first : {true, false}) {
      const Synapse synapse = random_synapse(seed, pre_first ? 0 : 1, pre_first ? 1 : 0);
      EXPECT_EQ(find_pairs(Kind::Immediate, 1, true, synapse), process_nearest_only(synapse));
    }
}

TEST(Oracle, ACoincidentSpikeHidesTheOlderOneFromNearest) {
  const Synapse synapse{{3, 8}, {8}, 0, 1};
  const std::vector<Pair> expected{{8, 8}};
  EXPECT_EQ(find_pairs(Kind::Nearest, 1, false, synapse), expected);
}

TEST(Oracle, RandomTrainsHaveManyCoincidences) {
  const Synapse synapse = random_synapse(2, 0, 1);
  const auto pairs = find_pairs(Kind::All, 1, false, synapse);
  EXPECT_GT(std::ranges::count_if(pairs, [](const Pair& pair) { return pair.difference() == 0; }),
            20);
}

}  // namespace
}  // namespace bouton::oracle
