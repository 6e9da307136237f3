#include "runtime/hdf5/result_file.h"

#include <gmock/gmock.h>
#include <hdf5.h>

#include <fstream>
#include <iterator>

#include "runtime/analysis/result_hash.h"
#include "runtime/hdf5/whole_file.h"

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
  ReadBack(const ReadBack&) = delete;
  ReadBack& operator=(const ReadBack&) = delete;
  ~ReadBack() { H5Fclose(file_); }

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

RunDescription description() {
  return {"main.bouton",
          42,
          "single",
          {{"n", 7.0}, {"method", "sal"}, {"dims", Tensor::vector({1, 1, 1})}},
          {{"weights", "mV"}}};
}

TEST(ResultFile, RowsOfOneShapeBecomeOneDataset) {
  const auto path = in_temporary_folder("rows.h5");
  ASSERT_FALSE(write_result_file(path, two_epochs(), description()).has_value());
  const ReadBack file(path);
  EXPECT_THAT(file.extents("tables/0/weights"), ElementsAre(2, 2, 2));
  EXPECT_THAT(file.numbers("tables/0/weights"), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
  EXPECT_THAT(file.numbers("tables/0/epoch"), ElementsAre(0, 500));
}

TEST(ResultFile, SaysSeedParametersUnitsAndHash) {
  const auto path = in_temporary_folder("described.h5");
  ASSERT_FALSE(write_result_file(path, two_epochs(), description()).has_value());
  const ReadBack file(path);
  EXPECT_EQ(file.seed(), 42U);
  EXPECT_EQ(file.text_attribute("/", "precision"), "single");
  EXPECT_THAT(file.numbers("parameters/n"), ElementsAre(7));
  EXPECT_THAT(file.numbers("parameters/dims"), ElementsAre(1, 1, 1));
  EXPECT_EQ(file.text_attribute("tables/0/weights", "unit"), "mV");
  EXPECT_EQ(file.text_attribute("tables/0/epoch", "unit"), "1");
  EXPECT_EQ(file.text_attribute("/", "hash"), print_hash(hash_results(two_epochs())));
  EXPECT_EQ(file.text_attribute("/", "source"), "main.bouton");
}

TEST(ResultFile, SpikesAndUnequalRowsHaveOneMemberPerRow) {
  Results results;
  record_row(results, {{"s", SpikeList{{1, 2}, {0, 3}}}, {"y", Tensor::vector({1})}});
  record_row(results, {{"s", SpikeList{}}, {"y", Tensor::vector({1, 2})}});
  const auto path = in_temporary_folder("spikes.h5");
  ASSERT_FALSE(write_result_file(path, results, {}).has_value());
  const ReadBack file(path);
  EXPECT_THAT(file.numbers("tables/0/s/0/neuron"), ElementsAre(0, 3));
  EXPECT_THAT(file.extents("tables/0/s/1/step"), ElementsAre(0));
  EXPECT_THAT(file.numbers("tables/0/y/1"), ElementsAre(1, 2));
}

TEST(ResultFile, TruthsListsAndRecordsAreKept) {
  Results results;
  record_row(results, {{"ok", true},
                       {"pair", List{{1.0, "x"}}},
                       {"p", Record{{{"marginals", Tensor::vector({0.5})}}}}});
  const auto path = in_temporary_folder("mixed.h5");
  ASSERT_FALSE(write_result_file(path, results, {}).has_value());
  const ReadBack file(path);
  EXPECT_THAT(file.numbers("tables/0/ok"), ElementsAre(1));
  EXPECT_THAT(file.numbers("tables/0/pair/0/0"), ElementsAre(1));
  EXPECT_THAT(file.numbers("tables/0/p/0/marginals"), ElementsAre(0.5));
}

TEST(ResultFile, EqualRunsGiveEqualBytes) {
  const auto first = in_temporary_folder("first.h5");
  const auto second = in_temporary_folder("second.h5");
  ASSERT_FALSE(write_result_file(first, two_epochs(), description()).has_value());
  ASSERT_FALSE(write_result_file(second, two_epochs(), description()).has_value());
  EXPECT_GT(bytes_in(first).size(), 100U);
  EXPECT_EQ(bytes_in(first), bytes_in(second));
}

TEST(ResultFile, NoPartIsLeftBehind) {
  const auto path = in_temporary_folder("whole.h5");
  ASSERT_FALSE(write_result_file(path, two_epochs(), {}).has_value());
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
}

TEST(ResultFile, AMissingFolderIsSaid) {
  const auto error = write_result_file("nowhere/out.h5", two_epochs(), {});
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->message, "`nowhere/out.h5` cannot be written: No such file or directory");
}

TEST(WholeFile, AFullDiskLeavesTheOlderFileAlone) {
  const auto path = in_temporary_folder("older.h5");
  ASSERT_FALSE(write_whole_file(path, "older").has_value());
  // Everything written to this device fails for want of space.
  std::filesystem::remove(path.string() + ".part");
  std::filesystem::create_symlink("/dev/full", path.string() + ".part");
  const auto error = write_whole_file(path, "newer");
  ASSERT_TRUE(error.has_value());
  EXPECT_THAT(error->message, HasSubstr("No space left on device"));
  EXPECT_EQ(bytes_in(path), "older");
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
}

}  // namespace
}  // namespace bouton::runtime
