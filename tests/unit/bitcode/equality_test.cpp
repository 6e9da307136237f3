// Every exported function, in every width, from every compiler and set of flags, against the scalar
// form that g++ makes without optimisation: the same bits, on special values, dense arguments and
// random bit patterns.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "tests/unit/bitcode/exports.h"

namespace bouton::runtime::bitcode::tests {

std::span<const Export> gxx_plain_exports();
std::span<const Export> gxx_native_exports();
std::span<const Export> clang_native_exports();
std::span<const Export> bouton_exports();

namespace {

constexpr std::size_t kBlocks = 300;
constexpr std::size_t kWidest = 16;
constexpr std::size_t kCount = kBlocks * kWidest;

std::size_t size_of(std::string_view element) { return element == "f32" ? 4 : 8; }

// Elements of any kind, in memory as aligned as the widest vector wants it.
class Column {
 public:
  explicit Column(std::string_view element, std::size_t count = kCount)
      : element_(element), blocks_(count * size_of(element) / sizeof(Block)) {}

  void* at(std::size_t index) { return bytes() + index * size_of(element_); }

  template <class T>
  T get(std::size_t index) {
    T value;
    std::memcpy(&value, at(index), sizeof(T));
    return value;
  }
  template <class T>
  void set(std::size_t index, T value) {
    std::memcpy(at(index), &value, sizeof(T));
  }

 private:
  struct alignas(128) Block {
    unsigned char bytes[128];
  };
  unsigned char* bytes() { return blocks_.data()->bytes; }

  std::string_view element_;
  std::vector<Block> blocks_;
};

template <class Real>
const std::vector<Real>& special_values() {
  using Limits = std::numeric_limits<Real>;
  static const std::vector<Real> values = {Real(0.0),
                                           Real(-0.0),
                                           Limits::infinity(),
                                           -Limits::infinity(),
                                           Limits::quiet_NaN(),
                                           Real(1),
                                           Real(-1),
                                           Limits::min(),
                                           -Limits::min(),
                                           Limits::denorm_min(),
                                           Real(0.5),
                                           Real(-0.5),
                                           Limits::max(),
                                           Limits::lowest(),
                                           -Limits::denorm_min(),
                                           Real(1.5),
                                           Real(2.5),
                                           Real(-2.5),
                                           Real(3),
                                           Real(-3),
                                           Real(88.7),
                                           Real(-103),
                                           Real(709.7),
                                           Real(-745),
                                           Real(-708.5),
                                           Real(1e8),
                                           Real(1.1e8),
                                           Limits::epsilon() / 8};
  return values;
}

template <class Real, class Bits>
Real argument_for(std::size_t index, std::mt19937_64& generator) {
  const auto& special = special_values<Real>();
  if (index < special.size() * special.size()) {
    const bool is_first = generator() % 2 == 0;
    return special[is_first ? index % special.size() : index / special.size()];
  }
  const auto unit = static_cast<Real>(std::uniform_real_distribution<double>(-1, 1)(generator));
  if (index % 4 == 0) return std::bit_cast<Real>(static_cast<Bits>(generator()));
  if (index % 4 == 1) return unit;
  return unit * (index % 4 == 2 ? Real(10) : Real(200));
}

void fill(Column& column, const Export& function, std::mt19937_64& generator) {
  for (std::size_t i = 0; i < kCount; ++i) {
    if (function.in == "f32") {
      column.set(i, argument_for<float, std::uint32_t>(i, generator));
    } else if (function.in == "f64") {
      const auto x = argument_for<double, std::uint64_t>(i, generator);
      const bool of_inputs = function.name == "to_fixed44" || function.name == "to_fixed12";
      const bool is_out_of_range = of_inputs && !(std::abs(x) < 0x1p19);
      column.set(i, is_out_of_range ? 0.25 : x);
    } else {
      column.set(i, generator() >> (i % 3 == 0 ? 32 : 0));
    }
  }
}

std::vector<Column> arguments_for(const Export& function) {
  std::mt19937_64 generator(20240607);
  std::vector<Column> arguments(static_cast<std::size_t>(function.arity), Column(function.in));
  for (Column& column : arguments) fill(column, function, generator);
  return arguments;
}

// Result r of argument i stands at r * kCount + i, whatever the width.
Column results_of(const Export& function, std::vector<Column>& arguments) {
  const auto count = static_cast<std::size_t>(function.results);
  const auto width = static_cast<std::size_t>(function.width);
  Column results(function.out, count * kCount);
  Column buffer(function.out, 4 * kWidest);
  for (std::size_t i = 0; i < kCount; i += width) {
    const void* pointers[4] = {};
    for (std::size_t a = 0; a < arguments.size(); ++a) pointers[a] = arguments[a].at(i);
    function.call(pointers, buffer.at(0));
    for (std::size_t r = 0; r < count; ++r) {
      std::memcpy(results.at(r * kCount + i), buffer.at(r * width), width * size_of(function.out));
    }
  }
  return results;
}

template <class Bits, class Real>
bool same(Column& a, Column& b, std::size_t index, bool is_real) {
  if (a.get<Bits>(index) == b.get<Bits>(index)) return true;
  return is_real && std::isnan(a.get<Real>(index)) && std::isnan(b.get<Real>(index));
}

std::size_t count_differences(std::string_view out, Column& a, Column& b,
                              std::size_t values = kCount) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < values; ++i) {
    const bool is_same = out == "f32" ? same<std::uint32_t, float>(a, b, i, true)
                                      : same<std::uint64_t, double>(a, b, i, out == "f64");
    count += is_same ? 0 : 1;
  }
  return count;
}

void expect_equal_to_plain(std::span<const Export> build) {
  const std::span<const Export> plain = gxx_plain_exports();
  ASSERT_EQ(build.size(), plain.size());
  for (std::size_t i = 0; i < build.size(); ++i) {
    const Export& scalar = plain[i / 5 * 5];  // functions.def: widths 1, 2, 4, 8, 16 in turn
    ASSERT_EQ(scalar.width, 1);
    ASSERT_EQ(scalar.name, build[i].name);
    std::vector<Column> arguments = arguments_for(scalar);
    Column expected = results_of(scalar, arguments);
    Column got = results_of(build[i], arguments);
    const std::size_t values = kCount * static_cast<std::size_t>(scalar.results);
    EXPECT_EQ(count_differences(scalar.out, expected, got, values), 0U)
        << build[i].name << "_" << build[i].in << "x" << build[i].width;
  }
}

TEST(BitEquality, VectorsWithoutOptimisationAgreeWithScalars) {
  expect_equal_to_plain(gxx_plain_exports());
}

TEST(BitEquality, OptimisedNativeCodeAgreesWithScalars) {
  expect_equal_to_plain(gxx_native_exports());
}

TEST(BitEquality, NativeClangCodeAgreesWithScalars) {
  expect_equal_to_plain(clang_native_exports());
}

TEST(BitEquality, TheBitcodeAgreesWithScalars) { expect_equal_to_plain(bouton_exports()); }

TEST(BitEquality, ADifferenceInTheLastPlaceIsCounted) {
  Column a("f64");
  Column b("f64");
  b.set(7, std::numeric_limits<double>::denorm_min());
  EXPECT_EQ(count_differences("f64", a, b), 1U);
}

}  // namespace
}  // namespace bouton::runtime::bitcode::tests
