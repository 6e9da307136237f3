// A sweep holds what its replicas record when each is run alone, whatever shares its code, its
// lanes and its threads.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "runtime/hdf5/read_result_file.h"
#include "tests/support/command/command.h"

namespace bouton::executable {
namespace {

namespace fs = std::filesystem;
using runtime::StoredRun;
using testing::HasSubstr;

const std::string kProgram = BOUTON_SOURCE_DIR "/tests/differential/sweep/programs/sweeps.bouton";

std::string bytes_in(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// Equal runs give equal files.
Said sweep(const std::string& name, const std::string& arguments) {
  return run_command("env SOURCE_DATE_EPOCH=0 " + bouton() + " sweep " + kProgram + " " + name +
                     " " + arguments);
}

StoredRun stored(const std::string& file) {
  auto run = runtime::read_result_file(file);
  EXPECT_TRUE(run) << run.error().message;
  if (!run) return {};
  EXPECT_EQ(runtime::recompute_hash(*run), run->hash);
  return *std::move(run);
}

// What a sweep of that name leaves in its file.
StoredRun swept(const std::string& name, const std::string& arguments = "") {
  const std::string file = temporary(name + ".h5");
  const Said said = sweep(name, arguments + " -q -o " + file);
  EXPECT_EQ(said.code, 0) << said.output;
  return stored(file);
}

// The hash that `bouton run` prints.
std::string hash_alone(const std::string& arguments) {
  const Said said = run_command(bouton() + " run " + kProgram + " -q " + arguments);
  EXPECT_EQ(said.code, 0) << said.output;
  const std::string line = hashes(said.output);
  const std::size_t place = line.find("results ");
  return place == std::string::npos ? "" : line.substr(place + 8, 16);
}

TEST(Sweep, PointsThatDifferInNumbersShareOneProgram) {
  const std::string file = temporary("numbers.h5");
  const Said said = sweep("Numbers", "-o " + file);
  EXPECT_EQ(said.code, 0) << said.output;
  EXPECT_THAT(said.output,
              HasSubstr("3 points (eta), 3 seeds each: 9 replicas, 1 program compiled"));
  EXPECT_THAT(said.output, HasSubstr("9 of 9 replicas came to their end: results "));
  const StoredRun run = stored(file);
  ASSERT_EQ(run.replicas.size(), 9U);
  EXPECT_EQ(run.replicas[0].hash, hash_alone("-p eta=0"));
  EXPECT_EQ(run.replicas[5].hash, hash_alone("-p eta=0.01 --seed 2"));
  EXPECT_EQ(run.replicas[7].hash, hash_alone("-p eta=0.1 --seed 1"));
}

TEST(Sweep, ValuesOfAnAxisAreReplacedByThoseThatAreGiven) {
  const StoredRun run = swept("Numbers", "-p 'eta=[0.01, 0.3]'");
  ASSERT_EQ(run.replicas.size(), 6U);
  EXPECT_EQ(run.replicas[2].hash, hash_alone("-p eta=0.01 --seed 2"));
  EXPECT_EQ(run.replicas[3].hash, hash_alone("-p eta=0.3"));
  EXPECT_EQ(swept("Numbers", "-p eta=0.3").replicas.size(), 3U);
  EXPECT_THAT(sweep("Numbers", "-p 'eta=[]'").output, HasSubstr("eta"));
  EXPECT_EQ(sweep("Numbers", "-p 'eta=[]'").code, 1);
}

TEST(Sweep, PointsOfOtherSizesHaveTheResultsOfTheirRuns) {
  const StoredRun run = swept("Sizes");
  ASSERT_EQ(run.replicas.size(), 4U);
  EXPECT_EQ(run.replicas[1].hash, hash_alone("-p n=3 -p eta=0.2"));
  EXPECT_EQ(run.replicas[2].hash, hash_alone("-p n=5 -p eta=0.01"));
}

TEST(Sweep, PointsWithOtherNumbersShareLanes) {
  const StoredRun run = swept("Lanes");
  ASSERT_EQ(run.replicas.size(), 18U);
  std::size_t replica = 0;
  for (const char* tau : {"8ms", "12ms", "20ms"})
    for (const char* eta : {"0.01", "0.05"})
      for (const char* high : {"0.3", "0.4", "0.6"}) {
        const std::string point = fmt::format("-p tau={} -p eta={} -p high={}", tau, eta, high);
        EXPECT_EQ(run.replicas[replica++].hash, hash_alone("Equations " + point)) << point;
      }
}

TEST(Sweep, ReplicasThatEndBeforeTheirNeighboursLeaveTheirLanes) {
  const StoredRun run = swept("Rows");
  ASSERT_EQ(run.replicas.size(), 12U);
  EXPECT_EQ(run.replicas[0].hash, hash_alone("Equations -p rows=1 -p eta=0.01"));
  EXPECT_EQ(run.replicas[5].hash, hash_alone("Equations -p rows=3 -p eta=0.01 --seed 1"));
  EXPECT_EQ(run.replicas[8].hash, hash_alone("Equations -p rows=2 -p eta=0.05"));
}

TEST(Sweep, TextsAndDurationsAreAxes) {
  const StoredRun run = swept("Delays", "--seed 4 -p rows=2");
  ASSERT_EQ(run.replicas.size(), 12U);
  EXPECT_EQ(run.replicas[11].seed, 5U);
  EXPECT_EQ(run.replicas[11].results.tables.size(), 2U);
  EXPECT_EQ(run.replicas[11].hash,
            hash_alone("-p tau_ref='15 ms' -p method=bp --seed 5 -p rows=2"));
}

TEST(Sweep, ArraysAreAxesAndReplicasMayHaveDifferentNumbersOfRows) {
  const StoredRun run = swept("Arrays");
  ASSERT_EQ(run.replicas.size(), 4U);
  EXPECT_EQ(run.replicas[0].results.tables.front().rows.size(), 1U);
  EXPECT_EQ(run.replicas[3].results.tables.front().rows.size(), 4U);
  EXPECT_EQ(run.replicas[3].hash, hash_alone("-p 'pairs=[[2, 3]]' -p rows=4"));
}

TEST(Sweep, ThreadsDoNotChangeTheFile) {
  const std::string one = temporary("one.h5");
  const std::string four = temporary("four.h5");
  EXPECT_EQ(sweep("Delays", "-q -o " + one).code, 0);
  EXPECT_EQ(sweep("Delays", "-q --threads 4 -o " + four).code, 0);
  EXPECT_TRUE(bytes_in(one) == bytes_in(four));
  EXPECT_GT(bytes_in(one).size(), 1000U);
}

TEST(Sweep, APointThatFailsIsNamedAndTheOthersGoOn) {
  const std::string file = temporary("failing.h5");
  const Said said = sweep("Failing", "--threads 2 -o " + file);
  EXPECT_EQ(said.code, 3) << said.output;
  EXPECT_THAT(said.output, HasSubstr("2 of 4 replicas came to their end, 2 failed"));
  EXPECT_THAT(said.output, HasSubstr("broken = true, eta = 0 and 1 more: "));
  const StoredRun run = stored(file);
  ASSERT_EQ(run.replicas.size(), 4U);
  EXPECT_EQ(run.replicas[1].state, "complete");
  EXPECT_EQ(run.replicas[1].hash, hash_alone("-p eta=0.1"));
  EXPECT_NE(run.replicas[3].state, "complete");
  EXPECT_EQ(run.replicas[3].results.tables.front().rows.size(), 2U);
  EXPECT_FALSE(fs::exists(file + ".spool"));
}

TEST(Sweep, AValueThatAPointRefusesIsSaidBeforeAnythingRuns) {
  const std::string file = temporary("bad.h5");
  const Said said = sweep("Bad", "-o " + file);
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.output, HasSubstr("at n = 2.5, eta = 0.1: "));
  EXPECT_THAT(said.output, HasSubstr("at n = 0, eta = 0.1: "));
  EXPECT_FALSE(fs::exists(file + ".spool"));
}

TEST(Sweep, OtherAxesAreNotResumed) {
  const std::string file = temporary("changed.h5");
  const std::string program = temporary("changed.bouton");
  std::ofstream(program) << bytes_in(kProgram);
  const std::string command =
      bouton() + " sweep " + program + " Numbers -p rows=100000 -q -o " + file;
  // Ctrl-C as soon as something was recorded.
  const Said left = run_command("{ " + command + " & pid=$!; while [ ! -s " + file +
                                ".spool ]; do sleep 0.02; done; kill -INT $pid; wait $pid; }");
  EXPECT_EQ(left.code, 130) << left.output;
  EXPECT_THAT(left.output, HasSubstr("`--resume` goes on with it"));
  ASSERT_TRUE(fs::exists(file + ".spool"));
  const Said again = run_command(command + " --seeds 2 --resume");
  EXPECT_EQ(again.code, 3);
  EXPECT_THAT(again.output, HasSubstr("its number of seeds was `3`, now it is `2`"));
  EXPECT_EQ(run_command(command).code, 3);
}

// A disk of 256 KiB in memory, where the system lets us mount one.
TEST(Sweep, ADiskThatCannotHoldItIsSaidBeforeAnythingRuns) {
  const std::string folder = temporary("small");
  fs::create_directories(folder);
  if (::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=256k") != 0)
    GTEST_SKIP() << "no disk can be mounted here";
  const Said said = sweep("Many", "-o " + folder + "/many.h5");
  ::umount2(folder.c_str(), MNT_DETACH);
  EXPECT_EQ(said.code, 3);
  EXPECT_THAT(said.output, HasSubstr("the results of 10000 replicas take at least"));
  EXPECT_THAT(said.output, HasSubstr("has 262 kB left"));
}

}  // namespace
}  // namespace bouton::executable
