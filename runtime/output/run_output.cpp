#include "runtime/output/run_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runtime/host/outcome_state.h"
#include "runtime/output/leftovers.h"
#include "runtime/output/open_spool.h"
#include "runtime/output/write_results.h"

namespace bouton::runtime {

namespace {

// A run that has recorded nothing and saved no state (one that failed before its first row, say):
// nothing is lost if it begins anew.
bool is_worth_nothing(const std::filesystem::path& output, const spool::Contents& left) {
  return left.dropped == 0 && count_rows(left.run) == 0 && !is_resumable(output, left.run) &&
         checkpoints_of(output).empty();
}

// Why the spool of an earlier run must stay; nothing if it need not.
std::optional<OutputProblem> left_over(const std::filesystem::path& output,
                                       const AppendFile& spool) {
  const auto read = read_spool(output, bytes_of(spool));
  if (const auto* problem = std::get_if<OutputProblem>(&read)) return *problem;
  const auto& left = std::get<spool::Contents>(read);
  if (is_worth_nothing(output, left)) return std::nullopt;
  return OutputProblem{fmt::format("`{}` holds {} rows of a run that has not ended",
                                   spool_of(output).string(), count_rows(left.run)),
                       fmt::format("`--resume` goes on with it, `bouton recover {}` writes them to "
                                   "the result file",
                                   output.string())};
}

OutputProblem only_compiled(const std::filesystem::path& checkpoint) {
  return {fmt::format("`{}` is of a compiled run: the interpreter cannot go on from it",
                      checkpoint.string()),
          "leave out `--interpret`: compiled and interpreted runs have the same results"};
}

// What becomes of a run that was left early.
std::string describe_resuming(bool resumable, bool checkpoints) {
  if (checkpoints) return resumable ? "`--resume` goes on with it" : "";
  return resumable
             ? "`--resume` goes on behind the replicas that have ended: the interpreter makes "
               "no checkpoints"
             : "the interpreter makes no checkpoints: the same command begins anew";
}

}  // namespace

RunOutput::Opened RunOutput::open(const OutputOptions& options, const RunDescription& description) {
  auto opened = open_spool(options.path);
  if (const auto* problem = std::get_if<OutputProblem>(&opened)) return *problem;
  if (auto* spool = std::get_if<AppendFile>(&opened)) {
    if (!options.resume) return begin_anew(options, description, std::move(*spool));
    if (const auto checkpoints = checkpoints_of(options.path);
        !options.checkpoints && !checkpoints.empty())
      return only_compiled(checkpoints.front());
    return resume(options, description, std::move(*spool));
  }
  if (options.resume && std::filesystem::exists(options.path))
    return OutputProblem{
        fmt::format("nothing is left to resume: there is no checkpoint beside `{}`",
                    options.path.string()),
        "leave out `--resume` to begin anew"};
  return begin(options, description);
}

RunOutput::Opened RunOutput::begin_anew(const OutputOptions& options,
                                        const RunDescription& description, AppendFile spool) {
  if (auto problem = left_over(options.path, spool)) return *std::move(problem);
  std::error_code ignored;
  std::filesystem::remove(spool_of(options.path), ignored);
  return begin(options, description);
}

RunOutput::Opened RunOutput::begin(const OutputOptions& options,
                                   const RunDescription& description) {
  auto created = create_spool(options.path);
  if (const auto* problem = std::get_if<OutputProblem>(&created)) return *problem;
  std::error_code ignored;
  for (const auto& checkpoint : checkpoints_of(options.path))
    std::filesystem::remove(checkpoint, ignored);  // of a run without a spool
  std::unique_ptr<RunOutput> output(
      new RunOutput(options, description, std::get<AppendFile>(std::move(created))));
  output->write([&](spool::Writer& writer) {
    writer.begin(description);
    writer.sync();
  });
  if (options.resume) output->earlier_.notes.emplace_back("nothing to resume: the run begins");
  if (!output->has_failed()) return output;
  std::filesystem::remove(spool_of(options.path), ignored);
  return OutputProblem{
      fmt::format("cannot write `{}`: {}", options.path.string(), *output->writer_.failure()),
      "name a file on a disk with room with `-o`"};
}

RunOutput::Opened RunOutput::resume(const OutputOptions& options, const RunDescription& description,
                                    AppendFile spool) {
  auto found = find_resume_point(options.path, description, spool);
  if (auto* problem = std::get_if<OutputProblem>(&found)) return std::move(*problem);
  auto& point = std::get<ResumePoint>(found);
  std::unique_ptr<RunOutput> output(
      new RunOutput(options, point.run.description, std::move(spool)));
  output->earlier_ = std::move(point);
  output->resumed_ = true;
  return output;
}

std::optional<ReplicaOutcome> RunOutput::outcome_of(int replica) const {
  const auto index = static_cast<std::size_t>(replica);
  if (index >= earlier_.run.replicas.size()) return std::nullopt;
  const RecordedReplica& recorded = earlier_.run.replicas[index];
  if (!recorded.end) return std::nullopt;
  ReplicaOutcome outcome;
  Decoder decoder(recorded.end->outcome);
  decode_outcome(decoder, outcome);
  for (const RecordedTable& table : recorded.tables)
    outcome.results.tables.push_back({table.names, {}});
  return outcome;
}

const Checkpoint* RunOutput::checkpoint_with(int replica) const {
  const auto number = static_cast<std::uint64_t>(replica);
  const auto found =
      std::ranges::find_if(earlier_.checkpoints, [number](const Checkpoint& checkpoint) {
        return checkpoint.first_replica <= number &&
               number < checkpoint.first_replica + checkpoint.lanes();
      });
  return found == earlier_.checkpoints.end() ? nullptr : &*found;
}

std::string RunOutput::state_of(int first_replica, int lanes) const {
  const Checkpoint* checkpoint = checkpoint_with(first_replica);
  const bool same = checkpoint != nullptr &&
                    checkpoint->first_replica == static_cast<std::uint64_t>(first_replica) &&
                    checkpoint->lanes() == static_cast<std::uint64_t>(lanes);
  return same ? checkpoint->state : std::string();
}

int RunOutput::lanes_at(int first_replica) const {
  const Checkpoint* checkpoint = checkpoint_with(first_replica);
  const bool begins = checkpoint != nullptr &&
                      checkpoint->first_replica == static_cast<std::uint64_t>(first_replica);
  return begins ? static_cast<int>(checkpoint->lanes()) : 0;
}

bool RunOutput::is_inside(int first_replica, int lanes) const {
  for (int replica = first_replica; replica < first_replica + lanes; ++replica) {
    const Checkpoint* checkpoint = checkpoint_with(replica);
    if (checkpoint != nullptr && checkpoint->lanes() < static_cast<std::uint64_t>(lanes))
      return true;
  }
  return false;
}

Results RunOutput::recorded_by(int replica) const {
  Results results;
  const Checkpoint* checkpoint = checkpoint_with(replica);
  if (checkpoint == nullptr) return results;
  const auto number = static_cast<std::uint64_t>(replica);
  const auto& recorded = checkpoint->recorded[number - checkpoint->first_replica];
  for (std::size_t i = 0; i < recorded.rows.size(); ++i)
    results.tables.push_back({earlier_.run.replicas[number].tables[i].names, {}});
  return results;
}

// One block at a time.
template <typename Write>
void RunOutput::write(Write write) {
  const std::lock_guard lock(mutex_);
  write(writer_);
  failed_ = writer_.failure().has_value();
}

void RunOutput::begin_replica(int replica) {
  write([&](spool::Writer& writer) { writer.begin_replica(static_cast<std::uint64_t>(replica)); });
}

void RunOutput::continue_replica(int replica) {
  const Checkpoint* checkpoint = checkpoint_with(replica);
  if (checkpoint == nullptr) return begin_replica(replica);
  const auto number = static_cast<std::uint64_t>(replica);
  const auto& recorded = checkpoint->recorded[number - checkpoint->first_replica];
  spool::Writer::Position position{recorded.begun_at, {}};
  for (std::size_t i = 0; i < recorded.rows.size(); ++i)
    position.tables.push_back({earlier_.run.replicas[number].tables[i].names,
                               static_cast<std::uint64_t>(recorded.rows[i])});
  write([&](spool::Writer& writer) {
    writer.rewind_replica(number, checkpoint->spool_size, std::move(position));
  });
}

void RunOutput::end_replica(int replica, const ReplicaOutcome& outcome) {
  if (outcome.interrupted) return;
  ReplicaEnd end;
  end.steps = outcome.steps;
  if (outcome.problem) end.problem = outcome.problem->message;
  Encoder encoder;
  encode_outcome(encoder, outcome);
  end.outcome = encoder.bytes();
  write(
      [&](spool::Writer& writer) { writer.end_replica(static_cast<std::uint64_t>(replica), end); });
}

void RunOutput::end_block(int first_replica) {
  std::error_code ignored;
  std::filesystem::remove(checkpoint_of(options_.path, static_cast<std::uint64_t>(first_replica)),
                          ignored);
}

Listener RunOutput::listen(const Listener& listener, int first_replica, int lanes) {
  {
    const std::lock_guard lock(mutex_);
    last_checkpoint_[first_replica] = Clock::now();
  }
  Listener both = listener;
  both.keeps_rows = true;
  both.on_record = [this, listener](int replica, const ResultTable& table) {
    write(
        [&](spool::Writer& writer) { writer.add_row(static_cast<std::uint64_t>(replica), table); });
    if (listener.on_record) listener.on_record(replica, table);
  };
  both.on_progress = [this, listener](double fraction, std::int64_t steps) {
    write([](spool::Writer& writer) { writer.sync_if_due(); });
    if (listener.on_progress) listener.on_progress(fraction, steps);
  };
  both.is_cancelled = [this, listener] {
    return has_failed() || (listener.is_cancelled && listener.is_cancelled());
  };
  both.is_state_wanted = [this, first_replica] { return is_checkpoint_due(first_replica); };
  both.on_state = [this, first_replica, lanes](const std::string& state) {
    save(first_replica, lanes, state);
  };
  return both;
}

bool RunOutput::is_checkpoint_due(int first_replica) {
  if (options_.checkpoint_every.count() <= 0) return false;
  const std::lock_guard lock(mutex_);
  return Clock::now() - last_checkpoint_[first_replica] >= options_.checkpoint_every;
}

// The spool comes first: a checkpoint never counts on rows that are not there.
void RunOutput::save(int first_replica, int lanes, const std::string& state) {
  Checkpoint checkpoint{description_, static_cast<std::uint64_t>(first_replica), {}, 0, state};
  write([&](spool::Writer& writer) {
    writer.sync();
    checkpoint.spool_size = writer.file().size();
    for (int replica = first_replica; replica < first_replica + lanes; ++replica) {
      const auto& position = writer.position_of(static_cast<std::uint64_t>(replica));
      Checkpoint::Recorded& recorded = checkpoint.recorded.emplace_back();
      recorded.begun_at = position.begun_at;
      for (const RecordedTable& table : position.tables)
        recorded.rows.push_back(static_cast<std::int64_t>(table.rows));
    }
  });
  if (has_failed()) return;
  const auto error =
      write_checkpoint(checkpoint_of(options_.path, checkpoint.first_replica), checkpoint);
  const std::lock_guard lock(mutex_);
  checkpoint_problem_ = error ? std::optional(error->message) : std::nullopt;
  last_checkpoint_[first_replica] = Clock::now();
}

void RunOutput::add_notes(const RecordedRun& run, Finished& finished) const {
  if (finished.complete) return;
  if (checkpoint_problem_)
    finished.notes.push_back("the last checkpoint could not be written: " + *checkpoint_problem_);
  if (has_failed() && !finished.problem)
    finished.problem = OutputProblem{
        fmt::format("cannot write `{}`: {}", spool_of(options_.path).string(), *writer_.failure()),
        "the run was stopped, what it had recorded is kept: make room, then `--resume` goes on"};
  std::string resuming = describe_resuming(is_resumable(options_.path, run), options_.checkpoints);
  if (!resuming.empty()) finished.notes.push_back(std::move(resuming));
}

// False if the spool has to stay where it is.
bool RunOutput::keep_damaged(std::uint64_t dropped, Finished& finished) const {
  if (dropped == 0) return true;
  const auto kept = keep_damaged_spool(options_.path);
  if (!finished.problem)
    finished.problem = OutputProblem{
        fmt::format("the last {} bytes of `{}` cannot be read: something has changed them", dropped,
                    spool_of(options_.path).string()),
        kept ? fmt::format("the spool is kept as `{}`", kept->string())
             : fmt::format("the spool stays: {}", kept.error().message)};
  return static_cast<bool>(kept);
}

Results RunOutput::thin_out(int replica, std::size_t most_rows) {
  const std::lock_guard lock(mutex_);
  const spool::Bytes bytes = bytes_of(writer_.file());
  const auto read = read_spool(options_.path, bytes);
  const auto* contents = std::get_if<spool::Contents>(&read);
  if (contents == nullptr) return {};
  auto results = runtime::thin_out(contents->run, spool::rows_of(*contents, bytes),
                                   static_cast<std::size_t>(replica), most_rows);
  return results ? *std::move(results) : Results{};
}

std::uint64_t RunOutput::size() {
  const std::lock_guard lock(mutex_);
  return writer_.file().size();
}

RunOutput::Finished RunOutput::finish(const std::string& interrupted) {
  const std::filesystem::path& path = options_.path;
  write([&](spool::Writer& writer) {
    if (!interrupted.empty()) writer.stop(interrupted);
    writer.sync();
  });
  Finished finished;
  const spool::Bytes bytes = bytes_of(writer_.file());
  auto read = read_spool(path, bytes);
  if (auto* problem = std::get_if<OutputProblem>(&read)) {
    finished.problem = std::move(*problem);
    return finished;
  }
  auto& contents = std::get<spool::Contents>(read);
  RecordedRun& run = contents.run;
  if (has_failed()) run.stopped = "cannot write: " + *writer_.failure();
  finished.complete = has_ended(run);
  if (std::error_code ignored; failed_without_rows(run) && std::filesystem::exists(path, ignored)) {
    finished.notes.push_back(
        fmt::format("`{}` stays as it was: this run recorded nothing", path.string()));
    add_notes(run, finished);
    if (!is_resumable(path, run) && !has_failed()) remove_leftovers(path);
    return finished;
  }
  WrittenResults written =
      write_results(path, run, spool::rows_of(contents, bytes), writer_.file().has_name());
  finished.written = std::move(written.path);
  finished.notes = std::move(written.notes);
  finished.problem = std::move(written.problem);
  if (!finished.written.empty()) finished.hashes = std::move(written.hashes);
  add_notes(run, finished);
  if (keep_damaged(contents.dropped, finished) && !finished.written.empty() &&
      !is_resumable(path, run) && !has_failed())
    remove_leftovers(path);
  return finished;
}

}  // namespace bouton::runtime
