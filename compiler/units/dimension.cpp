#include "compiler/units/dimension.h"

#include <fmt/format.h>

#include <limits>
#include <numeric>
#include <string_view>
#include <vector>

#include "compiler/units/unit.h"

namespace bouton::units {

namespace {

constexpr std::array<std::string_view, kBaseCount> kBaseNames = {"time", "voltage", "current",
                                                                 "length", "concentration"};

std::string spell_exponent(int twelfths) {
  const int divisor = std::gcd(twelfths, Dimension::kOne);
  const int numerator = twelfths / divisor;
  const int denominator = Dimension::kOne / divisor;
  if (denominator == 1) return std::to_string(numerator);
  return fmt::format("({}/{})", numerator, denominator);
}

std::string spell_power(std::string_view name, int twelfths) {
  if (twelfths == Dimension::kOne) return std::string(name);
  if (twelfths * 2 == Dimension::kOne) return "sqrt(" + std::string(name) + ")";
  return std::string(name) + "^" + spell_exponent(twelfths);
}

// Factors with exponents of one sign, in the order in which a reader expects them: current before
// voltage before time.
std::vector<std::string> spell_factors(const Dimension& dimension, int sign) {
  constexpr std::array kOrder = {Base::Amount, Base::Current, Base::Voltage, Base::Length,
                                 Base::Time};
  std::vector<std::string> factors;
  for (const Base which : kOrder) {
    const int twelfths = dimension.twelfths(which) * sign;
    if (twelfths > 0)
      factors.push_back(spell_power(kBaseNames[static_cast<std::size_t>(which)], twelfths));
  }
  return factors;
}

std::string join_factors(const std::vector<std::string>& factors) {
  std::string text;
  for (const std::string& factor : factors) text += (text.empty() ? "" : "*") + factor;
  return text;
}

}  // namespace

std::optional<Dimension> Dimension::power(int numerator, int denominator) const {
  Dimension result;
  for (std::size_t i = 0; i < kBaseCount; ++i) {
    const std::int64_t scaled = std::int64_t{twelfths_[i]} * numerator;
    if (scaled % denominator != 0) return std::nullopt;
    const std::int64_t exponent = scaled / denominator;
    if (exponent > std::numeric_limits<std::int16_t>::max() ||
        exponent < std::numeric_limits<std::int16_t>::min())
      return std::nullopt;
    result.twelfths_[i] = static_cast<std::int16_t>(exponent);
  }
  return result;
}

std::string describe(const Dimension& dimension) {
  if (dimension.dimensionless()) return "no dimension";
  for (const Quantity& quantity : quantities())
    if (quantity.dimension == dimension) return std::string(quantity.name);
  const std::vector<std::string> above = spell_factors(dimension, +1);
  const std::vector<std::string> below = spell_factors(dimension, -1);
  std::string text = above.empty() ? "1" : join_factors(above);
  if (below.empty()) return text;
  const bool several = below.size() > 1;
  return text + "/" + (several ? "(" : "") + join_factors(below) + (several ? ")" : "");
}

}  // namespace bouton::units
