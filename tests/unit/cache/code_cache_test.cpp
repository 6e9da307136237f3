#include "compiler/cache/code_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "compiler/cache/evict.h"

namespace bouton::cache {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Cache : public testing::Test {
 protected:
  void SetUp() override {
    const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    root_ = fs::path(testing::TempDir()) / ("cache_" + name + std::to_string(::getpid()));
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  [[nodiscard]] fs::path root() const { return root_; }
  [[nodiscard]] fs::path folder() const { return root_ / "a" / "code"; }
  [[nodiscard]] fs::path file(const std::string& key) const { return folder() / (key + ".code"); }
  [[nodiscard]] Settings settings(std::uint64_t limit = kDefaultLimit) const {
    return {folder(), limit};
  }
  // What is not an entry.
  [[nodiscard]] int count_leftovers() const {
    int count = 0;
    for (const auto& entry : fs::directory_iterator(folder()))
      count += entry.path().extension() != kEntryExtension ? 1 : 0;
    return count;
  }

 private:
  fs::path root_;
};

TEST_F(Cache, WhatOneRunKeepsTheNextOneFinds) {
  CodeCache(settings()).keep("key", "code");
  CodeCache next(settings());
  EXPECT_EQ(next.find("key"), "code");
  EXPECT_EQ(next.find("other"), std::nullopt);
  EXPECT_EQ(next.problem(), std::nullopt);
  EXPECT_EQ(count_leftovers(), 0);
}

TEST_F(Cache, TheFolderIsMadeWhenSomethingIsKeptAndIsClosedToOthers) {
  CodeCache cache(settings());
  EXPECT_EQ(cache.find("key"), std::nullopt);
  EXPECT_FALSE(fs::exists(folder()));
  EXPECT_EQ(cache.problem(), std::nullopt);
  cache.keep("key", "code");
  EXPECT_EQ(fs::status(folder()).permissions(), fs::perms::owner_all);
}

TEST_F(Cache, ADamagedEntryGoesAndIsMadeAnew) {
  CodeCache cache(settings());
  cache.keep("key", "code");
  std::ofstream(file("key"), std::ios::in | std::ios::out).seekp(-1, std::ios::end) << 'x';
  EXPECT_EQ(cache.find("key"), std::nullopt);
  EXPECT_FALSE(fs::exists(file("key")));
  cache.keep("key", "code");
  EXPECT_EQ(cache.find("key"), "code");
  EXPECT_EQ(cache.problem(), std::nullopt);
}

TEST_F(Cache, AnEntryThatWasCutOffOrRenamedIsNone) {
  CodeCache cache(settings());
  cache.keep("short", "code");
  cache.keep("named", "code");
  fs::resize_file(file("short"), fs::file_size(file("short")) - 1);
  fs::rename(file("named"), file("renamed"));
  EXPECT_EQ(cache.find("short"), std::nullopt);
  EXPECT_EQ(cache.find("renamed"), std::nullopt);
}

TEST_F(Cache, AFolderThatCannotBeMadeIsOneProblem) {
  std::ofstream(root() / "a") << "a file";
  CodeCache cache(settings());
  EXPECT_EQ(cache.find("key"), std::nullopt);
  EXPECT_EQ(cache.problem(), std::nullopt);
  cache.keep("key", "code");
  cache.keep("other", "code");
  ASSERT_TRUE(cache.problem());
  EXPECT_THAT(*cache.problem(), HasSubstr("a/code` cannot be made: "));
  EXPECT_EQ(cache.find("key"), std::nullopt);
}

TEST_F(Cache, AFileInTheFoldersPlaceIsAProblem) {
  fs::create_directories(folder().parent_path());
  std::ofstream(folder()) << "a file";
  CodeCache cache(settings());
  ASSERT_TRUE(cache.problem());
  EXPECT_THAT(*cache.problem(), HasSubstr("a/code` is not a folder"));
  cache.keep("key", "code");
  EXPECT_EQ(cache.find("key"), std::nullopt);
}

// As code from there would run.
TEST_F(Cache, AFolderThatOthersCanWriteIsNotUsed) {
  CodeCache(settings()).keep("key", "code");
  for (const fs::perms others : {fs::perms::group_write, fs::perms::others_write}) {
    fs::permissions(folder(), fs::perms::owner_all | others);
    CodeCache cache(settings());
    EXPECT_EQ(cache.find("key"), std::nullopt);
    ASSERT_TRUE(cache.problem());
    EXPECT_THAT(*cache.problem(), HasSubstr("other users can write to `"));
  }
}

TEST_F(Cache, AFolderOfAnotherUserIsNotUsed) {
  CodeCache(settings()).keep("key", "code");
  if (::chown(folder().c_str(), ::geteuid() + 1, static_cast<gid_t>(-1)) != 0)
    GTEST_SKIP() << "folders cannot be given away here";
  CodeCache cache(settings());
  EXPECT_EQ(cache.find("key"), std::nullopt);
  ASSERT_TRUE(cache.problem());
  EXPECT_THAT(*cache.problem(), HasSubstr("belongs to another user"));
}

TEST_F(Cache, AFullDiskKeepsNothingAndLeavesNothing) {
  std::signal(SIGXFSZ, SIG_IGN);
  CodeCache cache(settings());
  cache.keep("early", "code");
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{1000, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  cache.keep("late", std::string(5000, 'x'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_TRUE(cache.problem());
  EXPECT_THAT(*cache.problem(), HasSubstr("cannot be written to: File too large"));
  EXPECT_EQ(cache.find("late"), std::nullopt);
  EXPECT_EQ(cache.find("early"), "code");
  EXPECT_EQ(count_leftovers(), 0);
}

// A disk in memory, where the system lets us mount one.
TEST_F(Cache, AReadOnlyFolderIsReadAndNotWritten) {
  fs::create_directories(folder());
  if (::mount("tmpfs", folder().c_str(), "tmpfs", 0, "mode=0700") != 0)
    GTEST_SKIP() << "no disk can be mounted here";
  CodeCache(settings()).keep("key", "code");
  ASSERT_EQ(::mount("tmpfs", folder().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr), 0);
  {
    CodeCache cache(settings());
    EXPECT_EQ(cache.find("key"), "code");
    EXPECT_EQ(cache.problem(), std::nullopt);
    cache.keep("other", "code");
    EXPECT_THAT(cache.problem().value_or(""), HasSubstr("Read-only file system"));
  }
  ::umount2(folder().c_str(), MNT_DETACH);
}

void set_age(const fs::path& file, std::chrono::minutes age) {
  fs::last_write_time(file, fs::file_time_type::clock::now() - age);
}

TEST_F(Cache, WhatWasUsedLongestAgoGoesFirst) {
  {
    CodeCache cache(settings());
    for (const char* key : {"a", "b", "c", "d"}) cache.keep(key, std::string(1000, 'x'));
  }
  set_age(file("a"), std::chrono::minutes(50));
  set_age(file("b"), std::chrono::minutes(40));
  set_age(file("c"), std::chrono::minutes(30));
  set_age(file("d"), std::chrono::minutes(20));
  {
    CodeCache cache(settings(4500));
    EXPECT_TRUE(cache.find("a"));  // so it is the last that was used
    cache.keep("e", std::string(1000, 'x'));
  }
  EXPECT_TRUE(fs::exists(file("a")));
  EXPECT_FALSE(fs::exists(file("b")));
  EXPECT_FALSE(fs::exists(file("c")));
  EXPECT_TRUE(fs::exists(file("d")));
  EXPECT_TRUE(fs::exists(file("e")));
}

TEST_F(Cache, BelowTheLimitNothingGoes) {
  for (const char* key : {"a", "b", "c"})
    CodeCache(settings(3500)).keep(key, std::string(1000, 'x'));
  for (const char* key : {"a", "b", "c"}) EXPECT_TRUE(fs::exists(file(key)));
}

TEST_F(Cache, PartsThatWereLeftLongAgoGoAndOtherFilesStay) {
  CodeCache(settings()).keep("a", "code");
  for (const char* name : {"old.part", "new.part", "notes.txt"}) std::ofstream(folder() / name);
  set_age(folder() / "old.part", std::chrono::minutes(70));
  set_age(folder() / "notes.txt", std::chrono::minutes(7000));
  evict(folder(), 0);
  EXPECT_FALSE(fs::exists(folder() / "old.part"));
  EXPECT_TRUE(fs::exists(folder() / "new.part"));
  EXPECT_TRUE(fs::exists(folder() / "notes.txt"));
  EXPECT_FALSE(fs::exists(file("a")));
}

std::string code_of(int key) { return std::string(static_cast<std::size_t>(20000 + key), 'x'); }

// Finds under every key its code or nothing, and keeps it again and again. True if it was so.
bool keep_and_find(const Settings& settings, int rounds) {
  for (int round = 0; round < rounds; ++round) {
    CodeCache cache(settings);
    for (int key = 0; key < 8; ++key) {
      const auto found = cache.find(std::to_string(key));
      if (found && *found != code_of(key)) return false;
      cache.keep(std::to_string(key), code_of(key));
    }
    if (cache.problem()) return false;
  }
  return true;
}

// With a limit that makes them remove each other's entries all the time.
TEST_F(Cache, ProcessesAtTheSameTimeFindWholeEntriesOnly) {
  const Settings tight = settings(100'000);
  std::vector<pid_t> processes;
  for (int i = 0; i < 4; ++i) {
    processes.push_back(::fork());
    if (processes.back() == 0) ::_exit(keep_and_find(tight, 25) ? 0 : 1);
  }
  for (const pid_t process : processes) {
    int status = 0;
    ASSERT_EQ(::waitpid(process, &status, 0), process);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(count_leftovers(), 0);
}

TEST_F(Cache, ThreadsMayShareOne) {
  CodeCache cache(settings());
  std::atomic<int> wrong = 0;
  const auto work = [&] {
    for (int key = 0; key < 50; ++key) {
      cache.keep(std::to_string(key), code_of(key));
      if (cache.find(std::to_string(key)) != code_of(key)) ++wrong;
    }
  };
  std::thread other(work);
  work();
  other.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(cache.problem(), std::nullopt);
}

}  // namespace
}  // namespace bouton::cache
