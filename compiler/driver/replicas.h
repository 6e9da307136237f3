// Runs the replicas of one experiment, compiled (side by side in lanes where there are several) or
// interpreted.
#pragma once

#include <optional>
#include <vector>

#include "compiler/driver/console.h"
#include "compiler/driver/pipeline.h"
#include "runtime/host/outcome.h"

namespace bouton::driver {

// How `replicas` are cut into blocks of lanes: widths of 8, 4, 2 and 1 that add up to it.
[[nodiscard]] std::vector<int> cut_into_blocks(int replicas);

// One outcome per seed; nullopt exactly when an error was reported before anything ran.
[[nodiscard]] std::optional<std::vector<runtime::ReplicaOutcome>> run_replicas(
    Session& session, const elaborate::Network& network, const RunOptions& options,
    Console& console);

}  // namespace bouton::driver
