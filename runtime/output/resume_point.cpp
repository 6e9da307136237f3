#include "runtime/output/resume_point.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runtime/output/leftovers.h"
#include "runtime/output/open_spool.h"

namespace bouton::runtime {

namespace {

using Failed = std::optional<OutputProblem>;

OutputProblem cannot_resume(const std::filesystem::path& what, const std::filesystem::path& output,
                            const std::string& why) {
  return {fmt::format("`{}` cannot be resumed: {}", what.string(), why),
          fmt::format("resume it as it was run, or write what it has with `bouton recover --final "
                      "{}` and begin anew",
                      output.string())};
}

// Has recorded at least that, in the same attempt.
bool goes_on(const RecordedReplica& replica, const Checkpoint::Recorded& recorded) {
  if (replica.begun_at() != recorded.begun_at) return false;
  if (recorded.rows.size() > replica.tables.size()) return false;
  for (std::size_t i = 0; i < recorded.rows.size(); ++i)
    if (static_cast<std::uint64_t>(recorded.rows[i]) > replica.tables[i].rows) return false;
  return true;
}

// Why a checkpoint is not used; empty without a word if its replicas have ended since.
std::optional<std::string> find_misfit(const Checkpoint& checkpoint,
                                       const spool::Contents& contents) {
  const RecordedRun& run = contents.run;
  if (checkpoint.description.begun != run.description.begun) return "it belongs to another run";
  if (checkpoint.first_replica + checkpoint.lanes() > run.replicas.size() ||
      checkpoint.lanes() == 0)
    return "it has other replicas";
  for (std::uint64_t lane = 0; lane < checkpoint.lanes(); ++lane)
    if (run.replicas[checkpoint.first_replica + lane].end) return "";
  if (checkpoint.spool_size > contents.sound) return "the spool has lost what it builds on";
  for (std::uint64_t lane = 0; lane < checkpoint.lanes(); ++lane)
    if (!goes_on(run.replicas[checkpoint.first_replica + lane], checkpoint.recorded[lane]))
      return "the spool has lost what it builds on";
  return std::nullopt;
}

class Search {
 public:
  Search(const std::filesystem::path& output, const spool::Contents& contents, ResumePoint& point)
      : output_(output), contents_(contents), point_(point) {}

  Failed find_checkpoints() {
    for (const auto& path : checkpoints_of(output_))
      if (auto problem = take(path)) return problem;
    return std::nullopt;
  }

 private:
  Failed take(const std::filesystem::path& path) {
    auto read = read_checkpoint(path);
    if (!read) return give_up(path, read.error().message);
    if (const auto difference = find_difference(read->description, contents_.run.description))
      return cannot_resume(path, output_, *difference);
    if (const auto misfit = find_misfit(*read, contents_)) return give_up(path, *misfit);
    point_.checkpoints.push_back(*std::move(read));
    return std::nullopt;
  }

  Failed give_up(const std::filesystem::path& path, const std::string& why) {
    if (!why.empty())
      point_.notes.push_back(fmt::format("`{}` is not used: {}", path.string(), why));
    std::error_code failure;
    std::filesystem::remove(path, failure);
    if (failure)
      return OutputProblem{fmt::format("`{}` does not fit and cannot be removed: {}", path.string(),
                                       failure.message()),
                           "remove it, then `--resume` goes on"};
    sync_folder_of(path);
    return std::nullopt;
  }

  const std::filesystem::path& output_;
  const spool::Contents& contents_;
  ResumePoint& point_;
};

Failed cut_off_damage(const std::filesystem::path& output, const spool::Contents& contents,
                      AppendFile& spool, std::vector<std::string>& notes) {
  if (contents.dropped == 0) return std::nullopt;
  const std::string name = spool_of(output).string();
  const auto kept = keep_damaged_spool(output);
  if (!kept) return OutputProblem{kept.error().message, "move it away, or make room for its copy"};
  notes.push_back(
      fmt::format("the last {} bytes of `{}` cannot be read: what they held is computed again; the "
                  "spool is kept as `{}`",
                  contents.dropped, name, kept->string()));
  if (const auto failure = spool.truncate(contents.sound))
    return OutputProblem{fmt::format("cannot write `{}`: {}", name, *failure), ""};
  return std::nullopt;
}

std::string describe(const ResumePoint& point) {
  const auto ended = std::ranges::count_if(
      point.run.replicas, [](const auto& replica) { return replica.end.has_value(); });
  const std::size_t checkpoints = point.checkpoints.size();
  const char* where =
      checkpoints > 0 ? "the run goes on at its last checkpoint" : "what was running begins anew";
  if (point.run.replicas.size() == 1) return fmt::format("resumed: {}", where);
  const std::string ends =
      fmt::format("resumed: {} of {} replicas had ended", ended, point.run.replicas.size());
  if (checkpoints < 2) return fmt::format("{}, {}", ends, where);
  return fmt::format("{}, the run goes on at its {} last checkpoints", ends, checkpoints);
}

}  // namespace

std::variant<ResumePoint, OutputProblem> find_resume_point(const std::filesystem::path& output,
                                                           const RunDescription& description,
                                                           AppendFile& spool) {
  auto read = read_spool(output, bytes_of(spool));
  if (auto* problem = std::get_if<OutputProblem>(&read)) return std::move(*problem);
  auto& contents = std::get<spool::Contents>(read);
  if (const auto difference = find_difference(contents.run.description, description))
    return cannot_resume(spool_of(output), output, *difference);
  ResumePoint point;
  if (auto problem = cut_off_damage(output, contents, spool, point.notes))
    return std::move(*problem);
  Search search(output, contents, point);
  if (auto problem = search.find_checkpoints()) return std::move(*problem);
  point.run = std::move(contents.run);
  point.notes.push_back(describe(point));
  return point;
}

}  // namespace bouton::runtime
