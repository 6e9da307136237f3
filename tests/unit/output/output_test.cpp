// The output of a run from its opening to its end, with everything that can come in between.
#include <gmock/gmock.h>
#include <sys/mount.h>
#include <unistd.h>

#include <fstream>

#include "runtime/analysis/result_hash.h"
#include "runtime/hdf5/read_result_file.h"
#include "runtime/output/leftovers.h"
#include "runtime/output/recover.h"
#include "runtime/output/run_output.h"

namespace bouton::runtime {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class Output : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::path(testing::TempDir()) /
        (std::string("output_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    path_ = folder_ / "out.h5";
    description_.experiment = "Sampling";
    description_.begun = "2026-01-01T00:00:00Z";
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<RunOutput> open(bool resume = false) {
    auto opened = RunOutput::open({path_, resume, {}}, description_);
    if (auto* problem = std::get_if<OutputProblem>(&opened)) {
      problem_ = *problem;
      return nullptr;
    }
    return std::get<std::unique_ptr<RunOutput>>(std::move(opened));
  }

  // Rows 0 … count - 1 of a replica.
  static ReplicaOutcome record(RunOutput& output, int replica, int count) {
    const Listener listener = output.listen({}, replica, 1);
    ReplicaOutcome outcome;
    for (int i = 0; i < count && !listener.is_cancelled(); ++i) {
      const std::size_t table = record_row(
          outcome.results, {{"i", static_cast<double>(i)},
                            {"x", Tensor::vector(std::vector<double>(100, replica + 0.5))}});
      listener.on_record(replica, outcome.results.tables[table]);
    }
    outcome.steps = count;
    outcome.printed = {"a line"};
    return outcome;
  }

  // As a killed process leaves it: the output object goes without having finished.
  void leave_run(int rows) {
    const auto output = open();
    ASSERT_TRUE(output) << problem_.message;
    output->begin_replica(0);
    record(*output, 0, rows);
  }

  std::size_t rows_in_file() const {
    const auto run = read_result_file(path_);
    EXPECT_TRUE(run) << run.error().message;
    if (!run) return 0;
    EXPECT_EQ(recompute_hash(*run), run->hash);
    std::size_t rows = 0;
    for (const StoredReplica& replica : run->replicas)
      for (const ResultTable& table : replica.results.tables) rows += table.rows.size();
    return rows;
  }

  fs::path folder_, path_;
  RunDescription description_;
  OutputProblem problem_;
};

TEST_F(Output, ACompleteRunLeavesOnlyTheResultFile) {
  auto output = open();
  ASSERT_TRUE(output) << problem_.message;
  EXPECT_TRUE(fs::exists(spool_of(path_)));
  output->begin_replica(0);
  output->end_replica(0, record(*output, 0, 3));
  const auto finished = output->finish("");
  EXPECT_TRUE(finished.complete);
  ASSERT_FALSE(finished.problem.has_value()) << finished.problem->message;
  EXPECT_EQ(rows_in_file(), 3U);
  EXPECT_FALSE(fs::exists(spool_of(path_)));
}

TEST_F(Output, ARunThatWasKilledIsRecoveredAndNotOverwritten) {
  leave_run(5);
  EXPECT_FALSE(open());
  EXPECT_THAT(problem_.message, HasSubstr("holds 5 rows of a run that has not ended"));
  EXPECT_THAT(problem_.hint, HasSubstr("bouton recover"));
  const Recovered recovered = recover(path_, false);
  EXPECT_FALSE(recovered.problem.has_value()) << recovered.problem->message;
  EXPECT_EQ(recovered.rows, 5U);
  EXPECT_EQ(rows_in_file(), 5U);
  EXPECT_FALSE(fs::exists(spool_of(path_)));
  EXPECT_TRUE(open()) << problem_.message;
}

TEST_F(Output, ARunThatHasRecordedNothingIsBegunAnew) {
  leave_run(0);
  ASSERT_TRUE(fs::exists(spool_of(path_)));
  auto output = open();
  ASSERT_TRUE(output) << problem_.message;
  output->begin_replica(0);
  output->end_replica(0, record(*output, 0, 2));
  EXPECT_FALSE(output->finish("").problem.has_value());
  EXPECT_EQ(rows_in_file(), 2U);
}

TEST_F(Output, AFailedRunWithoutRowsLeavesEarlierResults) {
  {
    const auto earlier = open();
    ASSERT_TRUE(earlier) << problem_.message;
    earlier->begin_replica(0);
    earlier->end_replica(0, record(*earlier, 0, 3));
    EXPECT_TRUE(earlier->finish("").complete);
  }
  for (const int rows : {0, 2}) {
    const auto output = open();
    ASSERT_TRUE(output) << problem_.message;
    output->begin_replica(0);
    ReplicaOutcome outcome = record(*output, 0, rows);
    outcome.problem = Problem{{}, "the rate is negative", "", false};
    output->end_replica(0, outcome);
    const auto finished = output->finish("");
    EXPECT_EQ(finished.written.empty(), rows == 0);
    EXPECT_EQ(finished.notes.size(), rows == 0 ? 1U : 0U);
    EXPECT_EQ(rows_in_file(), rows == 0 ? 3U : 2U);
    EXPECT_FALSE(fs::exists(spool_of(path_)));
  }
}

TEST_F(Output, AFileThatAnotherRunWritesIsNotTouched) {
  const auto first = open();
  EXPECT_FALSE(open());
  EXPECT_THAT(problem_.message, HasSubstr("is being written by another run"));
  EXPECT_THAT(recover(path_, false).problem->message, HasSubstr("another run"));
}

TEST_F(Output, AMissingFolderIsSaidBeforeTheRun) {
  path_ = folder_ / "nowhere" / "out.h5";
  EXPECT_FALSE(open());
  EXPECT_THAT(problem_.message, HasSubstr("No such file or directory"));
}

TEST_F(Output, ADamagedEndIsDroppedCountedAndKept) {
  leave_run(5);
  fs::resize_file(spool_of(path_), fs::file_size(spool_of(path_)) - 10);
  const Recovered recovered = recover(path_, false);
  EXPECT_EQ(recovered.rows, 4U);
  ASSERT_FALSE(recovered.notes.empty());
  EXPECT_THAT(recovered.notes.front(), HasSubstr("bytes of"));
  EXPECT_TRUE(fs::exists(damaged_spool_of(path_)));
}

TEST_F(Output, ASpoolOfAnotherVersionIsLeftAlone) {
  leave_run(1);
  std::fstream(spool_of(path_), std::ios::in | std::ios::out | std::ios::binary).seekp(8).put(7);
  const Recovered recovered = recover(path_, true);
  ASSERT_TRUE(recovered.problem.has_value());
  EXPECT_THAT(recovered.problem->message, HasSubstr("a spool of format 7"));
  EXPECT_TRUE(fs::exists(spool_of(path_)));
}

TEST_F(Output, WithoutASpoolThereIsNothingToRecover) {
  EXPECT_THAT(recover(path_, false).problem->message, HasSubstr("there is no"));
}

TEST_F(Output, AFolderThatHasVanishedIsMadeAnew) {
  auto output = open();
  output->begin_replica(0);
  fs::remove_all(folder_);
  output->end_replica(0, record(*output, 0, 4));
  const auto finished = output->finish("");
  ASSERT_FALSE(finished.problem.has_value()) << finished.problem->message;
  EXPECT_THAT(finished.notes.front(), HasSubstr("vanished"));
  EXPECT_EQ(rows_in_file(), 4U);
}

TEST_F(Output, ReplicasThatHadEndedAreNotLostAndNotRunAgain) {
  description_.replicas = 3;
  {
    auto output = open();
    output->begin_replica(0);
    output->end_replica(0, record(*output, 0, 2));
    output->begin_replica(1);
    record(*output, 1, 1);
  }
  EXPECT_THAT(recover(path_, false).notes.front(), HasSubstr("`--resume`"));
  auto output = open(true);
  ASSERT_TRUE(output) << problem_.message;
  const auto earlier = output->outcome_of(0);
  ASSERT_TRUE(earlier.has_value());
  EXPECT_EQ(earlier->printed, std::vector<std::string>{"a line"});
  EXPECT_EQ(earlier->results.tables.front().names.size(), 2U);
  EXPECT_FALSE(output->outcome_of(1).has_value());
  for (const int replica : {1, 2}) {
    output->begin_replica(replica);
    output->end_replica(replica, record(*output, replica, 2));
  }
  EXPECT_TRUE(output->finish("").complete);
  EXPECT_EQ(rows_in_file(), 6U);
}

TEST_F(Output, AnotherSeedIsNotResumed) {
  leave_run(1);
  description_.first_seed = 9;
  EXPECT_FALSE(open(true));
  EXPECT_THAT(problem_.message, HasSubstr("its seed was `0`, now it is `9`"));
  EXPECT_EQ(recover(path_, false).rows, 1U);
}

TEST_F(Output, WhatIsCompleteIsNotResumed) {
  auto output = open();
  output->begin_replica(0);
  output->end_replica(0, record(*output, 0, 1));
  ASSERT_TRUE(output->finish("").complete);
  output.reset();
  EXPECT_FALSE(open(true));
  EXPECT_THAT(problem_.message, HasSubstr("nothing is left to resume"));
}

std::string bytes_in(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void flip_byte(const fs::path& path, std::uint64_t from_end) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const auto place = static_cast<std::streamoff>(fs::file_size(path) - from_end);
  const int byte = file.seekg(place).get();
  file.seekp(place).put(static_cast<char>(byte ^ 1));
}

// The spool lost rows that the checkpoint counts on, then grew again: the bytes at the
// checkpoint's place are others now.
TEST_F(Output, ACheckpointThatWasRefusedOnceIsNeverUsed) {
  {
    auto output = open();
    ASSERT_TRUE(output) << problem_.message;
    output->begin_replica(0);
    record(*output, 0, 5);
    output->listen({}, 0, 1).on_state("state");
  }
  fs::resize_file(spool_of(path_), fs::file_size(spool_of(path_)) - 1000);
  {
    auto output = open(true);
    ASSERT_TRUE(output) << problem_.message;
    EXPECT_THAT(output->notes(), testing::Contains(HasSubstr("lost what it builds on")));
    EXPECT_FALSE(fs::exists(checkpoint_of(path_)));
    output->begin_replica(0);
    record(*output, 0, 20);
  }
  auto output = open(true);
  ASSERT_TRUE(output) << problem_.message;
  EXPECT_EQ(output->state_of(0, 1), "");
}

TEST_F(Output, ASpoolThatIsDamagedWhileItIsWrittenIsKept) {
  auto output = open();
  ASSERT_TRUE(output) << problem_.message;
  output->begin_replica(0);
  const ReplicaOutcome outcome = record(*output, 0, 5);
  flip_byte(spool_of(path_), 10);
  const std::string damaged = bytes_in(spool_of(path_));
  output->end_replica(0, outcome);
  const auto finished = output->finish("");
  EXPECT_FALSE(finished.complete);
  ASSERT_TRUE(finished.problem.has_value());
  EXPECT_THAT(finished.problem->message, HasSubstr("cannot be read"));
  EXPECT_TRUE(bytes_in(damaged_spool_of(path_)).starts_with(damaged));
  EXPECT_EQ(rows_in_file(), 4U);
}

TEST_F(Output, ADamagedSpoolThatCannotBeKeptElsewhereStays) {
  leave_run(5);
  flip_byte(spool_of(path_), 10);
  const std::string damaged = bytes_in(spool_of(path_));
  fs::create_directories(damaged_spool_of(path_));
  for (int i = 1; i < 100; ++i)
    fs::create_directories(damaged_spool_of(path_) += "." + std::to_string(i));
  const Recovered recovered = recover(path_, true);
  EXPECT_EQ(recovered.rows, 4U);
  EXPECT_TRUE(bytes_in(spool_of(path_)) == damaged);
  EXPECT_THAT(recovered.notes, testing::Contains(HasSubstr("stays")));
}

// Behind the damage may stand replicas that had ended: resuming cuts them off.
TEST_F(Output, ADamagedSpoolIsKeptBeforeItIsResumed) {
  leave_run(5);
  flip_byte(spool_of(path_), 2500);
  const std::string damaged = bytes_in(spool_of(path_));
  auto output = open(true);
  ASSERT_TRUE(output) << problem_.message;
  EXPECT_TRUE(bytes_in(damaged_spool_of(path_)) == damaged);
}

TEST_F(Output, ADataFileThatHasChangedIsNamedWhenTheRunIsResumed) {
  description_.files = {{"weights.csv", 10, 123}, {"tape.csv", 20, 456}};
  leave_run(1);
  description_.files[1].checksum = 457;
  EXPECT_FALSE(open(true));
  EXPECT_THAT(problem_.message, HasSubstr("`tape.csv`"));
  description_.files[1].checksum = 456;
  EXPECT_TRUE(open(true)) << problem_.message;
}

// A disk of 256 KiB in memory, where the system lets us mount one.
class SmallDisk {
 public:
  explicit SmallDisk(fs::path folder) : folder_(std::move(folder)) {
    mounted_ = ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=256k") == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  [[nodiscard]] bool mounted() const { return mounted_; }
  void grow() const {
    EXPECT_EQ(::mount("tmpfs", folder_.c_str(), "tmpfs", MS_REMOUNT, "size=8m"), 0);
  }

 private:
  fs::path folder_;
  bool mounted_ = false;
};

TEST_F(Output, AFullDiskStopsTheRunAndLosesNothing) {
  const SmallDisk disk(folder_);
  if (!disk.mounted()) GTEST_SKIP() << "no disk can be mounted here";
  std::size_t kept = 0;
  {
    auto output = open();
    ASSERT_TRUE(output) << problem_.message;
    output->begin_replica(0);
    ReplicaOutcome outcome = record(*output, 0, 10000);
    EXPECT_TRUE(output->has_failed());
    kept = outcome.results.tables.front().rows.size() - 1;  // the last one did not fit
    outcome.interrupted = true;
    output->end_replica(0, outcome);
    const auto finished = output->finish("");
    ASSERT_TRUE(finished.problem.has_value());
    EXPECT_THAT(finished.problem->message, HasSubstr("No space left on device"));
    EXPECT_THAT(finished.problem->hint, HasSubstr("bouton recover"));
    EXPECT_FALSE(fs::exists(path_));
  }
  disk.grow();
  const Recovered recovered = recover(path_, false);
  EXPECT_FALSE(recovered.problem.has_value()) << recovered.problem->message;
  EXPECT_GT(kept, 100U);
  EXPECT_EQ(recovered.rows, kept);
  EXPECT_EQ(rows_in_file(), kept);
}

}  // namespace
}  // namespace bouton::runtime
