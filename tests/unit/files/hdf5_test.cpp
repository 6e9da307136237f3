#include "runtime/files/hdf5.h"

#include <gmock/gmock.h>
#include <hdf5.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

namespace bouton::runtime {
namespace {

using ::testing::HasSubstr;

std::string bytes_in(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A file with the datasets that a test adds to it.
class File {
 public:
  explicit File(const std::string& name)
      : path_(std::filesystem::path(testing::TempDir()) / (name + ".h5")),
        id_(H5Fcreate(path_.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT)) {}

  template <typename Number>
  File& with(const std::string& name, hid_t type, const std::vector<hsize_t>& sizes,
             const std::vector<Number>& numbers) {
    const hid_t space = H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr);
    const hid_t links = H5Pcreate(H5P_LINK_CREATE);
    H5Pset_create_intermediate_group(links, 1);
    const hid_t dataset =
        H5Dcreate2(id_, name.c_str(), type, space, links, H5P_DEFAULT, H5P_DEFAULT);
    H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data());
    H5Dclose(dataset);
    H5Pclose(links);
    H5Sclose(space);
    return *this;
  }
  std::string bytes() {
    H5Fclose(id_);
    return bytes_in(path_);
  }

 private:
  std::filesystem::path path_;
  hid_t id_;
};

std::string message_of(const std::string& bytes, const std::optional<std::string>& at) {
  const auto numbers = read_hdf5(bytes, at);
  return numbers ? "" : numbers.error().message;
}

TEST(Hdf5, ReadsADatasetByItsPath) {
  File file("path");
  file.with<double>("train/inputs", H5T_NATIVE_DOUBLE, {2, 3}, {1, 2, 3, 4, 5, 6});
  file.with<double>("train/targets", H5T_NATIVE_DOUBLE, {2}, {0.5, 0.25});
  const std::string bytes = file.bytes();
  EXPECT_EQ(*read_hdf5(bytes, "train/inputs"), Tensor(Shape{2, 3}, {1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(*read_hdf5(bytes, "/train/targets"), Tensor::vector({0.5, 0.25}));
}

TEST(Hdf5, TheOnlyDatasetNeedsNoPath) {
  const std::string bytes = File("only").with<float>("x", H5T_NATIVE_FLOAT, {2}, {1, 2.5}).bytes();
  EXPECT_EQ(*read_hdf5(bytes, std::nullopt), Tensor::vector({1, 2.5}));
}

TEST(Hdf5, SeveralDatasetsAreListed) {
  File file("several");
  file.with<double>("a", H5T_NATIVE_DOUBLE, {1}, {1})
      .with<double>("b", H5T_NATIVE_DOUBLE, {1}, {2});
  const std::string bytes = file.bytes();
  EXPECT_EQ(message_of(bytes, std::nullopt), "`at` has to say which dataset: there are `a`, `b`");
  EXPECT_EQ(message_of(bytes, "c"), "there is no dataset `c`; there are `a`, `b`");
}

TEST(Hdf5, WholeNumbersAreReadAsFarAsADoubleHoldsThem) {
  const std::int64_t largest = std::int64_t{1} << 53;
  File file("whole");
  file.with<std::int64_t>("fits", H5T_NATIVE_INT64, {2}, {-largest, largest});
  file.with<std::int64_t>("large", H5T_NATIVE_INT64, {1, 2}, {1, largest + 1});
  file.with<std::uint64_t>("huge", H5T_NATIVE_UINT64, {1}, {~std::uint64_t{0}});
  file.with<std::uint8_t>("truth", H5T_NATIVE_UINT8, {2}, {1, 0});
  const std::string bytes = file.bytes();
  EXPECT_EQ(*read_hdf5(bytes, "fits"), Tensor::vector({-0x1p53, 0x1p53}));
  EXPECT_EQ(*read_hdf5(bytes, "truth"), Tensor::vector({1, 0}));
  EXPECT_THAT(message_of(bytes, "large"),
              HasSubstr("`large`: row 0, column 1 is a whole number beyond 2^53"));
  EXPECT_THAT(message_of(bytes, "huge"), HasSubstr("row 0 is a whole number beyond 2^53"));
}

TEST(Hdf5, AMissingValueIsNamedByRowAndColumn) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::string bytes =
      File("missing").with<double>("x", H5T_NATIVE_DOUBLE, {2, 2}, {1, 2, nan, 4}).bytes();
  EXPECT_EQ(message_of(bytes, "x"),
            "`x`: row 1, column 0 is nan: every value has to be a number that a double holds");
}

TEST(Hdf5, TextsAreNoNumbers) {
  const hid_t text = H5Tcopy(H5T_C_S1);
  H5Tset_size(text, 3);
  const std::string bytes =
      File("texts").with<char>("names", text, {2}, {'a', 'b', 'c', 'd', 'e', 'f'}).bytes();
  H5Tclose(text);
  EXPECT_EQ(message_of(bytes, "names"), "`names`: it holds texts, and no numbers");
}

TEST(Hdf5, OtherBytesAreRefused) {
  EXPECT_EQ(message_of("no such thing", std::nullopt), "it is no HDF5 file");
  const std::string bytes = File("cut").with<double>("x", H5T_NATIVE_DOUBLE, {1}, {1}).bytes();
  EXPECT_FALSE(read_hdf5(bytes.substr(0, bytes.size() / 2), std::nullopt).ok());
}

TEST(Hdf5, FiveAxesAreTooMany) {
  const std::string bytes =
      File("axes").with<double>("x", H5T_NATIVE_DOUBLE, {1, 1, 1, 1, 1}, {1}).bytes();
  EXPECT_THAT(message_of(bytes, "x"), HasSubstr("`x`: "));
}

}  // namespace
}  // namespace bouton::runtime
