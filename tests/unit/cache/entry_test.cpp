#include "compiler/cache/entry.h"

#include <gtest/gtest.h>

#include "compiler/cache/identity.h"

namespace bouton::cache {
namespace {

// Not of a whole number of words, with bytes of all kinds.
std::string code() {
  std::string bytes;
  for (int i = 0; i < 1003; ++i) bytes += static_cast<char>(i * 7);
  return bytes;
}

TEST(CacheEntry, CodeIsReadBackUnderItsKey) {
  EXPECT_EQ(read_entry(build_entry("key", code()), "key"), code());
  EXPECT_EQ(read_entry(build_entry("key", ""), "key"), "");
}

TEST(CacheEntry, AnotherKeyIsAnotherEntry) {
  EXPECT_FALSE(read_entry(build_entry("key", code()), "kez"));
  EXPECT_FALSE(read_entry(build_entry("key", code()), ""));
}

TEST(CacheEntry, EveryChangedByteIsSeen) {
  const std::string entry = build_entry("key", code());
  for (std::size_t i = 0; i < entry.size(); ++i) {
    std::string damaged = entry;
    damaged[i] = static_cast<char>(damaged[i] ^ 4);
    EXPECT_FALSE(read_entry(damaged, "key")) << "byte " << i;
  }
}

TEST(CacheEntry, EveryMissingEndIsSeen) {
  const std::string entry = build_entry("key", code());
  for (std::size_t size = 0; size < entry.size(); ++size)
    EXPECT_FALSE(read_entry(std::string_view(entry).substr(0, size), "key")) << size << " bytes";
  EXPECT_FALSE(read_entry(entry + "x", "key"));
}

TEST(Identity, ThisProgramHasOneAndItDoesNotChange) {
  const auto identity = identity_of_this_program();
  ASSERT_TRUE(identity);
  EXPECT_GE(identity->size(), 20U);  // of one SHA-1 at least
  EXPECT_EQ(identity, identity_of_this_program());
}

}  // namespace
}  // namespace bouton::cache
