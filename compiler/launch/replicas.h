// Runs the replicas of one experiment, several side by side in lanes, on whatever code the caller
// has for them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "compiler/launch/console.h"
#include "runtime/host/execute.h"
#include "runtime/host/outcome.h"
#include "runtime/output/run_output.h"

namespace bouton::launch {

// How `replicas` are cut into blocks of lanes: of the given widths, largest first, the last 1.
[[nodiscard]] std::vector<int> cut_into_blocks(int replicas, std::span<const int> widths);

// Code for blocks of that many lanes; what it points to outlives the run. Nothing exactly when an
// error was reported.
using CodeForLanes = std::function<std::optional<runtime::Code>(int lanes)>;

struct Replicas {
  std::uint64_t first_seed = 0;
  int count = 1;
  std::span<const int> widths;  // numbers of lanes for which there is code
};

// One outcome per seed; nullopt exactly when there was no code. `output` may be null; replicas that
// had ended before a run was resumed are not run again.
[[nodiscard]] std::optional<std::vector<runtime::ReplicaOutcome>> run_replicas(
    const runtime::Program& program, const CodeForLanes& code_for, const Replicas& replicas,
    Console& console, runtime::RunOutput* output);

}  // namespace bouton::launch
