// What is said where an output cannot be used, cannot be written, or was left by another run: all
// of it, and the exit code. NAME.txt in this folder is what comes of the situation of that name.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <string_view>

#include "compiler/launch/version.h"
#include "runtime/encoding/encoding.h"
#include "runtime/files/part_file.h"
#include "runtime/output/leftovers.h"
#include "runtime/output/run_output.h"
#include "tests/golden/support/golden.h"
#include "tests/support/command/command.h"

namespace bouton::golden {
namespace {

namespace fs = std::filesystem;
using executable::run_command;
using runtime::ReplicaOutcome;
using runtime::RunOutput;

constexpr const char* kProgram = R"(neuron Coin(p = 0.1) { spike with probability p }

experiment Rates(n = 2, rows = 3) {
  timestep 1 ms
  let numbers = load("numbers.csv", columns = "x")
  population z[n]: Coin()
  for row in 1 .. rows {
    run 10 ms observing { count = count(z) }
    record row, total = sum(count) + numbers[0]
  }
}
sweep Sizes of Rates { n in 1 .. 100; rows in 1 .. 100 }
)";

constexpr std::string_view kNumbers = "x\n1\n";

class Outputs : public testing::Test {
 protected:
  void SetUp() override {
    name_ = testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = fs::path(testing::TempDir()) / ("outputs_" + name_);
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    std::ofstream(folder_ / "rates.bouton") << kProgram;
    std::ofstream(folder_ / "numbers.csv") << kNumbers;
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] fs::path output() const { return folder_ / "out.h5"; }

  // The tool in the folder; the golden is named after the test.
  void expect_golden(const std::string& arguments) {
    const auto said =
        run_command("cd '" + folder_.string() + "' && '" + executable::bouton() + "' " + arguments);
    std::string text = "$ bouton " + arguments + "\n" + said.output;
    text = std::regex_replace(text, std::regex("steps in [0-9.]* m?s.*"), "steps in …");
    text = std::regex_replace(text, std::regex("steps, [0-9.]* m?s since"), "steps, … since");
    text = std::regex_replace(text, std::regex(folder_.string() + "/"), "");
    const fs::path golden = fs::path(BOUTON_SOURCE_DIR) / "tests/golden/outputs" / (name_ + ".txt");
    EXPECT_TRUE(matches_golden(golden, text + "exit code " + std::to_string(said.code) + "\n"));
  }

  // As a killed run of this experiment leaves it, but for what `change` changes.
  template <typename Change>
  void leave_run(Change change) {
    runtime::RunDescription run;
    run.bouton = launch::kVersion;
    run.program = "rates.bouton";
    run.experiment = "Rates";
    run.sources = {{"rates.bouton", kProgram}};
    run.files = {{"numbers.csv", kNumbers.size(), runtime::checksum_of(kNumbers)}};
    run.parameters = {{"n", 2.0, "1"}, {"rows", 3.0, "1"}};
    run.begun = "2026-01-01T00:00:00Z";
    change(run);
    auto opened = RunOutput::open({output(), false, {}}, run);
    auto& begun = std::get<std::unique_ptr<RunOutput>>(opened);
    begun->begin_replica(0);
    const auto listener = begun->listen({}, 0, 1);
    ReplicaOutcome outcome;
    for (int i = 1; i < 3; ++i) {
      record_row(outcome.results, {{"row", 1.0 * i}, {"total", 0.0}});
      listener.on_record(0, outcome.results.tables.front());
    }
    listener.on_state("no state of this program");
  }
  void leave_run() {
    leave_run([](runtime::RunDescription&) {});
  }

  std::string name_;
  fs::path folder_;
};

TEST_F(Outputs, UnwritableFolder) { expect_golden("run rates.bouton -q -o nowhere/out.h5"); }

TEST_F(Outputs, InUse) {
  const auto other = runtime::AppendFile::create(runtime::spool_of(output()));
  ASSERT_TRUE(std::holds_alternative<runtime::AppendFile>(other));
  expect_golden("run rates.bouton -q -o out.h5");
}

TEST_F(Outputs, ResultFileThatCannotBeWritten) {
  fs::create_directories(folder_ / "out.h5.part");
  expect_golden("run rates.bouton -q -o out.h5");
  fs::remove_all(folder_ / "out.h5.part");
  EXPECT_FALSE(fs::exists(output()));
  EXPECT_EQ(
      run_command("cd '" + folder_.string() + "' && '" + executable::bouton() + "' recover out.h5")
          .code,
      0);
}

TEST_F(Outputs, SweepThatCannotBeWritten) {
  fs::create_directories(folder_ / "out.h5.part");
  std::ofstream(folder_ / "rates.bouton", std::ios::app) << "sweep Two of Rates { n in 1 .. 2 }\n";
  expect_golden("sweep rates.bouton Two -q -o out.h5");
}

TEST_F(Outputs, ResultFileThatAnotherRunWrites) {
  const auto other = runtime::PartFile::open(output());
  ASSERT_TRUE(other);
  expect_golden("run rates.bouton -q -o out.h5");
  EXPECT_TRUE(fs::exists(other->name()));
}

TEST_F(Outputs, PrintedUnits) {
  std::ofstream(folder_ / "units.bouton") << R"(experiment Units {
  timestep 1 ms
  let rates = [5 Hz, 20 Hz]
  print "rates ", rates, ", drive ", 2 nA, ", ", 0.5 mV/ms, ", share ", 1 Hz * 1 s
  print rates[1] > 10 Hz, " ", 3/4, " ", [1, 2]
}
)";
  expect_golden("run units.bouton -q");
}

TEST_F(Outputs, LeftByARun) {
  leave_run();
  expect_golden("run rates.bouton -q -o out.h5");
}

TEST_F(Outputs, OfAnotherProgram) {
  leave_run([](runtime::RunDescription& run) { run.sources[0].text += "# changed\n"; });
  expect_golden("run rates.bouton -q -o out.h5 --resume");
}

TEST_F(Outputs, OfAnotherVersion) {
  leave_run([](runtime::RunDescription& run) { run.bouton = "0.0.9"; });
  expect_golden("run rates.bouton -q -o out.h5 --resume");
}

TEST_F(Outputs, OfAnotherFormat) {
  leave_run();
  std::fstream(runtime::spool_of(output()), std::ios::in | std::ios::out | std::ios::binary)
      .seekp(8)
      .put(1);
  expect_golden("run rates.bouton -q -o out.h5 --resume");
}

TEST_F(Outputs, DataFileThatHasChanged) {
  leave_run();
  std::ofstream(folder_ / "numbers.csv") << "x\n2\n";
  expect_golden("run rates.bouton -q -o out.h5 --resume");
}

TEST_F(Outputs, CheckpointThatDoesNotFit) {
  leave_run();
  expect_golden("run rates.bouton -q -o out.h5 --resume");
}

TEST_F(Outputs, TruncatedSpool) {
  leave_run();
  const fs::path spool = runtime::spool_of(output());
  fs::resize_file(spool, fs::file_size(spool) - 10);
  expect_golden("recover out.h5 --final");
}

TEST_F(Outputs, TruncatedSpoolThatIsResumed) {
  leave_run();
  const fs::path spool = runtime::spool_of(output());
  fs::resize_file(spool, fs::file_size(spool) - 10);
  expect_golden("run rates.bouton -q -o out.h5 --resume");
}

TEST_F(Outputs, LeftWithoutACheckpoint) {
  leave_run();
  fs::remove(runtime::checkpoint_of(output()));
  expect_golden("recover out.h5");
  EXPECT_FALSE(fs::exists(runtime::spool_of(output())));
}

TEST_F(Outputs, NothingToRecover) { expect_golden("recover out.h5"); }

TEST_F(Outputs, InterpretedAtACheckpoint) {
  leave_run();
  expect_golden("run rates.bouton -q --interpret -o out.h5 --resume");
  EXPECT_TRUE(fs::exists(runtime::checkpoint_of(output())));
  EXPECT_FALSE(fs::exists(output()));
}

TEST_F(Outputs, OneValueOfAnAxis) {
  expect_golden("sweep rates.bouton Sizes -q -p n=3 -p rows=4 -o out.h5");
}

TEST_F(Outputs, RowsWithUnits) {
  std::ofstream(folder_ / "units.bouton") << R"(experiment Units {
  timestep 1 ms
  for i in 1 .. 2 { record i, rate = i * 10 Hz, delay = i * 2 ms }
  plot rate vs i
}
)";
  expect_golden("run units.bouton");
}

TEST_F(Outputs, ResumeWithoutOutput) { expect_golden("run rates.bouton -q --resume"); }

TEST_F(Outputs, TooManyNeurons) { expect_golden("run rates.bouton -q -p n=1000000000"); }

TEST_F(Outputs, VanishedFolder) {
  const fs::path elsewhere = folder_ / "elsewhere";
  fs::create_directories(elsewhere);
  auto opened = RunOutput::open({elsewhere / "out.h5", false, {}}, {});
  auto& run = std::get<std::unique_ptr<RunOutput>>(opened);
  fs::remove_all(elsewhere);
  const auto finished = run->finish("");
  ASSERT_EQ(finished.notes.size(), 1U);
  EXPECT_EQ(std::regex_replace(finished.notes.front(), std::regex(folder_.string() + "/"), ""),
            "the folder of `elsewhere/out.h5` had vanished and was made anew");
  EXPECT_TRUE(fs::exists(elsewhere / "out.h5"));
}

// 256 KiB in memory, where the system lets us mount them.
TEST_F(Outputs, SmallDisk) {
  const fs::path disk = folder_ / "disk";
  fs::create_directories(disk);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=256k") != 0)
    GTEST_SKIP() << "no disk can be mounted here";
  expect_golden("sweep rates.bouton -q -o disk/out.h5");
  ::umount2(disk.c_str(), MNT_DETACH);
}

}  // namespace
}  // namespace bouton::golden
