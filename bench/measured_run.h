// One run of the tool, as a process of its own, and the CPU time that it took.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bouton::bench {

struct MeasuredRun {
  double cpu_seconds = 0;  // user and system, compilation included
  double wall_seconds = 0;
};

// Output is thrown away; nothing if the process cannot be started or does not exit with 0.
[[nodiscard]] std::optional<MeasuredRun> measure_run(const std::vector<std::string>& command);

}  // namespace bouton::bench
