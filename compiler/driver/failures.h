// What went wrong while a program ran, as messages.
#pragma once

#include <span>

#include "compiler/driver/pipeline.h"
#include "runtime/host/outcome.h"

namespace bouton::driver {

// One message per unmet expectation and per replica that ended early, interrupted ones apart.
// True if there is none.
[[nodiscard]] bool report_failures(Session& session,
                                   std::span<const runtime::ReplicaOutcome> outcomes);

}  // namespace bouton::driver
