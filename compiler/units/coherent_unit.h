// The unit in which numbers of a dimension are stored, as a text: `mV`, `nS`, `mV/ms`,
// `1/ms^(1/2)`, and `1` without a dimension. For result files.
#pragma once

#include <string>

#include "compiler/units/dimension.h"

namespace bouton::units {

[[nodiscard]] std::string print_coherent_unit(const Dimension& dimension);

}  // namespace bouton::units
