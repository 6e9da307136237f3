// One replica's statements, executed until something must happen to the whole block of lanes: a run
// or a reset. Its position is an explicit stack, so that it can be left and taken up again, also by
// another process.
#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/encoding/encoding.h"
#include "runtime/host/arena.h"
#include "runtime/host/evaluate.h"
#include "runtime/host/outcome.h"

namespace bouton::runtime {

struct Finished {};
struct RunRequest {
  const RunStmt* statement = nullptr;
  Place place;
  std::int64_t steps = 0;
};
struct ResetRequest {
  const ResetStmt* statement = nullptr;
};
// Now and then between statements, for whoever waits to be heard.
struct Interrupted {};
using Pause = std::variant<Finished, RunRequest, ResetRequest, Problem, Interrupted>;

class Machine {
 public:
  Machine(const Program& program, Arena& arena, int lane, int replica, std::uint64_t seed,
          const Listener& listener);

  // Executes statements up to the next pause. After a RunRequest the caller binds the results
  // before calling again.
  [[nodiscard]] Pause advance();

  [[nodiscard]] const Program& program() const { return program_; }
  [[nodiscard]] Scope& scope() { return scope_; }
  [[nodiscard]] ReplicaOutcome& outcome() { return outcome_; }
  void bind(std::uint32_t variable, Value value) { scope_.variables[variable] = std::move(value); }

  // Columns assigned since creation or `reset`: their initial kernels do not run.
  [[nodiscard]] std::vector<bool>& assigned() { return assigned_; }
  // `prepare` brings a column up to date whose initial numbers wait for the next run, if they can
  // be computed.
  void before_read(std::function<Failed(std::uint32_t column)> prepare) {
    prepare_ = std::move(prepare);
  }
  // Tapes that are replayed from now on.
  struct Tape {
    const ReplayStmt* statement = nullptr;
    Place place;
    std::int64_t rows = 0;
  };
  [[nodiscard]] const std::vector<Tape>& tapes() const { return tapes_; }
  // The one that has asked for a run or reset, or that stands before the next; null at the
  // beginning of a body.
  [[nodiscard]] const HostStmt* last_statement() const;

  // Everything but its rows, its seed and its columns; only between calls of `advance`. False for
  // bytes that are not of this program.
  void save(Encoder& encoder) const;
  [[nodiscard]] bool restore(Decoder& decoder);

  // Estimated from the position in the loops.
  [[nodiscard]] double fraction_done() const;

  // Writes a column; a scalar fills it, missing synapses stay 0.
  [[nodiscard]] Failed assign(std::uint32_t column, const Value& value, Place place);

 private:
  struct Frame {
    const HostBody* body = nullptr;
    std::size_t next = 0;
    const ForStmt* loop = nullptr;  // null: the body of an `if`, `every`, or of the experiment
    std::variant<Value, Range> sequence;  // a range holds no array of its numbers
    std::size_t iteration = 0;
    std::size_t iterations = 0;
  };
  using Step = std::optional<Pause>;  // nothing: go on

  Step execute_next(Frame& frame);
  Step execute(const HostStmt& statement);
  Step execute(const LetStmt& let, Place place);
  Step execute(const AssignVariableStmt& assign, Place place);
  Step execute(const AssignColumnStmt& assign, Place place);
  Step execute(const ForStmt& loop, Place place);
  Step execute(const IfStmt& choice, Place place);
  Step execute(const BreakStmt& leave, Place place);
  Step execute(const RunStmt& run, Place place);
  Step execute(const ResetStmt& reset, Place place);
  Step execute(const ClipStmt& clip, Place place);
  Step execute(const NormaliseStmt& normalise, Place place);
  Step execute(const ReplayStmt& replay, Place place);
  Step execute(const EveryStmt& every, Place place);
  Step execute(const RecordStmt& record, Place place);
  Step execute(const PlotStmt& plot, Place place);
  Step execute(const PrintStmt& print, Place place);
  Step execute(const ExpectStmt& expect, Place place);

  [[nodiscard]] Outcome<Tensor> read(std::uint32_t column);
  [[nodiscard]] Failed check_positive(std::uint32_t column, const Tensor& cells, bool scalar,
                                      Place place) const;
  Step enter(const HostBody& body);
  Step begin_iteration(Frame& frame);

  void save_tapes(Encoder& encoder) const;
  void restore_tapes(Decoder& decoder);
  void save_frames(Encoder& encoder) const;
  void restore_frames(Decoder& decoder);

  const Program& program_;
  Arena& arena_;
  int lane_;
  int replica_;
  const Listener& listener_;
  Scope scope_;
  ReplicaOutcome outcome_;
  std::vector<bool> assigned_;
  std::function<Failed(std::uint32_t column)> prepare_;
  std::vector<Tape> tapes_;
  std::vector<Frame> frames_;
  std::int64_t statements_ = 0;  // executed so far
};

}  // namespace bouton::runtime
