#include "runtime/output/resume_point.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runtime/output/leftovers.h"
#include "runtime/output/open_spool.h"

namespace bouton::runtime {

namespace {

OutputProblem cannot_resume(const std::filesystem::path& what, const std::filesystem::path& output,
                            const std::string& why) {
  return {fmt::format("`{}` cannot be resumed: {}", what.string(), why),
          fmt::format("resume it as it was run, or write what it has with `bouton recover --final "
                      "{}` and begin anew",
                      output.string())};
}

// The replicas of its block have come to their end since.
bool is_passed(const Checkpoint& checkpoint, const RecordedRun& run) {
  for (std::uint64_t lane = 0; lane < checkpoint.lanes; ++lane) {
    const std::uint64_t replica = checkpoint.first_replica + lane;
    if (replica >= run.replicas.size() || run.replicas[replica].end) return true;
  }
  return false;
}

// One that does not fit now must never be taken for one that fits later, when the spool has grown
// again.
std::optional<OutputProblem> give_up_checkpoint(const std::filesystem::path& output) {
  std::error_code failure;
  std::filesystem::remove(checkpoint_of(output), failure);
  if (failure)
    return OutputProblem{fmt::format("`{}` does not fit and cannot be removed: {}",
                                     checkpoint_of(output).string(), failure.message()),
                         "remove it, then `--resume` goes on"};
  sync_folder_of(output);
  return std::nullopt;
}

// Before bytes are cut off that could not be read.
std::optional<OutputProblem> keep_damaged(const std::filesystem::path& output,
                                          const spool::Contents& contents,
                                          std::vector<std::string>& notes) {
  const auto kept = keep_damaged_spool(output);
  if (!kept) return OutputProblem{kept.error().message, "move it away, or make room for its copy"};
  notes.push_back(
      fmt::format("the last {} bytes of `{}` cannot be read: what they held is computed again; the "
                  "spool is kept as `{}`",
                  contents.dropped, spool_of(output).string(), kept->string()));
  return std::nullopt;
}

// Notes say why one that is there is not used.
std::variant<std::monostate, Checkpoint, OutputProblem> find_checkpoint(
    const std::filesystem::path& output, const spool::Contents& contents,
    std::vector<std::string>& notes) {
  const std::filesystem::path path = checkpoint_of(output);
  if (!std::filesystem::exists(path)) return std::monostate{};
  auto read = read_checkpoint(path);
  const auto leave_out = [&](const std::string& why) {
    notes.push_back(fmt::format("`{}` is not used: {}", path.string(), why));
    return std::monostate{};
  };
  if (!read) return leave_out(read.error().message);
  const RunDescription& description = contents.run.description;
  if (const auto difference = find_difference(read->description, description))
    return cannot_resume(path, output, *difference);
  if (read->description.begun != description.begun) return leave_out("it belongs to another run");
  if (read->spool_size > contents.sound) return leave_out("the spool has lost what it builds on");
  if (is_passed(*read, contents.run)) return std::monostate{};
  return *std::move(read);
}

std::string describe(const ResumePoint& point) {
  const auto ended = std::ranges::count_if(
      point.run.replicas, [](const auto& replica) { return replica.end.has_value(); });
  const char* where =
      point.checkpoint ? "the run goes on at its last checkpoint" : "what was running begins anew";
  if (point.run.replicas.size() == 1) return fmt::format("resumed: {}", where);
  return fmt::format("resumed: {} of {} replicas had ended, {}", ended, point.run.replicas.size(),
                     where);
}

}  // namespace

std::variant<ResumePoint, OutputProblem> find_resume_point(const std::filesystem::path& output,
                                                           const RunDescription& description,
                                                           AppendFile& spool) {
  auto read = read_spool(output, spool);
  if (auto* problem = std::get_if<OutputProblem>(&read)) return *std::move(problem);
  auto& contents = std::get<spool::Contents>(read);
  if (const auto difference = find_difference(contents.run.description, description))
    return cannot_resume(spool_of(output), output, *difference);
  ResumePoint point;
  if (contents.dropped > 0)
    if (auto problem = keep_damaged(output, contents, point.notes)) return *std::move(problem);
  auto checkpoint = find_checkpoint(output, contents, point.notes);
  if (auto* problem = std::get_if<OutputProblem>(&checkpoint)) return *std::move(problem);
  std::uint64_t size = contents.sound;
  if (auto* found = std::get_if<Checkpoint>(&checkpoint)) {
    size = found->spool_size;
    point.checkpoint = std::move(*found);
  } else if (auto problem = give_up_checkpoint(output)) {
    return *std::move(problem);
  }
  if (const auto failure = spool.truncate(size))
    return OutputProblem{fmt::format("cannot write `{}`: {}", spool_of(output).string(), *failure),
                         ""};
  read = read_spool(output, spool);
  if (auto* problem = std::get_if<OutputProblem>(&read)) return *std::move(problem);
  point.run = std::get<spool::Contents>(std::move(read)).run;
  point.notes.push_back(describe(point));
  return point;
}

}  // namespace bouton::runtime
