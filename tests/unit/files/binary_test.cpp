#include "runtime/files/binary.h"

#include <gmock/gmock.h>

#include <cstring>
#include <limits>
#include <string>
#include <vector>

namespace bouton::runtime {
namespace {

using ::testing::HasSubstr;
using namespace std::string_literals;

template <typename T>
std::string bytes_of(const std::vector<T>& numbers) {
  std::string bytes(numbers.size() * sizeof(T), '\0');
  std::memcpy(bytes.data(), numbers.data(), bytes.size());
  return bytes;
}

// A version 1 file as numpy writes it.
std::string npy(const std::string& type, const std::string& shape, const std::string& numbers,
                const std::string& order = "False") {
  const std::string header =
      "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
  const auto length = static_cast<std::uint16_t>(header.size());
  return "\x93NUMPY\x01\x00"s + bytes_of<std::uint16_t>({length}) + header + numbers;
}

TEST(Npy, ReadsDoublesFloatsAndWholeNumbers) {
  EXPECT_EQ(*read_npy(npy("<f8", "(2, 2)", bytes_of<double>({1, 2.5, 3, 4}))),
            Tensor(Shape{2, 2}, {1, 2.5, 3, 4}));
  EXPECT_EQ(*read_npy(npy("<f4", "(2,)", bytes_of<float>({0.5F, -1}))), Tensor::vector({0.5, -1}));
  EXPECT_EQ(*read_npy(npy("<i8", "(2,)", bytes_of<std::int64_t>({-3, 7}))),
            Tensor::vector({-3, 7}));
  EXPECT_EQ(*read_npy(npy("|u1", "(2,)", bytes_of<std::uint8_t>({0, 255}))),
            Tensor::vector({0, 255}));
  EXPECT_EQ(*read_npy(npy("<f8", "()", bytes_of<double>({4}))), Tensor(4.0));
}

TEST(Npy, ReadsVersionTwo) {
  const std::string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }\n";
  const auto length = static_cast<std::uint32_t>(header.size());
  const std::string file =
      "\x93NUMPY\x02\x00"s + bytes_of<std::uint32_t>({length}) + header + bytes_of<double>({9});
  EXPECT_EQ(*read_npy(file), Tensor::vector({9}));
}

TEST(Npy, ATruncatedFileNamesBothSizes) {
  EXPECT_EQ(read_npy(npy("<f8", "(3,)", bytes_of<double>({1, 2}))).error().message,
            "it holds 16 bytes of numbers, but shape [3] needs 24");
  EXPECT_FALSE(read_npy("\x93NUMPY\x01\x00\xff"s).ok());
  EXPECT_EQ(read_npy("\x93NUMPY\x01\x00\xff\x00{"s).error().message, "it ends within its header");
}

TEST(Npy, EveryPrefixOfAFileIsRefusedWithoutACrash) {
  const std::string file = npy("<f8", "(2, 2)", bytes_of<double>({1, 2, 3, 4}));
  for (std::size_t length = 0; length < file.size(); ++length) {
    EXPECT_FALSE(read_npy(file.substr(0, length)).ok()) << length;
  }
}

TEST(Npy, OtherLayoutsAreRefusedWithAHint) {
  EXPECT_THAT(read_npy(npy("<f8", "(1,)", bytes_of<double>({1}), "True")).error().message,
              HasSubstr("Fortran order"));
  EXPECT_THAT(read_npy(npy(">f8", "(1,)", bytes_of<double>({1}))).error().message,
              HasSubstr("big-endian"));
  EXPECT_THAT(read_npy(npy("<c16", "(1,)", "")).error().message,
              HasSubstr("numbers of type `<c16` are not known"));
  EXPECT_THAT(read_npy("PK\x03\x04 not numpy").error().message, HasSubstr("no .npy file"));
}

TEST(Npy, AnAbsurdShapeIsRefusedBeforeMemoryIsTaken) {
  EXPECT_THAT(read_npy(npy("<f8", "(4294967296, 4294967296)", "")).error().message,
              HasSubstr("more than 2^31"));
}

TEST(Npy, WholeNumbersThatADoubleCannotHoldAreRefused) {
  EXPECT_FALSE(
      read_npy(npy("<i8", "(1,)", bytes_of<std::int64_t>({(std::int64_t{1} << 53) + 1}))).ok());
  EXPECT_FALSE(read_npy(npy("<u8", "(1,)", bytes_of<std::uint64_t>({~std::uint64_t{0}}))).ok());
}

TEST(Npy, AMissingValueIsNamedByRowAndColumn) {
  const std::string numbers =
      bytes_of<double>({1, 2, 3, 4, 5, std::numeric_limits<double>::quiet_NaN()});
  EXPECT_EQ(read_npy(npy("<f8", "(3, 2)", numbers)).error().message,
            "row 2, column 1 is nan: every value has to be a number that a double holds");
  EXPECT_EQ(read_npy(npy("<f8", "(1, 3, 2)", numbers)).error().message,
            "element [0, 2, 1] is nan: every value has to be a number that a double holds");
}

TEST(RawDoubles, TakeTheShapeTheyAreGiven) {
  const std::string bytes = bytes_of<double>({1, 2, 3, 4, 5, 6});
  EXPECT_EQ(*read_f64(bytes, Shape{3, 2}), Tensor(Shape{3, 2}, {1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(read_f64(bytes, std::nullopt)->shape(), (Shape{6}));
}

TEST(RawDoubles, AWrongSizeOrANanIsRefused) {
  const std::string bytes = bytes_of<double>({1, 2});
  EXPECT_EQ(read_f64(bytes, Shape{3}).error().message,
            "it holds 16 bytes of numbers, but shape [3] needs 24");
  EXPECT_FALSE(read_f64("12345", std::nullopt).ok());
  const std::string broken = bytes_of<double>({1, std::numeric_limits<double>::quiet_NaN()});
  EXPECT_EQ(read_f64(broken, std::nullopt).error().message,
            "row 1 is nan: every value has to be a number that a double holds");
}

}  // namespace
}  // namespace bouton::runtime
