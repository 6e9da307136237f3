// Short forms of experiments, to compare ways of running them in seconds: the same program, but no
// run lasts longer than a given number of steps.
#pragma once

#include <cstdint>

#include "compiler/elaborate/network.h"

namespace bouton::driver {

[[nodiscard]] elaborate::Network in_short_form(elaborate::Network network,
                                               std::int64_t steps_per_run);

}  // namespace bouton::driver
