// One block of replica lanes from its first statement to its last: every lane's statements, and
// generated code for the runs of all of them. It can be left between pieces of a run and between
// statements, and taken up again from what it has saved, with the same results to the last bit.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/encoding/encoding.h"
#include "runtime/host/execute.h"
#include "runtime/host/machine.h"
#include "runtime/host/observation.h"

namespace bouton::runtime {

class BlockExecutor {
 public:
  BlockExecutor(const Program& program, const Code& code, Arena& arena, const Block& block,
                const Listener& listener);

  // False if the lanes came to differ, or one of several had a problem: they have to run alone.
  bool run_all();

  [[nodiscard]] std::vector<ReplicaOutcome> take_outcomes();

 private:
  static constexpr std::int64_t kFirstPiece = 4096;

  // A run from its request to its results.
  struct Running {
    const RunStmt* statement = nullptr;
    std::int64_t steps = 0;
    std::size_t part = 0;    // of the phase: the circuit that is being advanced
    std::int64_t begin = 0;  // its steps at which the run began and ends for it
    std::int64_t end = 0;
    std::int64_t step = 0;  // the next one
    // What columns held in each lane before the phase set them, in the order in which it did.
    std::vector<std::pair<std::uint32_t, std::vector<Tensor>>> overridden;
    // By part: run-relative step, schedule.
    std::vector<std::vector<std::pair<std::int64_t, std::uint32_t>>> segments;
    std::vector<Observation> observations;
    // The earliest failure of the parts so far; those that follow can only fail before it.
    std::optional<StatusSlot> failure;
    std::int64_t steps_of_part = 0;  // that each part takes: all, or those before the failure
  };

  // Functions that can end the block return true if they did.
  bool take_apart();
  bool stop(const Problem& problem);
  bool cancel();
  [[nodiscard]] std::int64_t steps_of_run() const;
  // Saves the state if that is wanted; ends the block if it is cancelled.
  bool attend();

  // block_executor.cpp: statements up to something that all lanes do together.
  bool collect_pauses();
  [[nodiscard]] bool lanes_agree() const;
  bool follow(const Pause& pause);
  bool initialise(const std::vector<std::uint32_t>& columns);
  bool initialise_all();
  void put_blank_tape(std::uint32_t column);
  bool perform(const ResetStmt& reset);
  bool failed_in_code();
  [[nodiscard]] Failed problem_in_code();
  [[nodiscard]] Problem problem_of(const StatusSlot& status) const;
  [[nodiscard]] Place place_of(const FaultInfo& fault) const;
  using ExprOf = std::function<const HostExpr&(const Program& program)>;
  std::optional<std::int64_t> common_number(const ExprOf& expr_of);

  // block_run.cpp: runs.
  bool perform(const RunRequest& request);
  bool finish_run();
  bool override_column(std::size_t which);
  bool tape_ends(std::uint32_t clock, std::int64_t end);
  void run_initial_kernel(std::uint32_t column);
  bool run_initial_kernels(const PhaseInfo& phase);
  // What the column would begin with if a run started now; it still waits for the run.
  [[nodiscard]] Failed show_initial(std::uint32_t column);
  bool begin_observations();
  bool find_segments(std::uint32_t phase);
  void begin_part(std::size_t part);
  [[nodiscard]] std::pair<std::uint32_t, std::int64_t> schedule_at(std::int64_t step) const;
  bool advance_to_end();
  bool advance_piece(std::uint32_t schedule, std::int64_t until);
  bool end_part_at(StatusSlot failure);
  bool check_numbers();
  bool bind_results();
  void adapt_piece(bool whole, double seconds);
  void report_progress();

  // block_state.cpp: the state as bytes.
  [[nodiscard]] std::string save() const;
  [[nodiscard]] bool restore(const Block& block);
  void save_run(Encoder& encoder) const;
  void restore_run(Decoder& decoder);

  const Program& program_;  // of the first replica; the others' differ in numbers
  const Code& code_;
  Arena& arena_;
  const Block& block_;
  const Listener& listener_;
  std::vector<std::unique_ptr<Machine>> machines_;
  std::vector<std::optional<Pause>> pauses_;  // of machines that wait for the others
  std::optional<Running> running_;
  bool apart_ = false;
  std::vector<bool> pending_;  // initial kernels that the next run executes
  std::int64_t piece_;         // steps
  std::int64_t steps_done_ = 0;
};

}  // namespace bouton::runtime
