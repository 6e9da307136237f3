// What went wrong while a program ran, as messages.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "compiler/launch/session.h"
#include "runtime/host/outcome.h"

namespace bouton::launch {

// One message per unmet expectation and per replica that ended early, interrupted ones apart; with
// the replica's name where there are several, and one for all replicas that would say the same.
// True if there is none.
using NameReplica = std::function<std::string(std::size_t replica)>;
[[nodiscard]] bool report_failures(Session& session,
                                   std::span<const runtime::ReplicaOutcome> outcomes,
                                   const NameReplica& name_of);
// By its seed.
[[nodiscard]] NameReplica name_by_seed(std::uint64_t first_seed);

}  // namespace bouton::launch
