#include "runtime/hdf5/result_file.h"

#include <gmock/gmock.h>
#include <hdf5.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <fstream>
#include <iterator>
#include <utility>

#include "runtime/analysis/result_hash.h"
#include "runtime/files/whole_file.h"
#include "runtime/hdf5/read_result_file.h"

namespace bouton::runtime {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::filesystem::path in_temporary_folder(const std::string& name) {
  return std::filesystem::path(testing::TempDir()) / name;
}

std::string bytes_in(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// Reads back with HDF5 alone, as a user's script would.
class ReadBack {
 public:
  explicit ReadBack(const std::filesystem::path& path)
      : file_(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT)) {}
  ReadBack(ReadBack&& other) noexcept : file_(std::exchange(other.file_, H5I_INVALID_HID)) {}
  ReadBack(const ReadBack&) = delete;
  ReadBack& operator=(const ReadBack&) = delete;
  ReadBack& operator=(ReadBack&&) = delete;
  ~ReadBack() {
    if (file_ >= 0) H5Fclose(file_);
  }

  [[nodiscard]] std::vector<hsize_t> extents(const char* name) const {
    const hid_t dataset = H5Dopen2(file_, name, H5P_DEFAULT);
    const hid_t space = H5Dget_space(dataset);
    std::vector<hsize_t> sizes(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space)));
    H5Sget_simple_extent_dims(space, sizes.data(), nullptr);
    H5Sclose(space);
    H5Dclose(dataset);
    return sizes;
  }
  [[nodiscard]] std::vector<double> numbers(const char* name) const {
    std::size_t count = 1;
    for (const hsize_t extent : extents(name)) count *= extent;
    std::vector<double> values(count);
    const hid_t dataset = H5Dopen2(file_, name, H5P_DEFAULT);
    H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Dclose(dataset);
    return values;
  }
  [[nodiscard]] std::string text_attribute(const char* object, const char* name) const {
    const hid_t attribute = H5Aopen_by_name(file_, object, name, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t type = H5Aget_type(attribute);
    char* text = nullptr;
    H5Aread(attribute, type, &text);
    const std::string copy = text == nullptr ? "" : text;
    H5free_memory(text);
    H5Tclose(type);
    H5Aclose(attribute);
    return copy;
  }
  [[nodiscard]] std::uint64_t seed() const {
    const hid_t attribute = H5Aopen(file_, "seed", H5P_DEFAULT);
    std::uint64_t value = 0;
    H5Aread(attribute, H5T_NATIVE_UINT64, &value);
    H5Aclose(attribute);
    return value;
  }

 private:
  hid_t file_;
};

Results two_epochs() {
  Results results;
  record_row(results,
             {{"epoch", 0.0}, {"weights", Tensor(Shape{2, 2}, {0, 1, 2, 3})}, {"method", "sal"}});
  record_row(results,
             {{"epoch", 500.0}, {"weights", Tensor(Shape{2, 2}, {4, 5, 6, 7})}, {"method", "sal"}});
  return results;
}

RecordedRun run_of(std::vector<Results> replicas) {
  RecordedRun run;
  run.description.program = "main.bouton";
  run.description.precision = "single";
  run.description.first_seed = 42;
  run.description.replicas = replicas.size();
  run.description.timestep = 0.5;
  run.description.sources = {{"main.bouton", "experiment X() {}"}, {"rule.bouton", "rule"}};
  run.description.parameters = {{"n", 7.0, "1"}, {"tau", Tensor::vector({1, 2}), "ms"}};
  run.description.tables = {{{"epoch", "1", ""}, {"weights", "mV", ""}, {"method", "1", ""}},
                            {{"s", "1", "z"}, {"y", "ms", ""}}};
  for (Results& results : replicas) run.replicas.push_back({std::move(results), ReplicaEnd{}});
  return run;
}

Results spikes_and_unequal_rows() {
  Results results;
  record_row(results, {{"s", SpikeList{{1, 2}, {0, 3}}}, {"y", Tensor::vector({1})}});
  record_row(results, {{"s", SpikeList{}}, {"y", Tensor::vector({1, 2})}});
  record_row(results, {{"s", SpikeList{{7}, {1}}}, {"y", Tensor::vector({3})}});
  return results;
}

// Writes and reads with HDF5 alone.
ReadBack written(const std::string& name, const RecordedRun& run) {
  const auto path = in_temporary_folder(name);
  const auto error = write_result_file(path, run);
  EXPECT_FALSE(error.has_value()) << error->message;
  return ReadBack(path);
}

TEST(ResultFile, RowsOfOneShapeBecomeOneDataset) {
  const ReadBack file = written("rows.h5", run_of({two_epochs()}));
  EXPECT_THAT(file.extents("tables/0/weights"), ElementsAre(2, 2, 2));
  EXPECT_THAT(file.numbers("tables/0/weights"), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
  EXPECT_THAT(file.numbers("tables/0/epoch"), ElementsAre(0, 500));
}

TEST(ResultFile, SaysSeedParametersUnitsAndHash) {
  const ReadBack file = written("described.h5", run_of({two_epochs()}));
  EXPECT_EQ(file.seed(), 42U);
  EXPECT_THAT(file.numbers("parameters/n"), ElementsAre(7));
  EXPECT_THAT(file.numbers("parameters/tau"), ElementsAre(1, 2));
  EXPECT_EQ(file.text_attribute("parameters/tau", "unit"), "ms");
  EXPECT_EQ(file.text_attribute("tables/0/weights", "unit"), "mV");
  EXPECT_EQ(file.text_attribute("tables/0/epoch", "unit"), "1");
  EXPECT_EQ(file.text_attribute("/", "hash"), print_hash(hash_results(two_epochs())));
  EXPECT_EQ(file.text_attribute("/", "program"), "main.bouton");
  EXPECT_EQ(file.text_attribute("/", "precision"), "single");
  EXPECT_EQ(file.text_attribute("/", "complete"), "complete");
}

TEST(ResultFile, SaysWhyAReplicaIsNotComplete) {
  RecordedRun run = run_of({two_epochs(), two_epochs()});
  run.replicas[1].end.reset();
  run.stopped = "interrupted";
  EXPECT_EQ(written("stopped.h5", run).text_attribute("/", "complete"), "replica 1: interrupted");
}

TEST(ResultFile, SpikesHaveTheLayoutOfSonata) {
  const ReadBack file = written("spikes.h5", run_of({spikes_and_unequal_rows()}));
  EXPECT_THAT(file.numbers("spikes/z/timestamps"), ElementsAre(0.5, 1, 3.5));
  EXPECT_EQ(file.text_attribute("spikes/z/timestamps", "units"), "ms");
  EXPECT_THAT(file.numbers("spikes/z/node_ids"), ElementsAre(0, 3, 1));
  EXPECT_THAT(file.numbers("spikes/z/row"), ElementsAre(0, 0, 2));
  EXPECT_THAT(file.numbers("tables/0/s"), ElementsAre(2, 0, 1));
  EXPECT_EQ(file.text_attribute("tables/0/s", "spikes"), "/spikes/z");
}

TEST(ResultFile, UnequalRowsHaveOneMemberPerRow) {
  const ReadBack file = written("unequal.h5", run_of({spikes_and_unequal_rows()}));
  EXPECT_THAT(file.numbers("tables/0/y/1"), ElementsAre(1, 2));
  EXPECT_THAT(file.extents("tables/0/y/2"), ElementsAre(1));
  EXPECT_EQ(file.text_attribute("tables/0/y", "unit"), "ms");
}

TEST(ResultFile, ReplicasWithEquallyManyRowsAreTheFirstAxis) {
  const ReadBack file = written("replicas.h5", run_of({two_epochs(), two_epochs(), two_epochs()}));
  EXPECT_THAT(file.extents("tables/0/weights"), ElementsAre(3, 2, 2, 2));
  EXPECT_THAT(file.extents("tables/0/method"), ElementsAre(3, 2));
  EXPECT_THAT(file.numbers("replicas/seed"), ElementsAre(42, 43, 44));
}

TEST(ResultFile, ReplicasWithDifferentNumbersOfRowsHaveKeys) {
  Results longer = two_epochs();
  record_row(longer, {{"epoch", 900.0}, {"weights", Tensor(Shape{2, 2})}, {"method", "sal"}});
  const ReadBack file = written("keyed.h5", run_of({two_epochs(), longer}));
  EXPECT_THAT(file.numbers("tables/0/epoch"), ElementsAre(0, 500, 0, 500, 900));
  EXPECT_THAT(file.numbers("keys/0/replica"), ElementsAre(0, 0, 1, 1, 1));
  EXPECT_THAT(file.numbers("keys/0/row"), ElementsAre(0, 1, 0, 1, 2));
}

TEST(ResultFile, TruthsListsAndRecordsAreKept) {
  Results results;
  record_row(results, {{"ok", true},
                       {"pair", List{{1.0, "x"}}},
                       {"p", Record{{{"marginals", Tensor::vector({0.5})}}}}});
  const ReadBack file = written("mixed.h5", run_of({results}));
  EXPECT_THAT(file.numbers("tables/0/ok"), ElementsAre(1));
  EXPECT_THAT(file.numbers("tables/0/pair/0/0"), ElementsAre(1));
  EXPECT_THAT(file.numbers("tables/0/p/0/marginals"), ElementsAre(0.5));
}

TEST(ResultFile, EqualRunsGiveEqualBytes) {
  const auto first = in_temporary_folder("first.h5");
  const auto second = in_temporary_folder("second.h5");
  ASSERT_FALSE(write_result_file(first, run_of({two_epochs()})).has_value());
  ASSERT_FALSE(write_result_file(second, run_of({two_epochs()})).has_value());
  EXPECT_GT(bytes_in(first).size(), 100U);
  EXPECT_EQ(bytes_in(first), bytes_in(second));
}

TEST(ResultFile, NoPartIsLeftBehind) {
  const auto path = in_temporary_folder("whole.h5");
  ASSERT_FALSE(write_result_file(path, run_of({two_epochs()})).has_value());
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
}

TEST(ResultFile, AMissingFolderIsSaid) {
  const auto error = write_result_file("nowhere/out.h5", run_of({two_epochs()}));
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->message, "`nowhere/out.h5` cannot be written: No such file or directory");
}

// Tables in another order, tables that one replica lacks, empty arrays, nan: what is read back has
// the hash of what was recorded.
TEST(ResultFile, TheHashOfWhatIsReadBackIsThatOfWhatWasRecorded) {
  Results other = spikes_and_unequal_rows();
  record_row(other, {{"n", Tensor::vector({})}, {"x", std::nan("")}, {"flag", false}});
  record_row(other, {{"n", Tensor::vector({})}, {"x", -0.0}, {"flag", true}});
  Results mixed = two_epochs();
  record_row(mixed, {{"s", SpikeList{{1}, {1}}}, {"y", 2.0}});
  for (const auto& replicas :
       {std::vector{two_epochs()}, std::vector{other}, std::vector{two_epochs(), other, mixed},
        std::vector{mixed, Results{}}, std::vector{other, other}}) {
    const auto path = in_temporary_folder("back.h5");
    const RecordedRun run = run_of(replicas);
    ASSERT_FALSE(write_result_file(path, run).has_value());
    const auto back = read_result_file(path);
    ASSERT_TRUE(back) << back.error().message;
    ASSERT_EQ(back->replicas.size(), replicas.size());
    for (std::size_t i = 0; i < replicas.size(); ++i)
      EXPECT_EQ(hash_results(back->replicas[i].results), hash_results(replicas[i])) << i;
    EXPECT_EQ(recompute_hash(*back), back->hash);
    EXPECT_EQ(back->hash, print_hash(run));
  }
}

TEST(ResultFile, OtherFilesAreNotReadAsResults) {
  const auto path = in_temporary_folder("other.h5");
  std::ofstream(path) << "no HDF5";
  const auto read = read_result_file(path);
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("is no HDF5 file"));
  ASSERT_FALSE(write_result_file(path, run_of({two_epochs()})).has_value());
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  EXPECT_FALSE(read_result_file(path));
}

// No file of this process grows beyond so many bytes, as on a full disk.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST(WholeFile, AFullDiskLeavesTheOlderFileAlone) {
  const auto path = in_temporary_folder("older.h5");
  ASSERT_FALSE(write_whole_file(path, "older").has_value());
  std::optional<Error> error;
  {
    const SmallDisk disk(1000);
    error = write_whole_file(path, std::string(2000, 'x'));
  }
  ASSERT_TRUE(error.has_value());
  EXPECT_THAT(error->message, HasSubstr("File too large"));
  EXPECT_EQ(bytes_in(path), "older");
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
}

TEST(WholeFile, ALinkLeftBesideItIsNotFollowed) {
  const auto path = in_temporary_folder("beside.h5");
  const auto other = in_temporary_folder("other");
  ASSERT_FALSE(write_whole_file(other, "mine").has_value());
  std::filesystem::remove(path.string() + ".part");
  std::filesystem::create_symlink(other, path.string() + ".part");
  ASSERT_FALSE(write_whole_file(path, "newer").has_value());
  EXPECT_EQ(bytes_in(path), "newer");
  EXPECT_FALSE(std::filesystem::is_symlink(path));
  EXPECT_EQ(bytes_in(other), "mine");
}

}  // namespace
}  // namespace bouton::runtime
