// Runs by the reference interpreter, in the form of compiled ones.
#pragma once

#include <vector>

#include "compiler/driver/pipeline.h"
#include "compiler/launch/console.h"
#include "runtime/host/outcome.h"
#include "runtime/output/run_output.h"

namespace bouton::driver {

// The listener hears of recorded rows and of progress.
[[nodiscard]] runtime::ReplicaOutcome interpret_network(const elaborate::Network& network,
                                                        const runtime::Listener& listener,
                                                        int replica = 0);

// One outcome per seed, one after the other. `output` may be null; there are no checkpoints within
// a replica.
[[nodiscard]] std::vector<runtime::ReplicaOutcome> interpret_replicas(
    const elaborate::Network& network, const RunOptions& options, launch::Console& console,
    runtime::RunOutput* output);

}  // namespace bouton::driver
