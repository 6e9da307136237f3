#include "runtime/output/leftovers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>
#include <system_error>

namespace bouton::runtime {

namespace {

// `out.h5.checkpoint`, or with the number of a replica behind it.
bool is_checkpoint(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return false;
  name.remove_prefix(prefix.size());
  if (name.empty()) return true;
  return name.size() > 1 && name.front() == '.' &&
         std::all_of(name.begin() + 1, name.end(), [](unsigned char c) { return std::isdigit(c); });
}

}  // namespace

std::filesystem::path checkpoint_of(std::filesystem::path output, std::uint64_t first_replica) {
  output += ".checkpoint";
  if (first_replica > 0) output += fmt::format(".{}", first_replica);
  return output;
}

std::vector<std::filesystem::path> checkpoints_of(const std::filesystem::path& output) {
  const std::filesystem::path folder = output.has_parent_path() ? output.parent_path() : ".";
  const std::string prefix = checkpoint_of(output).filename().string();
  std::vector<std::filesystem::path> found;
  std::error_code ignored;
  for (std::filesystem::directory_iterator entry(folder, ignored), end; !ignored && entry != end;
       entry.increment(ignored))
    if (is_checkpoint(entry->path().filename().string(), prefix))
      found.push_back(output.parent_path() / entry->path().filename());
  std::ranges::sort(found);
  return found;
}

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
  return !checkpoints_of(output).empty() ||
         std::ranges::any_of(run.replicas,
                             [](const auto& replica) { return replica.end.has_value(); });
}

// The spool goes last: without it a checkpoint means nothing.
void remove_leftovers(const std::filesystem::path& output) {
  std::error_code ignored;
  for (const auto& checkpoint : checkpoints_of(output))
    std::filesystem::remove(checkpoint, ignored);
  std::filesystem::remove(spool_of(output), ignored);
}

}  // namespace bouton::runtime
