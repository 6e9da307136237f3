// How replicas are cut into blocks of lanes, anew and when a run is resumed.
#include "compiler/launch/lane_blocks.h"

#include <gmock/gmock.h>

#include <array>
#include <map>

namespace bouton::launch {
namespace {

using testing::ElementsAre;

constexpr std::array kWidths = {8, 4, 2, 1};

int none(int) { return 0; }

TEST(LaneBlocks, TheWidestBlocksComeFirst) {
  EXPECT_THAT(list_blocks({0, 13, kWidths, 1, 1}, none),
              ElementsAre(LaneBlock{0, 8}, LaneBlock{8, 4}, LaneBlock{12, 1}));
}

TEST(LaneBlocks, EveryThreadHasWork) {
  EXPECT_THAT(list_blocks({0, 8, kWidths, 1, 4}, none),
              ElementsAre(LaneBlock{0, 2}, LaneBlock{2, 2}, LaneBlock{4, 2}, LaneBlock{6, 2}));
}

TEST(LaneBlocks, NoBlockHoldsTwoPoints) {
  EXPECT_THAT(list_blocks({0, 3, kWidths, 2, 1}, none),
              ElementsAre(LaneBlock{0, 2}, LaneBlock{2, 1}, LaneBlock{3, 2}, LaneBlock{5, 1}));
}

TEST(LaneBlocks, PointsThatJoinShareBlocks) {
  const auto joins = [](int point) { return point != 2; };
  EXPECT_THAT(list_blocks({0, 3, kWidths, 4, 1, joins}, none),
              ElementsAre(LaneBlock{0, 4}, LaneBlock{4, 2}, LaneBlock{6, 4}, LaneBlock{10, 2}));
}

TEST(LaneBlocks, CheckpointsKeepTheirBlocksWhenThereAreOtherThreads) {
  const std::map<int, int> checkpoints = {{1, 1}, {2, 2}, {6, 2}};
  const auto lanes_at = [&](int first) {
    return checkpoints.contains(first) ? checkpoints.at(first) : 0;
  };
  EXPECT_THAT(list_blocks({0, 8, kWidths, 1, 1}, lanes_at),
              ElementsAre(LaneBlock{0, 1}, LaneBlock{1, 1}, LaneBlock{2, 2}, LaneBlock{4, 2},
                          LaneBlock{6, 2}));
}

TEST(LaneBlocks, ACheckpointForWhichThereIsNoCodeIsCutAnew) {
  const auto lanes_at = [](int first) { return first == 0 ? 16 : 0; };
  EXPECT_THAT(list_blocks({0, 16, kWidths, 1, 1}, lanes_at),
              ElementsAre(LaneBlock{0, 8}, LaneBlock{8, 8}));
}

}  // namespace
}  // namespace bouton::launch
