#include "runtime/files/binary.h"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "runtime/files/number_at.h"

namespace bouton::runtime {
namespace {

static_assert(std::endian::native == std::endian::little,
              "the readers copy little-endian numbers as they are");

template <typename T>
T load_as(const char* from) {
  T number;
  std::memcpy(&number, from, sizeof(T));
  return number;
}

// Numbers of type T that a double holds exactly; anything else has no value.
template <typename T>
std::optional<double> number_at(const char* from) {
  const T number = load_as<T>(from);
  const auto real = static_cast<double>(number);
  if constexpr (sizeof(T) == 8 && std::is_integral_v<T>) {
    constexpr T kLargestExact = T{1} << 53;
    if (number > kLargestExact || (std::is_signed_v<T> && number < T{0} - kLargestExact))
      return std::nullopt;
  }
  if (std::isnan(real)) return std::nullopt;
  return real;
}

struct NumberType {
  std::string_view code;  // as numpy writes it after the byte order
  std::size_t bytes;
  std::optional<double> (*read)(const char*);
  bool is_real = false;
};

constexpr NumberType kNumberTypes[] = {
    {"f8", 8, number_at<double>, true},  {"f4", 4, number_at<float>, true},
    {"i8", 8, number_at<std::int64_t>},  {"i4", 4, number_at<std::int32_t>},
    {"i2", 2, number_at<std::int16_t>},  {"i1", 1, number_at<std::int8_t>},
    {"u8", 8, number_at<std::uint64_t>}, {"u4", 4, number_at<std::uint32_t>},
    {"u2", 2, number_at<std::uint16_t>}, {"u1", 1, number_at<std::uint8_t>},
    {"b1", 1, number_at<std::uint8_t>},
};

Result<Tensor> read_numbers(std::string_view bytes, const Shape& shape, const NumberType& type) {
  const std::size_t expected = shape.elements() * type.bytes;
  if (bytes.size() != expected) {
    return Error{fmt::format("it holds {} bytes of numbers, but shape {} needs {}", bytes.size(),
                             print_shape(shape), expected)};
  }
  std::vector<double> numbers(shape.elements());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::optional<double> number = type.read(bytes.data() + i * type.bytes);
    if (!number) return Error{unusable_number(shape, i, type.is_real ? kNan : kBeyondDouble)};
    numbers[i] = *number;
  }
  return Tensor(shape, std::move(numbers));
}

struct Parts {
  std::string_view header;
  std::string_view numbers;
};

// Magic text, two bytes of version, the length of the header in 2 (version 1) or 4 bytes, the
// header, the numbers.
Result<Parts> split_npy(std::string_view bytes) {
  constexpr std::string_view kMagic = "\x93NUMPY";
  if (!bytes.starts_with(kMagic) || bytes.size() < 10)
    return Error{"it is no .npy file: the first bytes are wrong"};
  const int version = static_cast<unsigned char>(bytes[6]);
  if (version != 1 && version != 2)
    return Error{fmt::format("version {} of .npy is not known: 1 and 2 are", version)};
  const std::size_t start = version == 1 ? 10 : 12;
  if (bytes.size() < start) return Error{"it ends within its header"};
  const std::size_t length = version == 1 ? load_as<std::uint16_t>(bytes.data() + 8)
                                          : load_as<std::uint32_t>(bytes.data() + 8);
  if (bytes.size() - start < length) return Error{"it ends within its header"};
  return Parts{bytes.substr(start, length), bytes.substr(start + length)};
}

// The text after `'key':` in the header, which numpy writes as a Python dictionary; empty if there
// is no such key.
std::string_view after_key(std::string_view header, std::string_view key) {
  const std::size_t found = header.find(fmt::format("'{}':", key));
  if (found == std::string_view::npos) return {};
  std::string_view rest = header.substr(found + key.size() + 3);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  return rest;
}

Result<const NumberType*> parse_type(std::string_view header) {
  const std::string_view rest = after_key(header, "descr");
  const std::size_t close = rest.starts_with('\'') ? rest.find('\'', 1) : std::string_view::npos;
  if (close == std::string_view::npos) return Error{"its header names no simple number type"};
  const std::string_view name = rest.substr(1, close - 1);
  if (name.starts_with('>'))
    return Error{fmt::format("numbers of type `{}` are big-endian: save them as `<f8`", name)};
  for (const NumberType& type : kNumberTypes) {
    if (!name.empty() && name.substr(1) == type.code) return &type;
  }
  return Error{fmt::format("numbers of type `{}` are not known: save them as float64", name)};
}

Result<Shape> parse_shape(std::string_view header) {
  std::string_view rest = after_key(header, "shape");
  const std::size_t close = rest.find(')');
  if (!rest.starts_with('(') || close == std::string_view::npos)
    return Error{"its header has no shape"};
  rest = rest.substr(1, close - 1);
  std::vector<std::size_t> extents;
  while (!rest.empty()) {
    if (rest.front() == ' ' || rest.front() == ',') {
      rest.remove_prefix(1);
      continue;
    }
    std::size_t extent = 0;
    const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), extent);
    if (failure != std::errc()) return Error{"its header has no readable shape"};
    extents.push_back(extent);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  }
  return make_shape(extents);
}

}  // namespace

Result<Tensor> read_npy(std::string_view bytes) {
  const Result<Parts> parts = split_npy(bytes);
  if (!parts) return parts.error();
  if (!after_key(parts->header, "fortran_order").starts_with("False")) {
    return Error{"it is in Fortran order: save it with `numpy.ascontiguousarray`"};
  }
  const Result<const NumberType*> type = parse_type(parts->header);
  if (!type) return type.error();
  const Result<Shape> shape = parse_shape(parts->header);
  if (!shape) return shape.error();
  return read_numbers(parts->numbers, *shape, **type);
}

Result<Tensor> read_f64(std::string_view bytes, const std::optional<Shape>& shape) {
  if (bytes.size() % 8 != 0)
    return Error{fmt::format("{} bytes are no whole number of doubles", bytes.size())};
  return read_numbers(bytes, shape ? *shape : Shape{bytes.size() / 8}, kNumberTypes[0]);
}

}  // namespace bouton::runtime
