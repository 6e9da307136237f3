// The output of a run or sweep, `out.h5`: a spool beside it while it goes on, checkpoints, and the
// result file when it ends. Interpreter, compiled runs and executables write through this; blocks
// of replicas may do so at the same time.
//
//   out.h5.spool        what was recorded; goes once everything is in out.h5 and nothing is left to
//                       be computed
//   out.h5.checkpoint, out.h5.checkpoint.8, …
//                       from where `--resume` goes on: of the blocks that begin with replica 0, 8,
//                       …
//
// An output with a spool is never begun anew: it is resumed, or recovered (recover.h) before.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runtime/host/outcome.h"
#include "runtime/output/problem.h"
#include "runtime/output/resume_point.h"
#include "runtime/spool/recorded_run.h"
#include "runtime/spool/writer.h"

namespace bouton::runtime {

struct OutputOptions {
  std::filesystem::path path;
  bool resume = false;
  std::chrono::duration<double> checkpoint_every{600};  // 0: only when the run is cancelled
  bool checkpoints = true;  // false: the run writes none, and cannot go on at one
};

class RunOutput {
 public:
  using Opened = std::variant<std::unique_ptr<RunOutput>, OutputProblem>;
  [[nodiscard]] static Opened open(const OutputOptions& options, const RunDescription& description);

  // What to tell before the run begins: how it is resumed.
  [[nodiscard]] const std::vector<std::string>& notes() const { return earlier_.notes; }
  [[nodiscard]] const RunDescription& description() const { return description_; }

  [[nodiscard]] bool is_resumed() const { return resumed_; }
  // Of a replica that ended before the run was resumed; its rows are in the spool.
  [[nodiscard]] std::optional<ReplicaOutcome> outcome_of(int replica) const;
  // The state of this very block at the checkpoint; empty if it begins anew.
  [[nodiscard]] std::string state_of(int first_replica, int lanes) const;
  // How many replicas the block had that begins with this one and goes on at a checkpoint; 0 if
  // there is none.
  [[nodiscard]] int lanes_at(int first_replica) const;
  // True if there is a checkpoint of a smaller block within this one.
  [[nodiscard]] bool is_inside(int first_replica, int lanes) const;
  // The tables that a replica had opened at its checkpoint, without their rows.
  [[nodiscard]] Results recorded_by(int replica) const;

  // `listener`, and beside what it does: rows go to the spool instead of into the outcome, and
  // checkpoints of this block are written. Valid as long as this.
  [[nodiscard]] Listener listen(const Listener& listener, int first_replica, int lanes);

  // Rows that the replica has recorded before do not count.
  void begin_replica(int replica);
  // Those that it has recorded behind its checkpoint do not.
  void continue_replica(int replica);
  void end_replica(int replica, const ReplicaOutcome& outcome);
  // All replicas of the block that begins with this one have ended: its checkpoint goes.
  void end_block(int first_replica);

  // Of each table of a replica at most so many rows, for a person to look at.
  [[nodiscard]] Results thin_out(int replica, std::size_t most_rows);
  // Bytes recorded so far.
  [[nodiscard]] std::uint64_t size();

  struct Finished {
    bool complete = false;          // nothing is left to be computed
    std::filesystem::path written;  // where the results are; empty: only in the spool
    std::vector<std::string> notes;
    std::optional<OutputProblem> problem;
    std::vector<std::uint64_t> hashes;  // of each replica; none if nothing was written
  };
  // Writes the result file from the spool. `interrupted`: why replicas did not come to their end.
  [[nodiscard]] Finished finish(const std::string& interrupted);

  // The run had to be cancelled because nothing can be kept any more.
  [[nodiscard]] bool has_failed() const { return failed_; }

 private:
  using Clock = std::chrono::steady_clock;

  RunOutput(OutputOptions options, RunDescription description, AppendFile spool)
      : options_(std::move(options)),
        description_(std::move(description)),
        writer_(std::move(spool)) {}
  [[nodiscard]] static Opened begin_anew(const OutputOptions& options,
                                         const RunDescription& description, AppendFile spool);
  [[nodiscard]] static Opened begin(const OutputOptions& options,
                                    const RunDescription& description);
  [[nodiscard]] static Opened resume(const OutputOptions& options,
                                     const RunDescription& description, AppendFile spool);
  [[nodiscard]] const Checkpoint* checkpoint_with(int replica) const;
  template <typename Write>
  void write(Write write);
  [[nodiscard]] bool is_checkpoint_due(int first_replica);
  void save(int first_replica, int lanes, const std::string& state);
  [[nodiscard]] bool keep_damaged(std::uint64_t dropped, Finished& finished) const;
  void add_notes(const RecordedRun& run, Finished& finished) const;

  OutputOptions options_;
  RunDescription description_;
  bool resumed_ = false;
  ResumePoint earlier_;  // of the run that is resumed

  std::mutex mutex_;  // of all that follows
  spool::Writer writer_;
  std::optional<std::string> checkpoint_problem_;     // why the last one could not be written
  std::map<int, Clock::time_point> last_checkpoint_;  // by the block's first replica
  std::atomic<bool> failed_ = false;
};

}  // namespace bouton::runtime
