#include "compiler/units/coherent_unit.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <numeric>
#include <string_view>

#include "compiler/units/unit.h"

namespace bouton::units {

namespace {

constexpr std::array<std::string_view, kBaseCount> kBaseUnits = {"ms", "mV", "pA", "um", "mM"};

// `ms`, `ms^2`, `ms^(1/2)`.
std::string power_of(std::string_view unit, int twelfths) {
  const int divisor = std::gcd(twelfths, Dimension::kOne);
  const int numerator = twelfths / divisor;
  const int denominator = Dimension::kOne / divisor;
  std::string text(unit);
  if (denominator != 1)
    return text + "^(" + std::to_string(numerator) + "/" + std::to_string(denominator) + ")";
  return numerator == 1 ? text : text + "^" + std::to_string(numerator);
}

void append(std::string& factors, const std::string& factor) {
  factors += factors.empty() ? factor : "*" + factor;
}

}  // namespace

std::string print_coherent_unit(const Dimension& dimension) {
  if (dimension.dimensionless()) return "1";
  if (const auto named = coherent_unit(dimension)) return std::string(named->name);
  std::string above;
  std::string below;
  int factors_below = 0;
  for (std::size_t i = 0; i < kBaseCount; ++i) {
    const int twelfths = dimension.twelfths(static_cast<Base>(i));
    if (twelfths > 0) append(above, power_of(kBaseUnits[i], twelfths));
    if (twelfths >= 0) continue;
    append(below, power_of(kBaseUnits[i], -twelfths));
    ++factors_below;
  }
  if (below.empty()) return above;
  if (factors_below > 1) below = "(" + below + ")";
  return (above.empty() ? "1" : above) + "/" + below;
}

std::string print_quantity(double value, const Dimension& dimension) {
  if (dimension.dimensionless()) return fmt::format("{}", value);
  if (const auto unit = usual_unit(dimension)) return fmt::format("{} {}", value, unit->name);
  const std::string unit = print_coherent_unit(dimension);
  if (unit.starts_with("1/")) return fmt::format("{}{}", value, unit.substr(1));
  return fmt::format("{} {}", value, unit);
}

}  // namespace bouton::units
