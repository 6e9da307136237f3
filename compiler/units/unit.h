// The units a program may write and the quantities that name a dimension (`input I: current`).
// The table is units.def.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "compiler/units/dimension.h"

namespace bouton::units {

struct Unit {
  std::string_view name;
  Dimension dimension;
  int multiplier;  // one unit is multiplier * 10^power_of_ten coherent units
  int power_of_ten;
};

struct Quantity {
  std::string_view name;
  Dimension dimension;
};

[[nodiscard]] std::span<const Unit> units();
[[nodiscard]] std::span<const Quantity> quantities();
[[nodiscard]] std::optional<Unit> find_unit(std::string_view name);
[[nodiscard]] std::optional<Quantity> find_quantity(std::string_view name);

// The unit that is 1 in coherent units of a dimension, for hints: ms of time.
[[nodiscard]] std::optional<Unit> coherent_unit(Dimension dimension);
// The unit that people mostly write for a dimension, for hints: ms of time, Hz of frequency.
[[nodiscard]] std::optional<Unit> usual_unit(Dimension dimension);
// The unit of a word that people write for it: `s` of `sec` and `seconds`.
[[nodiscard]] std::optional<Unit> unit_meant_by(std::string_view word);

// The number `spelling` (a literal of the language) times unit^exponent, in coherent units. The
// decimal point is moved before the number is read, so that `2 s` is 2000 ms and `15 Hz` is 15/1000
// to the last bit.
[[nodiscard]] double to_coherent(std::string_view spelling, const Unit& unit, int exponent = 1);

// A unit by its name alone, as in `0.03/ms`.
[[nodiscard]] inline double to_coherent(const Unit& unit) { return to_coherent("1", unit); }

}  // namespace bouton::units
