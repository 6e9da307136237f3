// Our Philox against the known answers published with Random123, and against Random123 itself.
#include "runtime/random/philox.h"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <random>

namespace bouton::runtime::random::tests {
namespace {

using Lane = std::uint64_t;
using Block = PhiloxBlock<Lane>;

struct KnownAnswer {
  Lane counter[4];
  Lane key[2];
  Lane word[4];
};

TEST(Philox, GivesTheKnownAnswers) {
  const KnownAnswer answers[] = {
      {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
      {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
       {0xffffffff, 0xffffffff},
       {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
      {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
       {0xa4093822, 0x299f31d0},
       {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}};
  for (const KnownAnswer& answer : answers) {
    const Block counter = {
        {answer.counter[0], answer.counter[1], answer.counter[2], answer.counter[3]}};
    const Block block = philox(counter, answer.key[0], answer.key[1]);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(block.word[i], answer.word[i]);
  }
}

TEST(Philox, AgreesWithRandom123OnRandomCounters) {
  std::mt19937 generator(5);
  for (int trial = 0; trial < 10000; ++trial) {
    r123::Philox4x32::ctr_type counter{};
    r123::Philox4x32::key_type key{};
    for (auto& word : counter) word = static_cast<std::uint32_t>(generator());
    for (auto& word : key) word = static_cast<std::uint32_t>(generator());
    const auto expected = r123::Philox4x32()(counter, key);
    const Block block =
        philox<Lane>({{counter[0], counter[1], counter[2], counter[3]}}, key[0], key[1]);
    for (std::size_t i = 0; i < 4; ++i) ASSERT_EQ(block.word[i], expected[i]);
  }
}

}  // namespace
}  // namespace bouton::runtime::random::tests
