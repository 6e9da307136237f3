#include "compiler/cache/settings.h"

#include <gtest/gtest.h>

namespace bouton::cache {
namespace {

std::string folder_in(const Environment& environment) {
  const auto found = find_settings(environment);
  const auto* settings = std::get_if<Settings>(&found);
  return settings == nullptr ? "" : settings->folder.string();
}

std::string reason_in(const Environment& environment) {
  const auto found = find_settings(environment);
  const auto* unusable = std::get_if<Unusable>(&found);
  return unusable == nullptr ? "" : unusable->reason;
}

std::uint64_t limit_of(const std::string& size) {
  const auto found = find_settings({"/a", size, {}, {}});
  const auto* settings = std::get_if<Settings>(&found);
  return settings == nullptr ? 0 : settings->limit;
}

TEST(CacheSettings, TheFolderIsTheOneNamedElseInTheCacheFolderElseAtHome) {
  EXPECT_EQ(folder_in({"/named", {}, "/cache", "/home/a"}), "/named");
  EXPECT_EQ(folder_in({{}, {}, "/cache", "/home/a"}), "/cache/bouton");
  EXPECT_EQ(folder_in({{}, {}, {}, "/home/a"}), "/home/a/.cache/bouton");
}

TEST(CacheSettings, ACacheFolderWithARelativeNameIsIgnored) {
  EXPECT_EQ(folder_in({{}, {}, "cache", "/home/a"}), "/home/a/.cache/bouton");
  EXPECT_EQ(folder_in({{}, {}, "", "/home/a"}), "/home/a/.cache/bouton");
}

TEST(CacheSettings, AnEmptyNameTurnsItOff) {
  EXPECT_TRUE(std::holds_alternative<Off>(find_settings({"", {}, "/cache", "/home/a"})));
}

TEST(CacheSettings, WithoutAHomeThereIsNoFolder) {
  EXPECT_EQ(reason_in({}), "neither `BOUTON_CACHE_DIR` nor `HOME` is set");
  EXPECT_EQ(reason_in({{}, {}, "cache", ""}), "neither `BOUTON_CACHE_DIR` nor `HOME` is set");
}

TEST(CacheSettings, ALimitIsANumberOfBytesWithOrWithoutAUnit) {
  EXPECT_EQ(limit_of("0"), 0U);
  EXPECT_EQ(limit_of("4096"), 4096U);
  EXPECT_EQ(limit_of("3K"), 3072U);
  EXPECT_EQ(limit_of("64M"), std::uint64_t{64} << 20);
  EXPECT_EQ(limit_of("2G"), std::uint64_t{2} << 30);
  const auto without = find_settings({"/a", {}, {}, {}});
  EXPECT_EQ(std::get<Settings>(without).limit, kDefaultLimit);
}

TEST(CacheSettings, AnythingElseIsNoLimit) {
  for (const char* size : {"", "M", "-1", "64 M", "64m", "1.5G", "64MB", "99999999999999999999",
                           "18446744073709551615K"})
    EXPECT_EQ(reason_in({"/a", size, {}, {}}),
              "`BOUTON_CACHE_SIZE` is `" + std::string(size) + "`, not a size such as `64M`");
}

}  // namespace
}  // namespace bouton::cache
