#include "runtime/output/leftovers.h"

#include <algorithm>
#include <system_error>

namespace bouton::runtime {

bool is_resumable(const std::filesystem::path& output, const RecordedRun& run) {
  if (has_ended(run)) return false;
  std::error_code ignored;
  return std::filesystem::exists(checkpoint_of(output), ignored) ||
         std::ranges::any_of(run.replicas,
                             [](const auto& replica) { return replica.end.has_value(); });
}

// The spool goes last: without it a checkpoint means nothing.
void remove_leftovers(const std::filesystem::path& output) {
  std::error_code ignored;
  std::filesystem::remove(checkpoint_of(output), ignored);
  std::filesystem::remove(spool_of(output), ignored);
}

}  // namespace bouton::runtime
