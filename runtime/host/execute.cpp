#include "runtime/host/execute.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <numeric>
#include <utility>

#include "runtime/host/machine.h"
#include "runtime/host/observation.h"

namespace bouton::runtime {

namespace {

using Clock = std::chrono::steady_clock;

// The lanes of one block and what they share.
class BlockExecutor {
 public:
  BlockExecutor(const Program& program, const Code& code, Arena& arena, const Block& block,
                const Listener& listener)
      : program_(program),
        code_(code),
        arena_(arena),
        listener_(listener),
        pending_(program.initials.size(), false) {
    for (std::size_t lane = 0; lane < block.seeds.size(); ++lane) {
      arena_.set_seed(static_cast<int>(lane), block.seeds[lane]);
      machines_.push_back(std::make_unique<Machine>(program, arena, static_cast<int>(lane),
                                                    block.first_replica + static_cast<int>(lane),
                                                    block.seeds[lane], listener));
    }
  }

  // False if the lanes came to differ, or one of several had a problem: they have to run alone.
  bool run_all() {
    bool ended = initialise(all_columns());
    while (!ended) {
      std::vector<Pause> pauses;
      for (auto& machine : machines_) pauses.push_back(machine->advance());
      ended = agree(pauses) ? follow(pauses.front()) : take_apart();
    }
    return !apart_;
  }

  std::vector<ReplicaOutcome> take_outcomes() {
    std::vector<ReplicaOutcome> outcomes;
    for (auto& machine : machines_) outcomes.push_back(std::move(machine->outcome()));
    return outcomes;
  }

 private:
  // Below, functions that can end the block return true if they did.
  bool take_apart() {
    apart_ = true;
    return true;
  }

  bool stop(const Problem& problem) {
    if (machines_.size() > 1) return take_apart();
    machines_.front()->outcome().problem = problem;
    return true;
  }

  bool cancel() {
    for (auto& machine : machines_) {
      machine->outcome().problem = Problem{{}, "interrupted", ""};
      machine->outcome().interrupted = true;
    }
    return true;
  }

  bool follow(const Pause& pause) {
    if (const auto* problem = std::get_if<Problem>(&pause)) return stop(*problem);
    if (const auto* reset = std::get_if<ResetRequest>(&pause)) return perform(*reset->statement);
    if (const auto* run = std::get_if<RunRequest>(&pause)) return perform(*run);
    return true;
  }

  [[nodiscard]] std::vector<std::uint32_t> all_columns() const {
    std::vector<std::uint32_t> columns(program_.initials.size());
    std::iota(columns.begin(), columns.end(), 0U);
    return columns;
  }

  // A number that all lanes must agree on; nothing if the block has ended over it.
  std::optional<std::int64_t> common_number(const HostExpr& expr) {
    std::optional<std::int64_t> common;
    for (auto& machine : machines_) {
      const auto number = evaluate_whole(expr, machine->scope());
      if (!number) return stop(number.problem()), std::nullopt;
      if (common && *common != *number) return take_apart(), std::nullopt;
      common = *number;
    }
    return common;
  }

  // A problem of one lane alone must not end the others: such blocks are taken apart as well.
  bool agree(const std::vector<Pause>& pauses) const {
    return std::ranges::all_of(pauses, [&](const Pause& pause) {
      if (pause.index() != pauses.front().index()) return false;
      if (std::holds_alternative<Problem>(pause)) return pauses.size() == 1;
      if (const auto* reset = std::get_if<ResetRequest>(&pause))
        return reset->statement == std::get<ResetRequest>(pauses.front()).statement;
      if (const auto* run = std::get_if<RunRequest>(&pause)) {
        const auto& first = std::get<RunRequest>(pauses.front());
        return run->statement == first.statement && run->steps == first.steps;
      }
      return true;
    });
  }

  // Sets initial numbers; kernels wait for the next run.
  bool initialise(const std::vector<std::uint32_t>& columns) {
    for (const std::uint32_t column : columns) {
      const InitialInfo& initial = program_.initials[column];
      pending_[column] = initial.kernel.has_value();
      if (code_.layout->columns[column].external) continue;
      for (auto& machine : machines_) {
        Value value(0.0);
        if (!initial.value.empty()) {
          auto computed = evaluate(initial.value.front(), machine->scope());
          if (!computed) return stop(computed.problem());
          value = *std::move(computed);
        }
        if (auto failed = machine->assign(column, value, {})) return stop(*failed);
        machine->assigned()[column] = false;
      }
    }
    return false;
  }

  bool perform(const ResetStmt& reset) {
    if (initialise(reset.columns)) return true;
    for (const std::uint32_t kernel : reset.kernels)
      (*code_.kernels)[kernel](arena_.begin(), code_.table, 0);
    return failed_in_code();
  }

  // Initial kernels, in order of columns; lanes that were assigned keep their numbers.
  void run_initial_kernels(std::int64_t step) {
    for (std::uint32_t column = 0; column < pending_.size(); ++column) {
      if (!pending_[column]) continue;
      pending_[column] = false;
      std::vector<std::pair<int, Tensor>> kept;
      for (std::size_t lane = 0; lane < machines_.size(); ++lane)
        if (machines_[lane]->assigned()[column])
          kept.emplace_back(static_cast<int>(lane), arena_.read(column, static_cast<int>(lane)));
      (*code_.kernels)[*program_.initials[column].kernel](arena_.begin(), code_.table, step);
      for (const auto& [lane, cells] : kept) arena_.write(column, lane, cells);
    }
  }

  bool perform(const RunRequest& request) {
    const PhaseInfo& phase = program_.phases[request.statement->phase];
    std::vector<std::pair<std::uint32_t, std::vector<Tensor>>> saved;
    for (const OverrideInfo& change : phase.overrides)
      if (override_column(change, saved)) return true;
    const std::int64_t begin = arena_.read_whole(phase.clock, 0);
    if (tape_ends(phase, begin + request.steps)) return true;
    run_initial_kernels(begin);
    if (failed_in_code()) return true;
    std::vector<Observation> observations;
    if (begin_observations(request, observations)) return true;
    if (advance(phase, begin, request.steps, observations)) return true;
    if (bind_results(request, observations)) return true;
    for (const auto& [column, lanes] : saved)
      for (std::size_t lane = 0; lane < lanes.size(); ++lane)
        arena_.write(column, static_cast<int>(lane), lanes[lane]);
    for (auto& machine : machines_) {
      machine->scope().elapsed = request.steps;
      machine->outcome().steps += request.steps;
    }
    return false;
  }

  // Row k of a tape is for step k of its circuit.
  bool tape_ends(const PhaseInfo& phase, std::int64_t until) {
    const auto& tapes = machines_.front()->tapes();
    for (std::size_t i = 0; i < tapes.size(); ++i) {
      const Machine::Tape& tape = tapes[i];
      for (const auto& machine : machines_)
        if (machine->tapes()[i].rows != tape.rows) return take_apart();
      if (!tape.statement->by_step || tape.statement->clock != phase.clock) continue;
      if (tape.rows < until)
        return stop({tape.place,
                     fmt::format("the tape has {} rows, but the run needs {}", tape.rows, until),
                     "a tape needs one row for every step"});
    }
    return false;
  }

  bool override_column(const OverrideInfo& change,
                       std::vector<std::pair<std::uint32_t, std::vector<Tensor>>>& saved) {
    std::vector<Tensor> lanes;
    for (std::size_t lane = 0; lane < machines_.size(); ++lane) {
      lanes.push_back(arena_.read(change.column, static_cast<int>(lane)));
      const bool was_assigned = machines_[lane]->assigned()[change.column];
      const auto value = evaluate(change.value, machines_[lane]->scope());
      if (!value) return stop(value.problem());
      if (auto failed = machines_[lane]->assign(change.column, *value, change.value.place))
        return stop(*failed);
      machines_[lane]->assigned()[change.column] = was_assigned;
    }
    saved.emplace_back(change.column, std::move(lanes));
    return false;
  }

  bool begin_observations(const RunRequest& request, std::vector<Observation>& observations) {
    for (std::uint32_t i = 0; i < program_.observers.size(); ++i) arena_.observer(i).active = 0;
    observations.reserve(request.statement->results.size());
    for (const auto& [observer, variable] : request.statement->results) {
      const ObserverInfo& info = program_.observers[observer];
      const auto every = common_number(info.every);
      const auto after = every ? common_number(info.after) : std::nullopt;
      if (!after) return true;
      if (*every < 1)
        return stop({info.place, "sampling needs at least one step between samples", ""});
      if (*after < 0) return stop({info.place, "`after` must not be negative", ""});
      observations.emplace_back(info, request.steps, *every, *after, code_.layout->lanes);
      if (const Failed too_large = observations.back().check_size()) return stop(*too_large);
      observations.back().begin(arena_.observer(observer));
    }
    return false;
  }

  bool bind_results(const RunRequest& request, const std::vector<Observation>& observations) {
    for (std::size_t i = 0; i < observations.size(); ++i)
      for (std::size_t lane = 0; lane < machines_.size(); ++lane) {
        auto value = observations[i].result(static_cast<int>(lane));
        if (!value) return stop(value.problem());
        machines_[lane]->bind(request.statement->results[i].second, *std::move(value));
      }
    return false;
  }

  bool advance(const PhaseInfo& phase, std::int64_t begin, std::int64_t steps,
               std::vector<Observation>& observations) {
    std::vector<std::pair<std::int64_t, std::uint32_t>> segments;
    for (const SegmentInfo& segment : phase.segments) {
      const auto from = common_number(segment.from);
      if (!from) return true;
      segments.emplace_back(std::min(*from, steps), segment.schedule);
    }
    for (std::size_t i = 0; i < segments.size(); ++i) {
      const std::int64_t until = i + 1 < segments.size() ? segments[i + 1].first : steps;
      if (advance_schedule(segments[i].second, begin, begin + segments[i].first, begin + until,
                           observations))
        return true;
    }
    return false;
  }

  // In pieces of about a tenth of a second, so that progress is seen and Ctrl-C is heard.
  bool advance_schedule(std::uint32_t schedule, std::int64_t run_begin, std::int64_t step,
                        std::int64_t until, std::vector<Observation>& observations) {
    while (step < until) {
      const std::int64_t aim = std::min(until, step + piece_);
      const auto started = Clock::now();
      const std::int64_t reached =
          (*code_.advance)[schedule](arena_.begin(), code_.table, step, aim, run_begin);
      const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
      if (failed_in_code()) return true;
      if (reached == aim && aim < until && seconds < 0.05) piece_ *= 2;
      if (seconds > 0.2) piece_ = std::max<std::int64_t>(1, piece_ / 2);
      if (reached < aim)
        for (Observation& observation : observations) observation.make_room();
      steps_done_ += reached - step;
      step = reached;
      report_progress();
      if (listener_.is_cancelled && listener_.is_cancelled()) return cancel();
    }
    return false;
  }

  void report_progress() {
    if (!listener_.on_progress) return;
    listener_.on_progress(machines_.front()->fraction_done(),
                          steps_done_ * static_cast<std::int64_t>(machines_.size()));
  }

  bool failed_in_code() {
    const StatusSlot status = arena_.status();
    if (status.fault == 0) return false;
    const FaultInfo& fault = program_.faults[static_cast<std::size_t>(status.fault - 1)];
    return stop({fault.place, fmt::format("{} (in step {})", fault.message, status.step), ""});
  }

  const Program& program_;
  const Code& code_;
  Arena& arena_;
  const Listener& listener_;
  std::vector<std::unique_ptr<Machine>> machines_;
  bool apart_ = false;
  std::vector<bool> pending_;  // initial kernels that the next run executes
  std::int64_t piece_ = 4096;
  std::int64_t steps_done_ = 0;
};

}  // namespace

std::optional<std::vector<ReplicaOutcome>> execute(const Program& program, const Code& code,
                                                   const Block& block, const Listener& listener) {
  const auto arena = Arena::create(*code.layout);
  if (arena == nullptr) {
    ReplicaOutcome outcome;
    outcome.problem = Problem{
        {}, fmt::format("there is no memory for {} bytes of state", code.layout->bytes), ""};
    return std::vector<ReplicaOutcome>(block.seeds.size(), outcome);
  }
  BlockExecutor executor(program, code, *arena, block, listener);
  if (!executor.run_all()) return std::nullopt;
  return executor.take_outcomes();
}

}  // namespace bouton::runtime
