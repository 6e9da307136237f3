// Runs the replicas of one experiment compiled in this process.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "compiler/driver/pipeline.h"
#include "compiler/driver/timings.h"
#include "compiler/launch/replicas.h"

namespace bouton::driver {

// Replicas side by side, as code is made for them. Two or four lanes take as long as eight, which
// is longer than as many replicas alone (bench/README.md).
inline constexpr std::array kLaneWidths = {8, 1};

// One outcome per seed; nullopt exactly when an error was reported before anything ran. `cache` and
// `output` may be null.
[[nodiscard]] std::optional<std::vector<runtime::ReplicaOutcome>> run_replicas(
    Session& session, const elaborate::Network& network, const RunOptions& options,
    cache::CodeCache* cache, Timings& timings, launch::Console& console,
    runtime::RunOutput* output = nullptr);

}  // namespace bouton::driver
