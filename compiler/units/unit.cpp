#include "compiler/units/unit.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

#include "compiler/base/check.h"

namespace bouton::units {

namespace {

constexpr Dimension kLength = Dimension::base(Base::Length);
constexpr Dimension kAmount = Dimension::base(Base::Amount);

constexpr auto kUnits = std::to_array<Unit>({
#define BOUTON_QUANTITY(name, dimension)
#define BOUTON_UNIT(name, dimension, multiplier, power) {#name, dimension, multiplier, power},
#include "compiler/units/units.def"
#undef BOUTON_QUANTITY
#undef BOUTON_UNIT
});

constexpr auto kQuantities = std::to_array<Quantity>({
#define BOUTON_QUANTITY(name, dimension) {#name, dimension},
#define BOUTON_UNIT(name, dimension, multiplier, power)
#include "compiler/units/units.def"
#undef BOUTON_QUANTITY
#undef BOUTON_UNIT
});

// Words for units, with and without the s of their plural.
struct Spelling {
  std::string_view word;
  std::string_view unit;
};
constexpr auto kSpellings = std::to_array<Spelling>({
    {"sec", "s"},         {"secs", "s"},         {"second", "s"},        {"seconds", "s"},
    {"msec", "ms"},       {"msecs", "ms"},       {"millisecond", "ms"},  {"milliseconds", "ms"},
    {"usec", "us"},       {"microsecond", "us"}, {"microseconds", "us"}, {"nsec", "ns"},
    {"minute", "min"},    {"minutes", "min"},    {"mins", "min"},        {"hertz", "Hz"},
    {"volt", "V"},        {"volts", "V"},        {"millivolt", "mV"},    {"millivolts", "mV"},
    {"amp", "A"},         {"ampere", "A"},       {"amperes", "A"},       {"ohm", "Ohm"},
    {"ohms", "Ohm"},      {"siemens", "S"},      {"farad", "F"},         {"farads", "F"},
    {"meter", "m"},       {"metre", "m"},        {"meters", "m"},        {"metres", "m"},
    {"µs", "us"},         {"μs", "us"},          {"µm", "um"},           {"μm", "um"},
    {"micrometer", "um"}, {"micrometre", "um"},  {"micron", "um"},       {"molar", "M"},
});

// Coherent are kHz and GOhm.
constexpr auto kUsualWhereNotCoherent = std::to_array<std::string_view>({"Hz", "MOhm"});

template <typename Row>
std::optional<Row> find_row(std::span<const Row> rows, std::string_view name) {
  for (const Row& row : rows)
    if (row.name == name) return row;
  return std::nullopt;
}

struct Decimal {
  std::string_view mantissa;
  int exponent;
};

Decimal split_exponent(std::string_view spelling) {
  const std::size_t mark = spelling.find_first_of("eE");
  if (mark == std::string_view::npos) return {spelling, 0};
  std::string_view digits = spelling.substr(mark + 1);
  if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
  int exponent = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
  // An exponent beyond int is beyond every double, too.
  constexpr int kHuge = 1000000;
  if (read.ec == std::errc::result_out_of_range || exponent > kHuge || exponent < -kHuge)
    exponent = digits.front() == '-' ? -kHuge : kHuge;
  return {spelling.substr(0, mark), exponent};
}

double read_decimal(const std::string& text, int exponent) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec == std::errc::result_out_of_range)
    return exponent < 0 ? 0.0 : std::numeric_limits<double>::infinity();
  BOUTON_CHECK(read.ec == std::errc{}, "not a number literal");
  return value;
}

}  // namespace

std::span<const Unit> units() { return kUnits; }
std::span<const Quantity> quantities() { return kQuantities; }

std::optional<Unit> find_unit(std::string_view name) { return find_row(units(), name); }

std::optional<Unit> coherent_unit(Dimension dimension) {
  for (const Unit& unit : units())
    if (unit.dimension == dimension && unit.multiplier == 1 && unit.power_of_ten == 0) return unit;
  return std::nullopt;
}

std::optional<Unit> usual_unit(Dimension dimension) {
  for (const std::string_view name : kUsualWhereNotCoherent)
    if (const auto unit = find_unit(name); unit->dimension == dimension) return unit;
  return coherent_unit(dimension);
}

std::optional<Unit> unit_meant_by(std::string_view word) {
  for (const Spelling& spelling : kSpellings)
    if (spelling.word == word) return find_unit(spelling.unit);
  return std::nullopt;
}

std::optional<Quantity> find_quantity(std::string_view name) {
  return find_row(quantities(), name);
}

double to_coherent(std::string_view spelling, const Unit& unit, int exponent) {
  const Decimal decimal = split_exponent(spelling);
  const int shifted = decimal.exponent + unit.power_of_ten * exponent;
  const double value =
      read_decimal(std::string(decimal.mantissa) + "e" + std::to_string(shifted), shifted);
  if (unit.multiplier == 1) return value;
  double factor = 1;
  for (int i = 0; i < std::abs(exponent) && std::isfinite(factor); ++i) factor *= unit.multiplier;
  return exponent < 0 ? value / factor : value * factor;
}

}  // namespace bouton::units
