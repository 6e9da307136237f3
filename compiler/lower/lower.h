// Concrete network -> simulation plan. Every population, projection, rule and statement becomes
// columns, kernels, events, schedules and host statements; the order of floating-point operations
// is that of the source, so that generated code gives the bits of the interpreter.
//
// The plan is in the network's precision and all its extents are constants. A construct that is
// checked but not compiled yet (unlowered.def) is reported as Unlowered where it stands.
#pragma once

#include <optional>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/elaborate/network.h"
#include "compiler/plan/plan.h"

namespace bouton::lower {

[[nodiscard]] std::optional<plan::Plan> lower(const elaborate::Network& network,
                                              diagnostics::Diagnostics& diagnostics);

}  // namespace bouton::lower
