#include "runtime/hdf5/result_file.h"

#include <gmock/gmock.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>
#include <utility>

#include "runtime/analysis/result_hash.h"
#include "runtime/hdf5/read_result_file.h"

namespace bouton::runtime {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsNan;

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
    H5Aread(attribute, type, static_cast<void*>(&text));
    const std::string copy = text == nullptr ? "" : text;
    H5free_memory(text);
    H5Tclose(type);
    H5Aclose(attribute);
    return copy;
  }
  [[nodiscard]] std::vector<std::string> dimensions(const char* name) const {
    std::vector<std::string> labels;
    const hid_t dataset = H5Dopen2(file_, name, H5P_DEFAULT);
    for (unsigned axis = 0; axis < extents(name).size(); ++axis) {
      char label[100] = "";
      H5DSget_label(dataset, axis, label, sizeof label);
      labels.emplace_back(label);
    }
    H5Dclose(dataset);
    return labels;
  }
  // How many coordinates are attached to each dimension.
  [[nodiscard]] std::vector<int> scales(const char* name) const {
    std::vector<int> counts;
    const hid_t dataset = H5Dopen2(file_, name, H5P_DEFAULT);
    for (unsigned axis = 0; axis < extents(name).size(); ++axis)
      counts.push_back(H5DSget_num_scales(dataset, axis));
    H5Dclose(dataset);
    return counts;
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

// Recorded in memory.
struct Recording {
  RecordedRun recorded;
  std::vector<Results> results;

  [[nodiscard]] ForEachRow rows() const {
    return [this](const TakeRow& take) -> std::optional<Error> {
      for (std::size_t replica = 0; replica < results.size(); ++replica)
        for (std::size_t table = 0; table < results[replica].tables.size(); ++table)
          for (const auto& row : results[replica].tables[table].rows) take({replica, table, row});
      return std::nullopt;
    };
  }
  [[nodiscard]] std::vector<std::uint64_t> hashes() const {
    std::vector<std::uint64_t> all;
    for (const Results& one : results) all.push_back(hash_results(one));
    return all;
  }
  [[nodiscard]] std::optional<Error> write(const std::filesystem::path& path) const {
    return write_result_file(path, recorded, rows(), hashes());
  }
};

Recording run_of(std::vector<Results> replicas) {
  Recording run;
  RunDescription& description = run.recorded.description;
  description.program = "main.bouton";
  description.precision = "single";
  description.first_seed = 42;
  description.replicas = replicas.size();
  description.timestep = 0.5;
  description.sources = {{"main.bouton", "experiment X() {}"}, {"rule.bouton", "rule"}};
  description.parameters = {{"n", 7.0, "1"}, {"tau", Tensor::vector({1, 2}), "ms"}};
  description.tables = {{{"epoch", "1", ""}, {"weights", "mV", ""}, {"method", "1", ""}},
                        {{"s", "1", "z"}, {"y", "ms", ""}}};
  for (const Results& results : replicas) {
    RecordedReplica& replica = run.recorded.replicas.emplace_back();
    replica.end = ReplicaEnd{};
    for (const ResultTable& table : results.tables)
      replica.tables.push_back({table.names, table.rows.size()});
  }
  run.results = std::move(replicas);
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
ReadBack written(const std::string& name, const Recording& run) {
  const auto path = in_temporary_folder(name);
  const auto error = run.write(path);
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
  Recording run = run_of({two_epochs(), two_epochs()});
  run.recorded.replicas[1].end.reset();
  run.recorded.stopped = "interrupted";
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

TEST(ResultFile, RowsOfDifferentShapesArePadded) {
  const ReadBack file = written("unequal.h5", run_of({spikes_and_unequal_rows()}));
  EXPECT_THAT(file.extents("tables/0/y"), ElementsAre(3, 2));
  EXPECT_THAT(file.numbers("tables/0/y"), ElementsAre(1, IsNan(), 1, 2, 3, IsNan()));
  EXPECT_THAT(file.numbers("shapes/0/y"), ElementsAre(1, 2, 1));
  EXPECT_EQ(file.text_attribute("tables/0/y", "unit"), "ms");
}

TEST(ResultFile, RowsOfVeryDifferentShapesHaveOneMemberEach) {
  Results results;
  for (int i = 0; i < 100; ++i) record_row(results, {{"y", Tensor::vector({1.0 * i})}});
  record_row(results, {{"y", Tensor::vector(std::vector<double>(10000, 0.5))}});
  record_row(results, {{"y", Tensor::vector({7})}});
  const ReadBack file = written("members.h5", run_of({results}));
  EXPECT_THAT(file.numbers("tables/0/y/99"), ElementsAre(99));
  EXPECT_THAT(file.extents("tables/0/y/100"), ElementsAre(10000));
  EXPECT_THAT(file.numbers("tables/0/y/101"), ElementsAre(7));
}

TEST(ResultFile, ReplicasWithEquallyManyRowsAreTheFirstAxis) {
  const ReadBack file = written("replicas.h5", run_of({two_epochs(), two_epochs(), two_epochs()}));
  EXPECT_THAT(file.extents("tables/0/weights"), ElementsAre(3, 2, 2, 2));
  EXPECT_THAT(file.extents("tables/0/method"), ElementsAre(3, 2));
  EXPECT_THAT(file.numbers("replicas/seed"), ElementsAre(42, 43, 44));
}

TEST(ResultFile, RowsThatAReplicaHasNotRecordedAreNan) {
  Results longer = two_epochs();
  record_row(longer, {{"epoch", 900.0}, {"weights", Tensor(Shape{2, 2})}, {"method", "sal"}});
  const ReadBack file = written("ragged.h5", run_of({two_epochs(), longer, Results{}}));
  EXPECT_THAT(file.extents("tables/0/epoch"), ElementsAre(3, 3));
  EXPECT_THAT(file.numbers("tables/0/epoch"),
              ElementsAre(0, 500, IsNan(), 0, 500, 900, IsNan(), IsNan(), IsNan()));
  EXPECT_THAT(file.numbers("rows/0"), ElementsAre(2, 3, 0));
}

// As a user reads it: by the names of the axes.
TEST(ResultFile, AxesOfASweepAreDimensionsWithCoordinates) {
  Recording run = run_of(std::vector<Results>(12, two_epochs()));
  run.recorded.description.sweep = "Figure";
  run.recorded.description.axes = {{"lr", "1", {0.1, 0.2, 0.5}}, {"method", "1", {"sal", "bp"}}};
  const ReadBack file = written("sweep.h5", run);
  EXPECT_THAT(file.extents("tables/0/weights"), ElementsAre(3, 2, 2, 2, 2, 2));
  EXPECT_THAT(file.numbers("lr"), ElementsAre(0.1, 0.2, 0.5));
  EXPECT_THAT(file.numbers("seed"), ElementsAre(42, 43));
  EXPECT_EQ(file.text_attribute("/", "sweep"), "Figure");
  EXPECT_THAT(file.dimensions("tables/0/epoch"), ElementsAre("lr", "method", "seed", "row"));
  EXPECT_THAT(file.scales("tables/0/epoch"), ElementsAre(1, 1, 1, 1));
  EXPECT_THAT(file.dimensions("tables/0/weights"),
              ElementsAre("lr", "method", "seed", "row", "weights_0", "weights_1"));
}

TEST(ResultFile, ASweepWithoutAxesIsASweep) {
  Recording run = run_of({two_epochs(), two_epochs()});
  run.recorded.description.sweep = "Seeds";
  const ReadBack file = written("seeds.h5", run);
  EXPECT_EQ(file.text_attribute("/", "sweep"), "Seeds");
}

TEST(ResultFile, ReplicasAreNamedByPointAndSeed) {
  Recording run = run_of(std::vector<Results>(4, two_epochs()));
  run.recorded.description.sweep = "Figure";
  run.recorded.description.axes = {{"lr", "1", {0.1, 0.2}}};
  const auto path = in_temporary_folder("names.h5");
  ASSERT_FALSE(run.write(path).has_value());
  const auto back = read_result_file(path);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->replicas[2].name, "lr = 0.2, seed 42");
  EXPECT_EQ(back->replicas[3].name, "lr = 0.2, seed 43");
}

// Values that are no coordinates stand beside them.
TEST(ResultFile, AnAxisOfArraysIsCounted) {
  Recording run = run_of({two_epochs(), two_epochs()});
  run.recorded.description.axes = {
      {"tables", "mV", {Tensor::vector({1, 2}), Tensor::vector({3, 4, 5})}}};
  const ReadBack file = written("arrays.h5", run);
  EXPECT_THAT(file.numbers("tables_axis"), ElementsAre(0, 1));
  EXPECT_THAT(file.numbers("axes/tables/1"), ElementsAre(3, 4, 5));
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
  ASSERT_FALSE(run_of({two_epochs()}).write(first).has_value());
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // HDF5 notes times in seconds
  ASSERT_FALSE(run_of({two_epochs()}).write(second).has_value());
  EXPECT_GT(bytes_in(first).size(), 100U);
  EXPECT_EQ(bytes_in(first), bytes_in(second));
}

TEST(ResultFile, NoPartIsLeftBehind) {
  const auto path = in_temporary_folder("whole.h5");
  ASSERT_FALSE(run_of({two_epochs()}).write(path).has_value());
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
}

TEST(ResultFile, AMissingFolderIsSaid) {
  const auto error = run_of({two_epochs()}).write("nowhere/out.h5");
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
    Recording run = run_of(replicas);
    const std::uint64_t seed = run.recorded.description.first_seed = ~std::uint64_t{0} - 1;
    ASSERT_FALSE(run.write(path).has_value());
    const auto back = read_result_file(path);
    ASSERT_TRUE(back) << back.error().message;
    ASSERT_EQ(back->replicas.size(), replicas.size());
    for (std::size_t i = 0; i < replicas.size(); ++i) {
      EXPECT_EQ(hash_results(back->replicas[i].results), hash_results(replicas[i])) << i;
      EXPECT_EQ(back->replicas[i].seed, seed + i) << "seeds of all sizes are kept";
    }
    EXPECT_EQ(recompute_hash(*back), back->hash);
    EXPECT_EQ(back->hash, print_hash(hash_run(run.recorded.description, run.hashes())));
  }
}

TEST(ResultFile, OtherFilesAreNotReadAsResults) {
  const auto path = in_temporary_folder("other.h5");
  std::ofstream(path) << "no HDF5";
  const auto read = read_result_file(path);
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("is no HDF5 file"));
  ASSERT_FALSE(run_of({two_epochs()}).write(path).has_value());
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  EXPECT_FALSE(read_result_file(path));
}

// HDF5 must not see it: it would crash when the program ends.
TEST(ResultFile, AFullDiskIsSaidAndLeavesNothing) {
  const auto path = in_temporary_folder("too_large.h5");
  std::filesystem::remove(path);
  Results results;
  for (int i = 0; i < 200; ++i)
    record_row(results, {{"x", Tensor::vector(std::vector<double>(1000, 1.0 * i))}, {"t", "text"}});
  const auto restore = std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  for (const rlim_t size : {rlim_t{0}, rlim_t{1000}, rlim_t{100000}, rlim_t{1000000}}) {
    rlimit small = before;
    small.rlim_cur = size;
    setrlimit(RLIMIT_FSIZE, &small);
    const auto error = run_of({results, results}).write(path);
    setrlimit(RLIMIT_FSIZE, &before);
    ASSERT_TRUE(error.has_value()) << size;
    EXPECT_THAT(error->message, HasSubstr("File too large"));
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
  }
  std::signal(SIGXFSZ, restore);
  EXPECT_FALSE(run_of({results, results}).write(path).has_value());
}

}  // namespace
}  // namespace bouton::runtime
