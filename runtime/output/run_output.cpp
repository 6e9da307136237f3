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

OutputProblem left_over(const std::filesystem::path& output, const AppendFile& spool) {
  const auto read = read_spool(output, spool);
  if (const auto* problem = std::get_if<OutputProblem>(&read)) return *problem;
  const std::size_t rows = count_rows(std::get<spool::Contents>(read).run);
  return {fmt::format("`{}` holds {} rows of a run that has not ended", spool_of(output).string(),
                      rows),
          fmt::format("`--resume` goes on with it, `bouton recover {}` writes them to the result "
                      "file",
                      output.string())};
}

}  // namespace

RunOutput::Opened RunOutput::open(const OutputOptions& options, const RunDescription& description) {
  auto opened = open_spool(options.path);
  if (const auto* problem = std::get_if<OutputProblem>(&opened)) return *problem;
  if (auto* spool = std::get_if<AppendFile>(&opened)) {
    if (!options.resume) return left_over(options.path, *spool);
    return resume(options, description, std::move(*spool));
  }
  if (options.resume && std::filesystem::exists(options.path))
    return OutputProblem{
        fmt::format("nothing is left to resume: `{}` is complete", options.path.string()),
        "leave out `--resume` to begin anew"};
  return begin(options, description);
}

RunOutput::Opened RunOutput::begin(const OutputOptions& options,
                                   const RunDescription& description) {
  auto created = create_spool(options.path);
  if (const auto* problem = std::get_if<OutputProblem>(&created)) return *problem;
  std::error_code ignored;
  std::filesystem::remove(checkpoint_of(options.path), ignored);  // of a run without a spool
  std::unique_ptr<RunOutput> output(
      new RunOutput(options, description, std::get<AppendFile>(std::move(created))));
  output->writer_.begin(description);
  output->writer_.sync();
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
  outcome.results = recorded.results;
  return outcome;
}

std::string RunOutput::state_of(int first_replica, int lanes) const {
  const auto& checkpoint = earlier_.checkpoint;
  const bool same = checkpoint &&
                    checkpoint->first_replica == static_cast<std::uint64_t>(first_replica) &&
                    checkpoint->lanes == static_cast<std::uint64_t>(lanes);
  return same ? checkpoint->state : std::string();
}

bool RunOutput::is_inside(int first_replica, int lanes) const {
  const auto& checkpoint = earlier_.checkpoint;
  const auto first = static_cast<std::uint64_t>(first_replica);
  const auto size = static_cast<std::uint64_t>(lanes);
  return checkpoint && checkpoint->lanes < size && checkpoint->first_replica >= first &&
         checkpoint->first_replica < first + size;
}

Results RunOutput::recorded_by(int replica) const {
  const auto index = static_cast<std::size_t>(replica);
  return index < earlier_.run.replicas.size() ? earlier_.run.replicas[index].results : Results{};
}

void RunOutput::continue_replica(int replica) {
  writer_.continue_replica(static_cast<std::uint64_t>(replica), recorded_by(replica));
}

void RunOutput::end_replica(int replica, const ReplicaOutcome& outcome) {
  if (outcome.interrupted) return;
  ReplicaEnd end;
  end.steps = outcome.steps;
  if (outcome.problem) end.problem = outcome.problem->message;
  Encoder encoder;
  encode_outcome(encoder, outcome);
  end.outcome = encoder.bytes();
  writer_.end_replica(static_cast<std::uint64_t>(replica), end);
}

Listener RunOutput::listen(Listener listener, int first_replica, int lanes) {
  Listener both = listener;
  both.on_record = [this, listener](int replica, const ResultTable& table) {
    writer_.add_row(static_cast<std::uint64_t>(replica), table);
    if (listener.on_record) listener.on_record(replica, table);
  };
  both.on_progress = [this, listener](double fraction, std::int64_t steps) {
    writer_.sync_if_due();
    if (listener.on_progress) listener.on_progress(fraction, steps);
  };
  both.is_cancelled = [this, listener] {
    return has_failed() || (listener.is_cancelled && listener.is_cancelled());
  };
  both.is_state_wanted = [this] {
    return options_.checkpoint_every.count() > 0 &&
           Clock::now() - last_checkpoint_ >= options_.checkpoint_every;
  };
  both.on_state = [this, first_replica, lanes](const std::string& state) {
    save(first_replica, lanes, state);
  };
  return both;
}

// The spool comes first: a checkpoint never counts on rows that are not there.
void RunOutput::save(int first_replica, int lanes, const std::string& state) {
  writer_.sync();
  if (has_failed()) return;
  const auto error =
      write_checkpoint(checkpoint_of(options_.path),
                       {description_, static_cast<std::uint64_t>(first_replica),
                        static_cast<std::uint64_t>(lanes), writer_.file().size(), state});
  checkpoint_problem_ = error ? std::optional(error->message) : std::nullopt;
  last_checkpoint_ = Clock::now();
}

void RunOutput::add_notes(const RecordedRun& run, Finished& finished) const {
  if (finished.complete) return;
  if (checkpoint_problem_)
    finished.notes.push_back("the last checkpoint could not be written: " + *checkpoint_problem_);
  if (has_failed() && !finished.problem)
    finished.problem = OutputProblem{
        fmt::format("cannot write `{}`: {}", spool_of(options_.path).string(), *writer_.failure()),
        "the run was stopped, what it had recorded is kept: make room, then `--resume` goes on"};
  if (is_resumable(options_.path, run)) finished.notes.emplace_back("`--resume` goes on with it");
}

// False if the spool has to stay where it is.
bool RunOutput::keep_damaged(std::uint64_t dropped, Finished& finished) const {
  const std::string spool = spool_of(options_.path).string();
  const auto kept = keep_damaged_spool(options_.path);
  if (!finished.problem)
    finished.problem = OutputProblem{
        fmt::format("the last {} bytes of `{}` cannot be read: something has changed them", dropped,
                    spool),
        kept ? fmt::format("the spool is kept as `{}`", kept->string())
             : fmt::format("the spool stays: {}", kept.error().message)};
  return static_cast<bool>(kept);
}

RunOutput::Finished RunOutput::finish(const std::string& interrupted) {
  const std::filesystem::path& path = options_.path;
  if (!interrupted.empty()) writer_.stop(interrupted);
  writer_.sync();
  Finished finished;
  auto read = read_spool(path, writer_.file());
  if (auto* problem = std::get_if<OutputProblem>(&read)) {
    finished.problem = std::move(*problem);
    return finished;
  }
  const std::uint64_t dropped = std::get<spool::Contents>(read).dropped;
  RecordedRun& run = std::get<spool::Contents>(read).run;
  if (has_failed()) run.stopped = "cannot write: " + *writer_.failure();
  WrittenResults written = write_results(path, run, writer_.file().has_name());
  finished.complete = has_ended(run);
  finished.written = std::move(written.path);
  finished.notes = std::move(written.notes);
  finished.problem = std::move(written.problem);
  add_notes(run, finished);
  const bool kept = dropped == 0 || keep_damaged(dropped, finished);
  if (kept && !finished.written.empty() && !is_resumable(path, run) && !has_failed())
    remove_leftovers(path);
  return finished;
}

}  // namespace bouton::runtime
