#include "runtime/host/block_executor.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace bouton::runtime {

namespace {

RunError error_of(const FaultInfo& fault, double value, double timestep) {
  switch (fault.kind) {
    case FaultInfo::Kind::SpikeProbability:
      return bad_spike_probability(value);
    case FaultInfo::Kind::SpikeRate:
      return bad_spike_rate(value);
    case FaultInfo::Kind::Input:
      return input_out_of_range(fault.of);
    case FaultInfo::Kind::Tape:
      return tape_ends(fault.of, static_cast<std::int64_t>(value));
    case FaultInfo::Kind::Duration:
      return fault.in_single ? bad_duration(static_cast<float>(value), static_cast<float>(timestep))
                             : bad_duration(value, timestep);
  }
  return {};
}

}  // namespace

BlockExecutor::BlockExecutor(const Program& program, const Code& code, Arena& arena,
                             const Block& block, const Listener& listener)
    : program_(program),
      code_(code),
      arena_(arena),
      block_(block),
      listener_(listener),
      pauses_(block.seeds.size()),
      pending_(program.initials.size(), false),
      piece_(block.piece > 0 ? block.piece : kFirstPiece) {
  for (std::size_t lane = 0; lane < block.seeds.size(); ++lane) {
    arena_.set_seed(static_cast<int>(lane), block.seeds[lane]);
    const Program& own = block.programs.empty() ? program : *block.programs[lane];
    machines_.push_back(std::make_unique<Machine>(own, arena, static_cast<int>(lane),
                                                  block.first_replica + static_cast<int>(lane),
                                                  block.seeds[lane], listener));
    machines_.back()->before_read([this](std::uint32_t column) { return show_initial(column); });
  }
}

bool BlockExecutor::run_all() {
  bool ended = initialise_all();
  if (!ended && !block_.state.empty() && !restore(block_)) {
    for (auto& machine : machines_) machine->outcome().interrupted = true;
    ended = true;
    for (auto& machine : machines_)
      machine->outcome().problem =
          Problem{{},
                  "the checkpoint does not fit the program: another build of Bouton has written it",
                  "without the checkpoint's file, `--resume` begins this replica anew"};
  }
  if (!ended && running_) ended = finish_run();
  while (!ended) {
    if (collect_pauses()) break;
    if (!lanes_agree()) return !take_apart();
    const Pause pause = *pauses_.front();
    std::ranges::fill(pauses_, std::nullopt);
    ended = follow(pause);
  }
  return !apart_;
}

std::vector<ReplicaOutcome> BlockExecutor::take_outcomes() {
  std::vector<ReplicaOutcome> outcomes;
  for (auto& machine : machines_) outcomes.push_back(std::move(machine->outcome()));
  return outcomes;
}

bool BlockExecutor::take_apart() {
  apart_ = true;
  return true;
}

bool BlockExecutor::stop(const Problem& problem) {
  if (problem.cancelled) return cancel();
  if (machines_.size() > 1) return take_apart();
  machines_.front()->outcome().problem = problem;
  return true;
}

// Of the run that is not at its end, if there is one.
std::int64_t BlockExecutor::steps_of_run() const {
  if (!running_) return 0;
  return running_->part == 0 ? running_->step - running_->begin : running_->steps_of_part;
}

// The state has been saved by now: what the outcome says of the run that is left is not in it.
bool BlockExecutor::cancel() {
  for (auto& machine : machines_) {
    machine->outcome().problem = cancellation();
    machine->outcome().interrupted = true;
    machine->outcome().steps += steps_of_run();
  }
  return true;
}

bool BlockExecutor::attend() {
  const bool cancelled = listener_.is_cancelled && listener_.is_cancelled();
  const bool wanted = listener_.is_state_wanted && listener_.is_state_wanted();
  if ((cancelled || wanted) && listener_.on_state) listener_.on_state(save());
  return cancelled && cancel();
}

// A problem of one lane alone must not end the others, nor wait for them: the state has no place
// for it. Such blocks are taken apart at once.
bool BlockExecutor::collect_pauses() {
  for (std::size_t lane = 0; lane < machines_.size(); ++lane)
    while (!pauses_[lane]) {
      Pause pause = machines_[lane]->advance();
      if (std::holds_alternative<Problem>(pause) && machines_.size() > 1) return take_apart();
      if (!std::holds_alternative<Interrupted>(pause)) {
        pauses_[lane] = std::move(pause);
      } else if (attend()) {
        return true;
      }
    }
  return false;
}

bool BlockExecutor::lanes_agree() const {
  const Pause& first = *pauses_.front();
  return std::ranges::all_of(pauses_, [&](const std::optional<Pause>& pause) {
    if (pause->index() != first.index()) return false;
    if (const auto* reset = std::get_if<ResetRequest>(&*pause))
      return reset->statement->number == std::get<ResetRequest>(first).statement->number;
    if (const auto* run = std::get_if<RunRequest>(&*pause))
      return run->statement->number == std::get<RunRequest>(first).statement->number &&
             run->steps == std::get<RunRequest>(first).steps;
    return true;
  });
}

bool BlockExecutor::follow(const Pause& pause) {
  if (const auto* problem = std::get_if<Problem>(&pause)) return stop(*problem);
  if (const auto* reset = std::get_if<ResetRequest>(&pause)) return perform(*reset->statement);
  if (const auto* run = std::get_if<RunRequest>(&pause)) return perform(*run);
  return true;
}

// A number that all lanes must agree on; nothing if the block has ended over it.
std::optional<std::int64_t> BlockExecutor::common_number(const ExprOf& expr_of) {
  std::optional<std::int64_t> common;
  for (auto& machine : machines_) {
    const auto number = evaluate_whole(expr_of(machine->program()), machine->scope());
    if (!number) return stop(number.problem()), std::nullopt;
    if (common && *common != *number) return take_apart(), std::nullopt;
    common = *number;
  }
  return common;
}

bool BlockExecutor::initialise_all() {
  std::vector<std::uint32_t> columns(program_.initials.size());
  std::iota(columns.begin(), columns.end(), 0U);
  return initialise(columns);
}

// Code may look at the first row of a tape that is not replayed yet, and not use it.
void BlockExecutor::put_blank_tape(std::uint32_t column) {
  const auto elements = static_cast<std::size_t>(code_.layout->columns[column].extents.back());
  for (std::size_t lane = 0; lane < machines_.size(); ++lane)
    arena_.set_tape(column, static_cast<int>(lane), Tensor(Shape{1, elements}));
}

// Sets initial numbers; kernels wait for the next run.
bool BlockExecutor::initialise(const std::vector<std::uint32_t>& columns) {
  for (const std::uint32_t column : columns) {
    const InitialInfo& initial = program_.initials[column];
    pending_[column] = initial.kernel.has_value();
    if (code_.layout->columns[column].external) {
      put_blank_tape(column);
      continue;
    }
    for (auto& machine : machines_) {
      Value value(0.0);
      if (!initial.value.empty()) {
        const HostExpr& own = machine->program().initials[column].value.front();
        auto computed = evaluate(own, machine->scope());
        if (!computed) return stop(computed.problem());
        value = *std::move(computed);
      }
      if (auto failed = machine->assign(column, value, {})) return stop(*failed);
      machine->assigned()[column] = false;
    }
  }
  return false;
}

bool BlockExecutor::perform(const ResetStmt& reset) {
  if (initialise(reset.columns)) return true;
  for (const std::uint32_t kernel : reset.kernels)
    (*code_.kernels)[kernel](arena_.begin(), code_.table.data(), 0);
  return failed_in_code();
}

bool BlockExecutor::failed_in_code() {
  const Failed problem = problem_in_code();
  return problem && stop(*problem);
}

// A tape's end is a matter of the statement that has replayed it.
Place BlockExecutor::place_of(const FaultInfo& fault) const {
  const auto& tapes = machines_.front()->tapes();
  const auto tape = std::ranges::find_if(
      tapes, [&](const Machine::Tape& one) { return one.statement->column == fault.tape; });
  return tape == tapes.end() ? fault.place : tape->statement->value.place;
}

Failed BlockExecutor::problem_in_code() {
  const StatusSlot status = arena_.status();
  if (status.fault == 0) return std::nullopt;
  return problem_of(status);
}

Problem BlockExecutor::problem_of(const StatusSlot& status) const {
  const FaultInfo& fault = program_.faults[static_cast<std::size_t>(status.fault - 1)];
  const RunError error = error_of(fault, status.value, program_.timestep);
  return problem_at(place_of(fault),
                    located(error, {fault.owner, status.index, status.pre}, status.step));
}

}  // namespace bouton::runtime
