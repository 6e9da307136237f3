// Runs replicas, several side by side in lanes and several blocks of lanes in threads, on whatever
// code the caller has for them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "compiler/launch/console.h"
#include "compiler/launch/lane_blocks.h"
#include "runtime/host/execute.h"
#include "runtime/host/outcome.h"
#include "runtime/output/run_output.h"

namespace bouton::launch {

// Code for blocks of that many lanes; what it points to outlives the run. Nothing exactly when an
// error was reported.
using CodeForLanes = std::function<std::optional<runtime::Code>(int lanes)>;

// What the replicas of one point share.
struct PointProgram {
  runtime::Program program;
  CodeForLanes code_for;
};
// Of a point; null exactly when an error was reported. Neither this nor CodeForLanes is called by
// two threads at once.
using ProgramOfPoint = std::function<std::shared_ptr<const PointProgram>(int point)>;

// One outcome per replica; nullopt exactly when there was no code. With an output, rows are there
// and not in the outcomes, and replicas that had ended before a run was resumed are not run again.
[[nodiscard]] std::optional<std::vector<runtime::ReplicaOutcome>> run_replicas(
    const Replicas& replicas, const ProgramOfPoint& program_of, Console& console,
    runtime::RunOutput* output);

}  // namespace bouton::launch
