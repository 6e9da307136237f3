#include "runtime/output/leftovers.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

namespace bouton::runtime {

Result<std::filesystem::path> keep_damaged_spool(const std::filesystem::path& output) {
  constexpr int kMostTries = 100;
  const std::filesystem::path wanted = damaged_spool_of(output);
  std::filesystem::path name = wanted;
  std::error_code failure;
  for (int i = 1; std::filesystem::exists(name, failure) && i < kMostTries; ++i)
    (name = wanted) += "." + std::to_string(i);
  if (std::filesystem::copy_file(spool_of(output), name, failure)) return name;
  std::error_code ignored;
  if (failure != std::errc::file_exists) std::filesystem::remove(name, ignored);
  return Error{fmt::format("`{}` cannot be kept as `{}`: {}", spool_of(output).string(),
                           name.string(), failure.message())};
}

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
