// What was recorded is read back from a spool, whatever became of its end.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <iterator>

#include "runtime/analysis/result_hash.h"
#include "runtime/checkpoint/checkpoint.h"
#include "runtime/spool/format.h"
#include "runtime/spool/reader.h"
#include "runtime/spool/rows.h"
#include "runtime/spool/writer.h"

namespace bouton::runtime {
namespace {

using ::testing::HasSubstr;

std::filesystem::path fresh_file(const std::string& name) {
  auto path = std::filesystem::path(testing::TempDir()) / name;
  std::filesystem::remove(path);
  return path;
}

std::string bytes_in(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

spool::Writer new_spool(const std::filesystem::path& path) {
  return spool::Writer(std::get<AppendFile>(AppendFile::create(path)));
}

RunDescription description() {
  RunDescription run;
  run.bouton = "0.1.0";
  run.experiment = "Sampling";
  run.sources = {{"main.bouton", "experiment Sampling() {}"}};
  run.files = {{"tape.csv", 30, 7}};
  run.first_seed = 3;
  run.replicas = 2;
  run.parameters = {{"tau", 10.0, "ms"}, {"method", "sal", "1"}};
  run.tables = {{{"epoch", "1", ""}, {"s", "1", "z"}}};
  run.begun = "2026-01-01T00:00:00Z";
  return run;
}

// Rows with every kind of value, as a run records them: into memory and into the spool.
Results record_everything(spool::Writer& writer, std::uint64_t replica) {
  Results results;
  const auto record = [&](std::vector<RecordedValue> row) {
    const std::size_t table = record_row(results, std::move(row));
    writer.add_row(replica, results.tables[table]);
  };
  record({{"x", 1.5}, {"ok", true}, {"name", "sal"}});
  record({{"w", Tensor(Shape{2, 1, 2, 1}, {1, -0.0, 3, 4})}, {"s", SpikeList{{0, 5}, {1, 0}}}});
  record({{"name", ""}, {"ok", false}, {"x", -2.0}});
  record({{"w", Tensor(Shape{0, 3})}, {"s", SpikeList{}}});
  record({{"pair", List{{1.0, "x", List{}}}}, {"p", Record{{{"m", Tensor::vector({0.5})}}}}});
  return results;
}

spool::Contents contents_of(std::string_view bytes) {
  return std::get<spool::Contents>(spool::read(spool::bytes_in_memory(bytes)));
}

// By replica.
std::vector<std::uint64_t> hashes_in(const std::string& bytes) {
  const spool::Contents contents = contents_of(bytes);
  const spool::Bytes in_memory = spool::bytes_in_memory(bytes);
  const auto hashes = hash_rows(contents.run, spool::rows_of(contents, in_memory));
  EXPECT_TRUE(hashes);
  return *hashes;
}

TEST(Spool, HoldsEveryKindOfValueOfEveryReplica) {
  const auto path = fresh_file("values.spool");
  spool::Writer writer = new_spool(path);
  writer.begin(description());
  writer.begin_replica(0);
  const Results first = record_everything(writer, 0);
  writer.begin_replica(1);
  const Results second = record_everything(writer, 1);
  writer.end_replica(0, {100, "", "kept"});
  const spool::Contents contents = contents_of(bytes_in(path));
  EXPECT_EQ(contents.dropped, 0U);
  ASSERT_EQ(contents.run.replicas.size(), 2U);
  const auto hashes = hashes_in(bytes_in(path));
  EXPECT_EQ(hashes[0], hash_results(first));
  EXPECT_EQ(hashes[1], hash_results(second));
  ASSERT_TRUE(contents.run.replicas[0].end);
  EXPECT_EQ(contents.run.replicas[0].end->steps, 100);
  EXPECT_EQ(contents.run.replicas[0].end->outcome, "kept");
  EXPECT_FALSE(contents.run.replicas[1].end);
}

TEST(Spool, HoldsTheDescriptionOfTheRun) {
  const auto path = fresh_file("described.spool");
  spool::Writer writer = new_spool(path);
  writer.begin(description());
  const RunDescription back = contents_of(bytes_in(path)).run.description;
  EXPECT_FALSE(find_difference(description(), back).has_value());
  EXPECT_EQ(back.begun, description().begun);
  ASSERT_EQ(back.tables.size(), 1U);
  EXPECT_EQ(back.tables[0][1].population, "z");
  EXPECT_EQ(back.parameters[0].unit, "ms");
}

TEST(Spool, AReplicaThatBeginsAnewForgetsItsRows) {
  const auto path = fresh_file("anew.spool");
  spool::Writer writer = new_spool(path);
  writer.begin(description());
  writer.begin_replica(1);
  record_everything(writer, 1);
  writer.begin_replica(1);
  const Results again = record_everything(writer, 1);
  EXPECT_EQ(hashes_in(bytes_in(path))[1], hash_results(again));
}

// What others have recorded meanwhile stays.
TEST(Spool, AReplicaThatGoesOnAtACheckpointForgetsWhatCameAfterIt) {
  const auto path = fresh_file("rewound.spool");
  spool::Writer writer = new_spool(path);
  writer.begin(description());
  Results one;
  Results other;
  const auto record = [&](std::uint64_t replica, Results& results, double x, const char* name) {
    const std::size_t table = record_row(results, {{name, x}});
    writer.add_row(replica, results.tables[table]);
  };
  writer.begin_replica(0);
  writer.begin_replica(1);
  record(0, one, 1, "x");
  record(1, other, 1, "x");
  const auto position = writer.position_of(0);
  const std::uint64_t place = writer.file().size();
  for (int attempt = 0; attempt < 3; ++attempt) {
    Results wasted = one;
    record(0, wasted, 2, "x");
    record(1, other, attempt, "y");
    record(0, wasted, 2, "z");
    writer.rewind_replica(0, place, position);
  }
  record(0, one, 3, "x");
  record(1, other, 3, "z");
  record(0, one, 4, "y");
  const auto hashes = hashes_in(bytes_in(path));
  EXPECT_EQ(hashes[0], hash_results(one));
  EXPECT_EQ(hashes[1], hash_results(other));
  const RecordedReplica replica = contents_of(bytes_in(path)).run.replicas[0];
  EXPECT_EQ(replica.tables, (std::vector<RecordedTable>{{{"x"}, 2}, {{"y"}, 1}}));
  EXPECT_EQ(replica.begun_at(), position.begun_at);
}

TEST(Spool, ThinnedRowsAreAtEqualDistances) {
  const auto path = fresh_file("thinned.spool");
  spool::Writer writer = new_spool(path);
  writer.begin(description());
  Results results;
  for (int i = 0; i < 100; ++i) {
    record_row(results, {{"i", static_cast<double>(i)}});
    writer.add_row(1, results.tables.front());
  }
  const std::string bytes = bytes_in(path);
  const spool::Contents contents = contents_of(bytes);
  const spool::Bytes in_memory = spool::bytes_in_memory(bytes);
  const auto thinned = thin_out(contents.run, spool::rows_of(contents, in_memory), 1, 30);
  ASSERT_TRUE(thinned);
  ASSERT_EQ(thinned->tables.front().rows.size(), 25U);
  EXPECT_EQ(thinned->tables.front().rows[24].front(), Value(96.0));
}

// Cut anywhere, it holds the records that were complete, and says how much it leaves out.
TEST(Spool, IsReadUpToTheLastSoundRecordWhereverItIsCut) {
  const auto path = fresh_file("cut.spool");
  std::vector<std::uint64_t> ends;  // of the file after each row
  {
    spool::Writer writer = new_spool(path);
    writer.begin(description());
    ends.push_back(writer.file().size());
    Results results;
    for (int i = 0; i < 4; ++i) {
      record_row(results, {{"i", static_cast<double>(i)}, {"s", SpikeList{{i}, {0}}}});
      writer.add_row(0, results.tables.front());
      ends.push_back(writer.file().size());
    }
  }
  const std::string bytes = bytes_in(path);
  ASSERT_EQ(bytes.size(), ends.back());
  for (std::size_t size = ends.front(); size <= bytes.size(); ++size) {
    const spool::Contents contents = contents_of(std::string_view(bytes).substr(0, size));
    const auto whole = static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), size) -
                                                ends.begin() - 1);
    EXPECT_EQ(count_rows(contents.run), whole) << size;
    EXPECT_EQ(contents.sound + contents.dropped, size);
  }
}

TEST(Spool, AFlippedBitEndsWhatIsRead) {
  const auto path = fresh_file("flipped.spool");
  spool::Writer writer = new_spool(path);
  writer.begin(description());
  const std::size_t head = writer.file().size();
  record_everything(writer, 0);
  const std::string sound = bytes_in(path);
  for (std::size_t i = head; i < sound.size(); ++i) {
    std::string flipped = sound;
    flipped[i] = static_cast<char>(flipped[i] ^ 4);
    const spool::Contents contents = contents_of(flipped);
    EXPECT_GT(contents.dropped, 0U) << i;
    EXPECT_LE(contents.sound, i);
  }
}

TEST(Spool, OfAnotherVersionIsNotRead) {
  const auto path = fresh_file("version.spool");
  spool::Writer writer = new_spool(path);
  writer.begin(description());
  std::string bytes = bytes_in(path);
  bytes[spool::kMagic.size()] = 9;
  const auto read = [](std::string_view some) { return spool::read(spool::bytes_in_memory(some)); };
  ASSERT_TRUE(std::holds_alternative<spool::OtherVersion>(read(bytes)));
  EXPECT_EQ(std::get<spool::OtherVersion>(read(bytes)).version, 9U);
  EXPECT_TRUE(std::holds_alternative<spool::NotASpool>(read("something else")));
  EXPECT_TRUE(std::holds_alternative<spool::NotASpool>(read("")));
}

// A limit on the size of files stands for the full disk: the record that does not fit leaves no
// trace, and no later one is written.
TEST(Spool, AFullDiskKeepsWhatWasRecorded) {
  const auto path = fresh_file("full.spool");
  spool::Writer writer = new_spool(path);
  writer.begin(description());
  const auto restore = std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = writer.file().size() + 1000;
  setrlimit(RLIMIT_FSIZE, &small);
  Results results;
  std::size_t kept = 0;
  while (!writer.failure()) {
    record_row(results, {{"x", Tensor::vector(std::vector<double>(20, 1.0))}});
    writer.add_row(0, results.tables.front());
    kept += writer.failure() ? 0 : 1;
  }
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, restore);
  EXPECT_THAT(*writer.failure(), HasSubstr("File too large"));
  const auto size = std::filesystem::file_size(path);
  writer.add_row(0, results.tables.front());
  EXPECT_EQ(std::filesystem::file_size(path), size);
  const spool::Contents contents = contents_of(bytes_in(path));
  EXPECT_GT(kept, 1U);
  EXPECT_EQ(count_rows(contents.run), kept);
  EXPECT_EQ(contents.dropped, 0U);
}

TEST(Spool, IsLockedWhileItIsWritten) {
  const auto path = fresh_file("locked.spool");
  const auto opened = AppendFile::create(path);
  ASSERT_TRUE(std::holds_alternative<AppendFile>(opened));
  const auto second = AppendFile::open(path);
  ASSERT_TRUE(std::holds_alternative<AppendFile::OpenError>(second));
  EXPECT_EQ(std::get<AppendFile::OpenError>(second).problem, AppendFile::Problem::InUse);
  EXPECT_EQ(std::get<AppendFile::OpenError>(AppendFile::create(path)).problem,
            AppendFile::Problem::Exists);
}

TEST(RunDescription, TheFirstDifferenceIsNamedWithBothSides) {
  RunDescription other = description();
  other.first_seed = 4;
  EXPECT_EQ(find_difference(description(), other), "its seed was `3`, now it is `4`");
  other.parameters[0].value = 20.0;
  EXPECT_EQ(find_difference(description(), other),
            "parameter `tau` was 10, now it is 20 (unit: ms)");
  other = description();
  other.sources[0].text += " # changed";
  EXPECT_EQ(find_difference(description(), other), "the text of `main.bouton` was another one");
  other = description();
  other.files[0].size = 99;
  EXPECT_EQ(find_difference(description(), other),
            "the data file `tape.csv` had 30 bytes, now it has 99");
  other = description();
  other.files[0].checksum = 8;
  EXPECT_EQ(find_difference(description(), other), "the data file `tape.csv` held other data");
  other = description();
  other.axes = {{"n", "1", {3.0, 4.0}}};
  EXPECT_EQ(find_difference(description(), other), "its number of axes was `0`, now it is `1`");
  RunDescription swept = other;
  swept.axes[0].values = {3.0, 5.0};
  EXPECT_EQ(find_difference(other, swept), "the axis `n` had other values");
  other = description();
  other.bouton = "0.2.0";
  EXPECT_THAT(*find_difference(description(), other), HasSubstr("version of Bouton"));
  other = description();
  other.machine = "another";
  EXPECT_FALSE(find_difference(description(), other).has_value());
}

TEST(RunDescription, ReplicasAreNamedByTheirPlaces) {
  RunDescription run = description();
  EXPECT_EQ(name_replica(run, 1), "seed 4");
  run.axes = {{"tau", "ms", {1.0, 2.5}}, {"method", "1", {"sal", "bp", "fa"}}};
  run.replicas = 12;
  EXPECT_EQ(run.seeds(), 2U);
  EXPECT_EQ(name_replica(run, 0), "tau = 1 ms, method = sal, seed 3");
  EXPECT_EQ(name_replica(run, 9), "tau = 2.5 ms, method = bp, seed 4");
  run.replicas = 6;
  EXPECT_EQ(name_replica(run, 5), "tau = 2.5 ms, method = fa");
}

TEST(RunDescription, AxesAreNamedInUsualUnitsWithoutTheLastRounding) {
  RunDescription run = description();
  run.axes = {{"rate", "kHz", {0.02}}, {"a", "1", {0.8 + 2 * 0.2}}};
  run.replicas = 1;
  EXPECT_EQ(name_replica(run, 0), "rate = 20 Hz, a = 1.2");
}

TEST(Checkpoint, IsReadBackWholeOrNotAtAll) {
  const auto path = fresh_file("run.checkpoint");
  ASSERT_FALSE(write_checkpoint(
      path, {description(), 8, {{7, {1, 2}}, {9, {}}}, 1234, std::string("\0state", 6)}));
  const auto read = read_checkpoint(path);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->first_replica, 8U);
  ASSERT_EQ(read->lanes(), 2U);
  EXPECT_EQ(read->recorded[0].begun_at, 7U);
  EXPECT_EQ(read->recorded[0].rows, (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(read->spool_size, 1234U);
  EXPECT_EQ(read->state, std::string("\0state", 6));
  const std::string sound = bytes_in(path);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    std::string damaged = sound;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    std::ofstream(path, std::ios::binary) << damaged;
    EXPECT_FALSE(read_checkpoint(path)) << i;
    if (i > 100) i += 37;  // reading a file takes its time
  }
  std::ofstream(path, std::ios::binary) << sound.substr(0, sound.size() - 1);
  EXPECT_FALSE(read_checkpoint(path));
}

}  // namespace
}  // namespace bouton::runtime
