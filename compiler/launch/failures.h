// What went wrong while a program ran, as messages.
#pragma once

#include <span>

#include "compiler/launch/session.h"
#include "runtime/host/outcome.h"

namespace bouton::launch {

// One message per unmet expectation and per replica that ended early, interrupted ones apart; with
// its seed where there are several replicas. True if there is none.
[[nodiscard]] bool report_failures(Session& session,
                                   std::span<const runtime::ReplicaOutcome> outcomes,
                                   std::uint64_t first_seed);

}  // namespace bouton::launch
