// The unit in which numbers of a dimension are stored, as a text: `mV`, `nS`, `mV/ms`,
// `1/ms^(1/2)`, and `1` without a dimension. For result files.
#pragma once

#include <string>

#include "compiler/units/dimension.h"

namespace bouton::units {

[[nodiscard]] std::string print_coherent_unit(const Dimension& dimension);

// The number with the unit that people mostly write for the dimension, for hints: `20 ms`, `20 Hz`,
// `5 mV/ms`, `3/ms^2`. It is not converted: a person who left out the unit has thought of one.
[[nodiscard]] std::string print_quantity(double value, const Dimension& dimension);

}  // namespace bouton::units
