// Numbers in the units that people mostly write, for a terminal: values are stored in coherent
// units and 0.02 kHz is shown as 20 Hz.
#pragma once

#include <string>
#include <string_view>

#include "runtime/tensor/value.h"

namespace bouton::runtime {

struct ShownUnit {
  std::string name;   // empty without a dimension
  double factor = 1;  // of numbers in the coherent unit
};

// `coherent` is a coherent unit as result files name it; `1` and nothing stand for no dimension.
[[nodiscard]] ShownUnit shown_unit(std::string_view coherent);

// Numbers of the value times the factor; other values as they are.
[[nodiscard]] Value in_unit(Value value, const ShownUnit& unit);

}  // namespace bouton::runtime
