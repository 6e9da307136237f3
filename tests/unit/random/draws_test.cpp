// The layout of draws (the table in draws.h) and the names of streams.
#include "runtime/random/draws.h"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "runtime/random/stream.h"

namespace bouton::runtime::random::tests {
namespace {

constexpr std::uint64_t kSeed = 0x0123456789abcdef;
constexpr std::uint64_t kStream = 0xba9876543210;
constexpr std::uint64_t kOrdinal = 0xfedcba987654;

// The table of draws.h, written out once more with Random123.
r123::Philox4x32::ctr_type block_by_the_table(std::uint32_t block) {
  const r123::Philox4x32::key_type key = {{0x89abcdef, 0x01234567}};
  const r123::Philox4x32::ctr_type counter = {{block, 0xba987654, 0x3210fedc, 0xba987654}};
  return r123::Philox4x32()(counter, key);
}

TEST(Draws, OneWordDrawsFollowTheTable) {
  for (std::uint64_t element : {0U, 1U, 2U, 3U, 4U, 1001U, 1002U, 0xffffffffU}) {
    const auto block = block_by_the_table(static_cast<std::uint32_t>(element / 4));
    EXPECT_EQ(draw_word(kSeed, kStream, element, kOrdinal), block[element % 4]) << element;
  }
}

TEST(Draws, TwoWordDrawsFollowTheTable) {
  for (std::uint64_t element : {0U, 1U, 2U, 3U, 4U, 1001U, 1002U, 0xffffffffU}) {
    const auto block = block_by_the_table(static_cast<std::uint32_t>(element / 2));
    const std::size_t first = 2 * (element % 2);
    const std::uint64_t words = std::uint64_t{block[first]} << 32 | block[first + 1];
    EXPECT_EQ(draw_two_words(kSeed, kStream, element, kOrdinal), words) << element;
  }
}

TEST(Draws, NoTwoPositionsShareABlock) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed : {0U, 1U})
    for (std::uint64_t stream : {0x000000000001U, 0x000000010000U})
      for (std::uint64_t element : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 7U})
        for (std::uint64_t ordinal : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 32})
          seen.insert(draw_two_words(seed, stream, element, ordinal));
  EXPECT_EQ(seen.size(), 2U * 2U * 8U * 3U);
}

// The bytes of the site's name hashed by hand: FNV-1a of "a", 0, kind 1, call 0 in four bytes.
TEST(Streams, AreTheFoldedHashOfNameKindAndCall) {
  std::uint64_t hash = 14695981039346656037U;
  for (const unsigned byte : {0x61U, 0U, 1U, 0U, 0U, 0U, 0U}) hash = (hash ^ byte) * 1099511628211U;
  const std::uint64_t folded = (hash % (std::uint64_t{1} << 48)) ^ (hash >> 48);
  EXPECT_EQ(stream_of("a", DrawKind::SpikeProbability).bits, folded);
}

TEST(Streams, AreFixedForGood) {
  EXPECT_EQ(stream_of("Sampling/z.spike", DrawKind::SpikeRate).bits, 0x4a4825816d8aU);
}

TEST(Streams, OfDifferentSitesKindsCallsAndAttemptsDiffer) {
  std::set<std::uint64_t> streams;
  for (int neuron = 0; neuron < 2000; ++neuron) {
    const std::string site = "net.pyr[" + std::to_string(neuron) + "].xi";
    for (const DrawKind kind : {DrawKind::Noise, DrawKind::Normal}) {
      for (std::uint32_t call = 0; call < 5; ++call) {
        const StreamId stream = stream_of(site, kind, call);
        EXPECT_LT(stream.bits, std::uint64_t{1} << 48);
        streams.insert(stream.bits);
        streams.insert(stream_of_attempt(stream, 1).bits);
        streams.insert(stream_of_attempt(stream, 2).bits);
      }
    }
  }
  EXPECT_EQ(streams.size(), 2000U * 2U * 5U * 3U);
}

TEST(Streams, OfTheFirstAttemptAreTheStreamsThemselves) {
  const StreamId stream = stream_of("w", DrawKind::TruncatedNormal);
  EXPECT_EQ(stream_of_attempt(stream, 0), stream);
}

}  // namespace
}  // namespace bouton::runtime::random::tests
