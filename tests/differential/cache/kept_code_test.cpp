// Commands with a code cache say what they say without one, whatever state its folder is in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <regex>
#include <thread>
#include <vector>

#include "tests/support/command/command.h"

namespace bouton::executable {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const std::string kPhases = BOUTON_SOURCE_DIR "/tests/differential/cache/programs/phases.bouton";

class KeptCode : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = temporary(testing::UnitTest::GetInstance()->current_test_info()->name());
  }

  [[nodiscard]] const fs::path& folder() const { return folder_; }

  [[nodiscard]] Said bouton_with(const std::string& arguments,
                                 const std::string& variables = "") const {
    return run_command("env BOUTON_CACHE_DIR=" + folder_.string() + " " + variables + " " +
                       bouton() + " " + arguments);
  }

 private:
  fs::path folder_;
};

// Without how long it took.
std::string without_times(const std::string& output) {
  return std::regex_replace(output, std::regex("steps in [0-9.]* m?s.*"), "steps");
}

std::string run_without(const std::string& file, const std::string& arguments = "") {
  const Said said = run_command(bouton() + " run " + file + " --no-cache " + arguments);
  EXPECT_EQ(said.code, 0) << said.output;
  return without_times(said.output);
}

std::vector<fs::path> entries_in(const fs::path& folder) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) entries.push_back(entry.path());
  return entries;
}

std::uintmax_t bytes_in(const fs::path& folder) {
  std::uintmax_t bytes = 0;
  for (const fs::path& entry : entries_in(folder)) bytes += fs::file_size(entry);
  return bytes;
}

int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

TEST_F(KeptCode, ASecondRunCompilesNothingAndSaysTheSame) {
  const std::string expected = run_without(kPhases);
  EXPECT_EQ(without_times(bouton_with("run " + kPhases).output), expected);
  EXPECT_EQ(without_times(bouton_with("run " + kPhases).output), expected);
  const Said timed = bouton_with("run " + kPhases + " --timings");
  EXPECT_THAT(timed.output, HasSubstr("code: 0 compiled, "));
  EXPECT_THAT(timed.output, HasSubstr("first step after "));
}

TEST_F(KeptCode, OfReplicasInLanesAndOfSinglePrecisionIsKeptApart) {
  for (const std::string arguments : {"--seeds 8", "--precision=single", "-O1", "--width 2"}) {
    const std::string expected = run_without(kPhases, arguments);
    const Said first = bouton_with("run " + kPhases + " --timings " + arguments);
    EXPECT_THAT(first.output, Not(HasSubstr("code: 0 compiled"))) << arguments;
    const Said second = bouton_with("run " + kPhases + " --timings " + arguments);
    EXPECT_THAT(second.output, HasSubstr("code: 0 compiled")) << arguments;
    EXPECT_EQ(hashes(first.output), hashes(expected)) << arguments;
    EXPECT_EQ(hashes(second.output), hashes(expected)) << arguments;
  }
}

TEST_F(KeptCode, ServesAnotherSeedAndNotOtherNumbersInTheCode) {
  ASSERT_EQ(bouton_with("run " + kPhases).code, 0);
  EXPECT_THAT(bouton_with("run " + kPhases + " --timings --seed 9").output,
              HasSubstr("code: 0 compiled"));
  const Said other = bouton_with("run " + kPhases + " --timings -p n=6");
  EXPECT_THAT(other.output, HasSubstr(" compiled, 0 from the cache"));
  EXPECT_EQ(hashes(other.output), hashes(run_without(kPhases, "-p n=6")));
}

TEST_F(KeptCode, WithoutACacheNothingIsKept) {
  EXPECT_EQ(bouton_with("run " + kPhases + " --no-cache").code, 0);
  EXPECT_FALSE(fs::exists(folder()));
  const Said off = run_command("env BOUTON_CACHE_DIR= " + bouton() + " run " + kPhases);
  EXPECT_EQ(without_times(off.output), run_without(kPhases));
}

// What happens to every entry between two runs; the second says what the first did.
void expect_recovery(const std::function<void(const fs::path&)>& damage, const fs::path& folder,
                     const std::function<Said(const std::string&)>& run) {
  const Said first = run("");
  for (const fs::path& entry : entries_in(folder)) damage(entry);
  const Said second = run("--timings");
  EXPECT_EQ(second.code, 0);
  EXPECT_EQ(hashes(second.output), hashes(first.output));
  EXPECT_THAT(second.output, HasSubstr(" compiled, 0 from the cache"));
  EXPECT_THAT(second.output, Not(HasSubstr("warning")));
  EXPECT_THAT(run("--timings").output, HasSubstr("code: 0 compiled"));
}

TEST_F(KeptCode, DamagedEntriesAreMadeAnew) {
  const auto run = [&](const std::string& more) {
    return bouton_with("run " + kPhases + " " + more);
  };
  const auto change = [](const fs::path& entry) {
    std::fstream file(entry, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(fs::file_size(entry) / 2));
    file << "damage";
  };
  expect_recovery(change, folder(), run);
  expect_recovery([](const fs::path& entry) { fs::resize_file(entry, fs::file_size(entry) / 2); },
                  folder(), run);
  expect_recovery([](const fs::path& entry) { fs::resize_file(entry, 0); }, folder(), run);
}

TEST_F(KeptCode, AFolderThatCannotBeMadeGivesOneWarning) {
  std::ofstream(folder()) << "a file";
  const Said said = bouton_with("run " + kPhases);
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(count(said.output, "warning: compiled code is not kept for later runs: "), 1);
  EXPECT_THAT(said.output, HasSubstr("is not a folder"));
  EXPECT_EQ(hashes(said.output), hashes(run_without(kPhases)));
}

TEST_F(KeptCode, WithoutAHomeThereIsOneWarning) {
  const Said said = run_command("env -u BOUTON_CACHE_DIR -u HOME -u XDG_CACHE_HOME " + bouton() +
                                " run " + kPhases);
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(count(said.output, "warning: "), 1);
  EXPECT_EQ(hashes(said.output), hashes(run_without(kPhases)));
}

TEST_F(KeptCode, AFileSizeLimitGivesOneWarning) {
  const Said said = run_command("ulimit -f 1; BOUTON_CACHE_DIR=" + folder().string() + " " +
                                bouton() + " run " + kPhases);
  EXPECT_EQ(said.code, 0) << said.output;
  EXPECT_EQ(count(said.output, "warning: "), 1) << said.output;
  EXPECT_EQ(hashes(said.output), hashes(run_without(kPhases)));
}

// Disks in memory, where the system lets us mount them.
TEST_F(KeptCode, AFullDiskAndAReadOnlyOneGiveOneWarning) {
  for (const unsigned long flags : {0UL, MS_RDONLY + 0UL}) {
    fs::create_directories(folder());
    if (::mount("tmpfs", folder().c_str(), "tmpfs", flags, "size=4k,mode=0700") != 0)
      GTEST_SKIP() << "no disk can be mounted here";
    const Said said = bouton_with("run " + kPhases);
    ::umount2(folder().c_str(), MNT_DETACH);
    EXPECT_EQ(said.code, 0);
    EXPECT_EQ(count(said.output, "warning: "), 1) << said.output;
    EXPECT_THAT(said.output, HasSubstr("cannot be written to: "));
    EXPECT_EQ(hashes(said.output), hashes(run_without(kPhases)));
  }
}

TEST_F(KeptCode, RunsAtTheSameTimeAgree) {
  const std::string expected = hashes(run_without(kPhases));
  std::vector<Said> said(4);
  std::vector<std::thread> threads;
  for (Said& one : said) threads.emplace_back([&] { one = bouton_with("run " + kPhases); });
  for (std::thread& thread : threads) thread.join();
  for (const Said& one : said) {
    EXPECT_EQ(one.code, 0);
    EXPECT_EQ(hashes(one.output), expected);
    EXPECT_THAT(one.output, Not(HasSubstr("warning")));
  }
  for (const fs::path& entry : entries_in(folder())) EXPECT_EQ(entry.extension(), ".code");
}

TEST_F(KeptCode, StaysWithinItsLimit) {
  ASSERT_EQ(bouton_with("run " + kPhases).code, 0);
  const auto all = bytes_in(folder());
  const std::string limit = "BOUTON_CACHE_SIZE=" + std::to_string(all / 2);
  const Said said = bouton_with("run " + kPhases + " -p n=6", limit);
  EXPECT_EQ(said.code, 0);
  EXPECT_LE(bytes_in(folder()), all / 2);
  EXPECT_EQ(hashes(said.output), hashes(run_without(kPhases, "-p n=6")));
  const Said wrong = bouton_with("run " + kPhases, "BOUTON_CACHE_SIZE=much");
  EXPECT_EQ(count(wrong.output, "warning: "), 1);
  EXPECT_THAT(wrong.output, HasSubstr("`BOUTON_CACHE_SIZE` is `much`, not a size such as `64M`"));
}

TEST_F(KeptCode, SweepsAndVerifyUseItToo) {
  const std::string sweep = "sweep " + kPhases + " -q -o " + temporary("kept.h5");
  const Said first = bouton_with(sweep);
  EXPECT_EQ(first.code, 0) << first.output;
  const auto entries = entries_in(folder()).size();
  EXPECT_GT(entries, 0U);
  EXPECT_EQ(without_times(bouton_with(sweep).output), without_times(first.output));
  EXPECT_EQ(entries_in(folder()).size(), entries);
  const Said verified = bouton_with("verify " + kPhases);
  EXPECT_EQ(verified.code, 0) << verified.output;
  EXPECT_GT(entries_in(folder()).size(), entries);
  EXPECT_EQ(bouton_with("verify " + kPhases).output, verified.output);
}

std::string bytes_in(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

TEST_F(KeptCode, ExecutablesBuiltAtTheSameTimeFromDamagedOrKeptCodeAreTheSame) {
  std::vector<std::string> files;
  for (const char* name : {"anew", "first", "second", "damaged", "kept"})
    files.push_back(temporary(std::string("built_") + name));
  const std::string build = "build " + kPhases + " --timings -o ";
  ASSERT_EQ(bouton_with(build + files[0] + " --no-cache").code, 0);
  EXPECT_FALSE(fs::exists(folder()));
  std::thread other([&] { EXPECT_EQ(bouton_with(build + files[1]).code, 0); });
  EXPECT_EQ(bouton_with(build + files[2]).code, 0);
  other.join();
  for (const fs::path& entry : entries_in(folder())) fs::resize_file(entry, 100);
  EXPECT_THAT(bouton_with(build + files[3]).output, HasSubstr(" compiled, 0 from the cache"));
  EXPECT_THAT(bouton_with(build + files[4]).output, HasSubstr("code: 0 compiled, "));
  for (const std::string& file : files) EXPECT_TRUE(bytes_in(file) == bytes_in(files[0])) << file;
  EXPECT_EQ(hashes(run_command(files[4]).output), hashes(run_without(kPhases)));
}

}  // namespace
}  // namespace bouton::executable
