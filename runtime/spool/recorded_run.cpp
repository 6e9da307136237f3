#include "runtime/spool/recorded_run.h"

#include <fmt/format.h>

#include <algorithm>

namespace bouton::runtime {
namespace {

constexpr const char* kComplete = "complete";

}  // namespace

std::string state_of(const RecordedReplica& replica, const std::string& stopped) {
  if (replica.end) return replica.end->problem.empty() ? kComplete : replica.end->problem;
  return stopped.empty() ? "the run ended before it did" : stopped;
}

std::string state_of(const RecordedRun& run) {
  const auto broken = std::ranges::find_if(run.replicas, [&](const RecordedReplica& replica) {
    return state_of(replica, run.stopped) != kComplete;
  });
  if (broken == run.replicas.end()) return kComplete;
  std::string state = state_of(*broken, run.stopped);
  if (run.replicas.size() == 1) return state;
  const auto number = static_cast<std::uint64_t>(broken - run.replicas.begin());
  if (run.description.axes.empty()) return fmt::format("replica {}: {}", number, state);
  return fmt::format("{}: {}", name_replica(run.description, number), state);
}

bool has_ended(const RecordedRun& run) {
  return std::ranges::all_of(run.replicas,
                             [](const auto& replica) { return replica.end.has_value(); });
}

bool failed_without_rows(const RecordedRun& run) {
  const auto has_failed = [](const RecordedReplica& replica) {
    return !replica.end || !replica.end->problem.empty();
  };
  return count_rows(run) == 0 && std::ranges::all_of(run.replicas, has_failed);
}

std::size_t count_rows(const RecordedRun& run) {
  std::size_t rows = 0;
  for (const RecordedReplica& replica : run.replicas)
    for (const RecordedTable& table : replica.tables) rows += table.rows;
  return rows;
}

}  // namespace bouton::runtime
