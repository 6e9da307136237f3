// Physical dimensions as exponents of the base quantities, and the coherent units that values are
// stored in.
//
// Every value inside the compiler and in compiled programs is a number of coherent units: ms, mV,
// pA and what they make together (nS = pA/mV, pF = pA·ms/mV, 1/ms), micrometre, mole-like amounts
// in their own unit. A program's numbers are converted once, when the text is read.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace bouton::units {

enum class Base : std::uint8_t { Time, Voltage, Current, Length, Amount };
inline constexpr std::size_t kBaseCount = 5;

// Exponents in twelfths, so that square and cube roots of units stay exact (white noise is
// 1/sqrt(time)).
class Dimension {
 public:
  static constexpr int kOne = 12;

  constexpr Dimension() = default;
  static constexpr Dimension base(Base which, int exponent = 1) {
    Dimension dimension;
    dimension.twelfths_[static_cast<std::size_t>(which)] =
        static_cast<std::int16_t>(exponent * kOne);
    return dimension;
  }

  [[nodiscard]] constexpr bool dimensionless() const { return *this == Dimension{}; }
  [[nodiscard]] constexpr int twelfths(Base which) const {
    return twelfths_[static_cast<std::size_t>(which)];
  }

  friend constexpr Dimension operator*(Dimension a, Dimension b) { return combine(a, b, +1); }
  friend constexpr Dimension operator/(Dimension a, Dimension b) { return combine(a, b, -1); }
  friend constexpr bool operator==(const Dimension&, const Dimension&) = default;

  // This dimension to the power numerator/denominator; nothing when an exponent would not be a
  // whole twelfth.
  [[nodiscard]] std::optional<Dimension> power(int numerator, int denominator = 1) const;

 private:
  static constexpr Dimension combine(Dimension a, Dimension b, int sign) {
    Dimension result;
    for (std::size_t i = 0; i < kBaseCount; ++i)
      result.twelfths_[i] = static_cast<std::int16_t>(a.twelfths_[i] + sign * b.twelfths_[i]);
    return result;
  }
  std::array<std::int16_t, kBaseCount> twelfths_{};
};

inline constexpr Dimension kNone{};
inline constexpr Dimension kTime = Dimension::base(Base::Time);
inline constexpr Dimension kVoltage = Dimension::base(Base::Voltage);
inline constexpr Dimension kCurrent = Dimension::base(Base::Current);
inline constexpr Dimension kFrequency = Dimension::base(Base::Time, -1);
inline constexpr Dimension kConductance = kCurrent / kVoltage;
inline constexpr Dimension kCapacitance = kCurrent * kTime / kVoltage;

// "voltage", "current/time", "1/sqrt(time)", "no dimension": for messages.
[[nodiscard]] std::string describe(const Dimension& dimension);

}  // namespace bouton::units
