// Runs by the reference interpreter, in the form of compiled ones.
#pragma once

#include <vector>

#include "compiler/driver/pipeline.h"
#include "compiler/launch/console.h"
#include "runtime/host/outcome.h"

namespace bouton::driver {

[[nodiscard]] runtime::ReplicaOutcome interpret_network(const elaborate::Network& network,
                                                        const runtime::Listener& listener);

// One outcome per seed, one after the other.
[[nodiscard]] std::vector<runtime::ReplicaOutcome> interpret_replicas(
    const elaborate::Network& network, const RunOptions& options, launch::Console& console);

}  // namespace bouton::driver
