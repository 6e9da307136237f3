// The files beside an output that a run leaves until it has come to its end.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/spool/recorded_run.h"

namespace bouton::runtime {

[[nodiscard]] inline std::filesystem::path spool_of(std::filesystem::path output) {
  return output += ".spool";
}
// Of the block that begins with that replica.
[[nodiscard]] std::filesystem::path checkpoint_of(std::filesystem::path output,
                                                  std::uint64_t first_replica = 0);
// All that are there.
[[nodiscard]] std::vector<std::filesystem::path> checkpoints_of(
    const std::filesystem::path& output);
// Where a spool goes of which not everything could be read.
[[nodiscard]] inline std::filesystem::path damaged_spool_of(std::filesystem::path output) {
  return output += ".spool.damaged";
}

// Copies the spool to a name that is free: damaged_spool_of, or one with a number behind it.
// Nothing stands behind the damage that anybody could read, but it is not ours to throw away.
[[nodiscard]] Result<std::filesystem::path> keep_damaged_spool(const std::filesystem::path& output);

// Whether resuming the run would save anything: a checkpoint or replicas that have ended.
[[nodiscard]] bool is_resumable(const std::filesystem::path& output, const RecordedRun& run);

void remove_leftovers(const std::filesystem::path& output);

}  // namespace bouton::runtime
