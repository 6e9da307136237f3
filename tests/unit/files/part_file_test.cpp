// Two that write the same file: one of them does, and the other is told.
#include "runtime/files/part_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace bouton::runtime {
namespace {

namespace fs = std::filesystem;

class Part : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::path(testing::TempDir()) /
        (std::string("part_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    path_ = folder_ / "out.h5";
  }
  void TearDown() override { fs::remove_all(folder_); }

  static void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }
  static std::string read(const fs::path& path) {
    std::ifstream stream(path);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  }

  fs::path folder_, path_;
};

TEST_F(Part, GetsItsNameWhenItIsWhole) {
  auto part = PartFile::open(path_);
  ASSERT_TRUE(part) << part.error().message;
  write(part->name(), "whole");
  EXPECT_FALSE(fs::exists(path_));
  EXPECT_EQ(part->commit(), std::nullopt);
  EXPECT_EQ(read(path_), "whole");
  EXPECT_FALSE(fs::exists(part->name()));
}

TEST_F(Part, GoesIfItIsNotCommitted) {
  write(path_, "older");
  {
    auto part = PartFile::open(path_);
    ASSERT_TRUE(part) << part.error().message;
    write(part->name(), "not whole");
  }
  EXPECT_EQ(read(path_), "older");
  EXPECT_FALSE(fs::exists(path_.string() + ".part"));
}

TEST_F(Part, IsNotTouchedByASecondWriter) {
  auto first = PartFile::open(path_);
  ASSERT_TRUE(first) << first.error().message;
  write(first->name(), "the first one's");
  const auto second = PartFile::open(path_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message, "another run is writing it");
  EXPECT_EQ(first->commit(), std::nullopt);
  EXPECT_EQ(read(path_), "the first one's");
}

TEST_F(Part, OfAProcessThatHasGoneIsTakenOver) {
  write(path_.string() + ".part", "half of");
  auto part = PartFile::open(path_);
  ASSERT_TRUE(part) << part.error().message;
  EXPECT_EQ(part->commit(), std::nullopt);
}

TEST_F(Part, IsFreeAgainAfterTheFirstWriterHasEnded) {
  auto first = PartFile::open(path_);
  ASSERT_TRUE(first);
  write(first->name(), "first");
  EXPECT_EQ(first->commit(), std::nullopt);
  auto second = PartFile::open(path_);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(read(second->name()), "");
  EXPECT_EQ(read(path_), "first");
}

}  // namespace
}  // namespace bouton::runtime
