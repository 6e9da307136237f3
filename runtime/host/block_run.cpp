// The runs of BlockExecutor.

#include <algorithm>
#include <chrono>

#include "runtime/host/block_executor.h"

namespace bouton::runtime {

namespace {

Result<AdvanceFunction> find_advance(const Code& code, std::uint32_t schedule) {
  if (const AdvanceFunction known = (*code.advance)[schedule]) return known;
  return (*code.advance_of)(schedule);
}

RunError no_number_in(const NumbersInfo& numbers) {
  return numbers.state.empty() ? weight_is_no_number() : state_is_no_number(numbers.state);
}

bool advances(const std::vector<PhasePartInfo>& parts, std::uint32_t clock) {
  return std::ranges::find(parts, clock, &PhasePartInfo::clock) != parts.end();
}

Element element_of(const NumbersInfo& numbers, std::int64_t cell, const Shape& shape) {
  if (!numbers.state.empty()) return {numbers.owner, cell};
  const auto pres = static_cast<std::int64_t>(shape[1]);
  return {numbers.owner, cell / pres, cell % pres};
}

}  // namespace

bool BlockExecutor::perform(const RunRequest& request) {
  const PhaseInfo& phase = program_.phases[request.statement->phase];
  Running& run = running_.emplace(Running{});
  run.statement = request.statement;
  run.steps = run.steps_of_part = request.steps;
  if (find_segments(request.statement->phase)) return true;
  for (std::size_t i = 0; i < phase.overrides.size(); ++i)
    if (override_column(i)) return true;
  for (const PhasePartInfo& part : phase.parts)
    if (tape_ends(part.clock, arena_.read_whole(part.clock, 0) + run.steps)) return true;
  if (run_initial_kernels(phase) || begin_observations()) return true;
  begin_part(0);
  return finish_run();
}

void BlockExecutor::begin_part(std::size_t part) {
  Running& run = *running_;
  run.part = part;
  const auto& parts = program_.phases[run.statement->phase].parts;
  run.begin = run.step = arena_.read_whole(parts[part].clock, 0);
  run.end = run.begin + run.steps_of_part;
}

// From wherever it stands.
bool BlockExecutor::finish_run() {
  Running& run = *running_;
  while (true) {
    if (advance_to_end()) return true;
    if (run.part + 1 == run.segments.size()) break;
    begin_part(run.part + 1);
  }
  if (run.failure) {
    for (auto& machine : machines_) machine->outcome().steps += run.steps_of_part;
    return stop(problem_of(*run.failure));
  }
  for (auto& machine : machines_) {
    machine->scope().elapsed = run.steps;
    machine->outcome().steps += run.steps;
  }
  if (check_numbers() || bind_results()) return true;
  for (auto changed = run.overridden.rbegin(); changed != run.overridden.rend(); ++changed)
    for (std::size_t lane = 0; lane < changed->second.size(); ++lane)
      arena_.write(changed->first, static_cast<int>(lane), changed->second[lane]);
  running_.reset();
  return false;
}

// Row k of a tape is for step k of its circuit.
bool BlockExecutor::tape_ends(std::uint32_t clock, std::int64_t end) {
  const auto& tapes = machines_.front()->tapes();
  for (const auto& machine : machines_)
    if (machine->tapes().size() != tapes.size()) return take_apart();
  for (std::size_t i = 0; i < tapes.size(); ++i) {
    const Machine::Tape& tape = tapes[i];
    for (const auto& machine : machines_)
      if (machine->tapes()[i].rows != tape.rows ||
          machine->tapes()[i].statement->column != tape.statement->column)
        return take_apart();
    if (!tape.statement->by_step || tape.statement->clock != clock) continue;
    if (tape.rows < end) return stop(problem_at(tape.place, tape_too_short(tape.rows, end)));
  }
  return false;
}

// Lanes that were assigned keep their numbers; if all of them were, none has to be computed.
void BlockExecutor::run_initial_kernel(std::uint32_t column) {
  const InitialInfo& initial = program_.initials[column];
  std::vector<std::pair<int, Tensor>> kept;
  for (std::size_t lane = 0; lane < machines_.size(); ++lane)
    if (machines_[lane]->assigned()[column])
      kept.emplace_back(static_cast<int>(lane), arena_.read(column, static_cast<int>(lane)));
  if (kept.size() == machines_.size()) return;
  (*code_.kernels)[*initial.kernel](arena_.begin(), code_.table.data(),
                                    arena_.read_whole(initial.clock, 0));
  arena_.begin_previous(column);
  for (const auto& [lane, cells] : kept) arena_.write(column, lane, cells);
}

// Of the circuits that the run advances, in order of columns: each behind those that it reads.
bool BlockExecutor::run_initial_kernels(const PhaseInfo& phase) {
  for (std::uint32_t column = 0; column < pending_.size(); ++column) {
    const std::uint32_t clock = program_.initials[column].clock;
    const auto advances = [&](const PhasePartInfo& part) { return part.clock == clock; };
    if (!pending_[column] || std::ranges::none_of(phase.parts, advances)) continue;
    run_initial_kernel(column);
    if (failed_in_code()) return true;
    pending_[column] = false;
  }
  return false;
}

Failed BlockExecutor::show_initial(std::uint32_t column) {
  const InitialInfo& initial = program_.initials[column];
  if (!pending_[column] || initial.drawn) return std::nullopt;
  for (const std::uint32_t read : initial.reads)
    if (auto failed = read == column ? std::nullopt : show_initial(read)) return failed;
  run_initial_kernel(column);
  return problem_in_code();
}

bool BlockExecutor::override_column(std::size_t which) {
  const std::uint32_t phase = running_->statement->phase;
  const std::uint32_t column = program_.phases[phase].overrides[which].column;
  std::vector<Tensor> lanes;
  for (std::size_t lane = 0; lane < machines_.size(); ++lane) {
    const HostExpr& own = machines_[lane]->program().phases[phase].overrides[which].value;
    lanes.push_back(arena_.read(column, static_cast<int>(lane)));
    const bool was_assigned = machines_[lane]->assigned()[column];
    const auto value = evaluate(own, machines_[lane]->scope());
    if (!value) return stop(value.problem());
    if (auto failed = machines_[lane]->assign(column, *value, own.place)) return stop(*failed);
    machines_[lane]->assigned()[column] = was_assigned;
  }
  running_->overridden.emplace_back(column, std::move(lanes));
  return false;
}

bool BlockExecutor::begin_observations() {
  const auto& results = running_->statement->results;
  const std::int64_t steps = running_->steps;
  for (std::uint32_t i = 0; i < program_.observers.size(); ++i) arena_.observer(i).active = 0;
  running_->observations.reserve(results.size());
  for (const auto& [observer, variable] : results) {
    const ObserverInfo& info = program_.observers[observer];
    const auto own = [of = observer](const Program& program) -> const ObserverInfo& {
      return program.observers[of];
    };
    const auto every =
        common_number([&](const Program& program) -> auto& { return own(program).every; });
    if (!every) return true;
    const auto after =
        common_number([&](const Program& program) -> auto& { return own(program).after; });
    if (!after) return true;
    if (*every < 1) return stop(problem_at(info.every.place, period_too_short(*every)));
    if (*after < 0) return stop(problem_at(info.after.place, start_before_run(*after)));
    Observation& observation =
        running_->observations.emplace_back(info, steps, *every, *after, code_.layout->lanes);
    if (const Failed too_large = observation.check_size()) return stop(*too_large);
    observation.begin(arena_.observer(observer));
  }
  return false;
}

bool BlockExecutor::find_segments(std::uint32_t phase) {
  const auto& parts = program_.phases[phase].parts;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    auto& segments = running_->segments.emplace_back();
    for (std::size_t s = 0; s < parts[p].segments.size(); ++s) {
      const SegmentInfo& segment = parts[p].segments[s];
      const auto from = common_number([&](const Program& program) -> const HostExpr& {
        return program.phases[phase].parts[p].segments[s].from;
      });
      if (!from) return true;
      if (*from < 0) return stop(problem_at(segment.from.place, lag_before_run(*from)));
      segments.emplace_back(*from, segment.schedule);
    }
  }
  return false;
}

// Which schedule executes a step, the last of the segments that have begun, and up to which step.
std::pair<std::uint32_t, std::int64_t> BlockExecutor::schedule_at(std::int64_t step) const {
  const Running& run = *running_;
  const auto& segments = run.segments[run.part];
  std::uint32_t schedule = segments.front().second;
  std::int64_t until = run.end;
  for (std::size_t i = 1; i < segments.size(); ++i) {
    const std::int64_t from = run.begin + segments[i].first;
    const bool has_begun = from <= step;
    if (has_begun) schedule = segments[i].second;
    until = has_begun ? run.end : std::min(until, from);
  }
  return {schedule, until};
}

bool BlockExecutor::advance_to_end() {
  while (running_->step < running_->end) {
    const auto [schedule, until] = schedule_at(running_->step);
    if (advance_piece(schedule, until) || attend()) return true;
  }
  return false;
}

// Pieces of about a tenth of a second, so that progress is seen and Ctrl-C is heard.
bool BlockExecutor::advance_piece(std::uint32_t schedule, std::int64_t until) {
  using Clock = std::chrono::steady_clock;
  Running& run = *running_;
  const std::int64_t aim = std::min(until, run.step + piece_);
  const auto advance = find_advance(code_, schedule);
  if (!advance) {
    const Place place = machines_.front()->last_statement()->place;
    return stop(problem_at(place, {"this run has no code: " + advance.error().message, ""}));
  }
  const auto started = Clock::now();
  const std::int64_t reached =
      (*advance)(arena_.begin(), code_.table.data(), run.step, aim, run.begin);
  const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
  if (arena_.status().fault != 0) return end_part_at(arena_.status());
  adapt_piece(reached == aim && aim < until, seconds);
  if (reached < aim)
    for (Observation& observation : run.observations) observation.make_room();
  steps_done_ += reached - run.step;
  run.step = reached;
  report_progress();
  return false;
}

// Circuits take their steps one after the other, but fail as if they took each step together: the
// earliest step counts, and in one step the circuit that is declared first.
bool BlockExecutor::end_part_at(StatusSlot failure) {
  if (machines_.size() > 1) return take_apart();
  Running& run = *running_;
  run.failure = failure;
  run.steps_of_part = failure.step - run.begin;
  run.step = run.end = failure.step;
  arena_.status() = {};
  return false;
}

void BlockExecutor::adapt_piece(bool whole, double seconds) {
  if (block_.piece > 0) return;
  if (whole && seconds < 0.05) piece_ *= 2;
  if (seconds > 0.2) piece_ = std::max<std::int64_t>(1, piece_ / 2);
}

// What is no number spreads in silence: what spikes `when V > threshold` never does again. Circuits
// that wait may not even have their initial values.
bool BlockExecutor::check_numbers() {
  const auto& parts = program_.phases[running_->statement->phase].parts;
  for (const NumbersInfo& numbers : program_.numbers) {
    if (!advances(parts, numbers.clock)) continue;
    const auto found = arena_.find_nan(numbers.column);
    if (!found) continue;
    const Element element = element_of(numbers, *found, arena_.shape(numbers.column));
    const std::int64_t step = arena_.read_whole(numbers.clock, 0);
    return stop(problem_at(machines_.front()->last_statement()->place,
                           located(no_number_in(numbers), element, step)));
  }
  return false;
}

bool BlockExecutor::bind_results() {
  for (std::size_t i = 0; i < running_->observations.size(); ++i)
    for (std::size_t lane = 0; lane < machines_.size(); ++lane) {
      auto value = running_->observations[i].result(static_cast<int>(lane));
      if (!value) return stop(value.problem());
      machines_[lane]->bind(running_->statement->results[i].second, *std::move(value));
    }
  return false;
}

void BlockExecutor::report_progress() {
  if (!listener_.on_progress) return;
  listener_.on_progress(machines_.front()->fraction_done(),
                        steps_done_ * static_cast<std::int64_t>(machines_.size()));
}

}  // namespace bouton::runtime
