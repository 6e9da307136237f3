#include "runtime/host/machine.h"

#include "runtime/base/check.h"
#include "runtime/tensor/access.h"

namespace bouton::runtime {

Machine::Machine(const Program& program, Arena& arena, int lane, int replica, std::uint64_t seed,
                 const Listener& listener)
    : program_(program), arena_(arena), lane_(lane), replica_(replica), listener_(listener) {
  scope_.program = &program;
  scope_.seed = seed;
  scope_.variables.resize(program.variables.size());
  scope_.watch = Watch(&listener_.is_cancelled);
  scope_.read_column = [this](std::uint32_t column) { return read(column); };
  assigned_.resize(program.initials.size(), false);
  frames_.push_back({&program.body, 0, nullptr, {}, 0, 0});
}

Pause Machine::advance() {
  constexpr std::int64_t statements_between_looks = 64;
  while (!frames_.empty()) {
    if (++statements_ % statements_between_looks == 0) return Interrupted{};
    Frame& frame = frames_.back();
    if (frame.next < frame.body->size()) {
      if (Step pause = execute_next(frame)) return *std::move(pause);
      continue;
    }
    if (frame.loop == nullptr || ++frame.iteration >= frame.iterations) {
      frames_.pop_back();
    } else if (Step pause = begin_iteration(frame)) {
      return *std::move(pause);
    }
  }
  return Finished{};
}

// A statement that is left before its end has changed nothing but counters of random calls.
Machine::Step Machine::execute_next(Frame& frame) {
  scope_.reached_now.clear();
  const std::size_t depth = frames_.size();
  Step pause = execute((*frame.body)[frame.next++]);
  const auto* problem = pause ? std::get_if<Problem>(&*pause) : nullptr;
  if (problem == nullptr || !problem->cancelled) return pause;
  require(frames_.size() == depth, "a statement that was left has entered another");
  --frames_.back().next;
  for (const std::string& counter : scope_.reached_now) --scope_.reached[counter];
  return Interrupted{};
}

Outcome<Tensor> Machine::read(std::uint32_t column) {
  if (prepare_ && !assigned_[column])
    if (auto failed = prepare_(column)) return *std::move(failed);
  return arena_.read(column, lane_);
}

Machine::Step Machine::execute(const HostStmt& statement) {
  return std::visit([&](const auto& node) { return execute(node, statement.place); },
                    statement.node);
}

Machine::Step Machine::enter(const HostBody& body) {
  if (!body.empty()) frames_.push_back({&body, 0, nullptr, {}, 0, 0});
  return std::nullopt;
}

Machine::Step Machine::execute(const ForStmt& loop, Place /*place*/) {
  if (const auto* ends = std::get_if<RangeExpr>(&loop.sequence.node)) {
    const auto range = evaluate_ends(*ends, loop.sequence.place, scope_);
    if (!range) return range.problem();
    if (range->count == 0) return std::nullopt;
    frames_.push_back({&loop.body, 0, &loop, *range, 0, range->count});
    return begin_iteration(frames_.back());
  }
  auto sequence = evaluate(loop.sequence, scope_);
  if (!sequence) return sequence.problem();
  const auto length = length_of(*sequence);
  if (!length) return Problem{loop.sequence.place, length.error().message, ""};
  if (*length == 0) return std::nullopt;
  frames_.push_back({&loop.body, 0, &loop, *std::move(sequence), 0, *length});
  return begin_iteration(frames_.back());
}

Machine::Step Machine::begin_iteration(Frame& frame) {
  frame.next = 0;
  const Place place = frame.loop->sequence.place;
  const auto* range = std::get_if<Range>(&frame.sequence);
  auto item = range != nullptr ? Result<Value>(Value((*range)[frame.iteration]))
                               : item_of(std::get<Value>(frame.sequence), frame.iteration);
  if (!item) return Problem{place, item.error().message, ""};
  const auto& variables = frame.loop->variables;
  if (variables.size() == 1) {
    scope_.variables[variables.front()] = *std::move(item);
    return std::nullopt;
  }
  const auto parts = length_of(*item);
  if (!parts || *parts != variables.size())
    return problem_at(place, wrong_parts(describe(*item), variables.size()));
  for (std::size_t i = 0; i < variables.size(); ++i)
    scope_.variables[variables[i]] = *item_of(*item, i);
  return std::nullopt;
}

Machine::Step Machine::execute(const IfStmt& choice, Place /*place*/) {
  const auto condition = evaluate_condition(choice.condition, scope_);
  if (!condition) return condition.problem();
  return enter(*condition ? choice.when_true : choice.when_false);
}

Machine::Step Machine::execute(const EveryStmt& every, Place /*place*/) {
  const auto count = evaluate_whole(every.count, scope_);
  if (!count) return count.problem();
  const auto counter = evaluate_whole(every.counter, scope_);
  if (!counter) return counter.problem();
  if (*count < 1) return problem_at(every.count.place, every_too_small(*count));
  if (*counter % *count != 0) return std::nullopt;
  return enter(every.body);
}

Machine::Step Machine::execute(const BreakStmt& /*leave*/, Place /*place*/) {
  while (frames_.back().loop == nullptr) frames_.pop_back();
  frames_.pop_back();
  return std::nullopt;
}

Machine::Step Machine::execute(const RunStmt& run, Place place) {
  const auto steps = evaluate_whole(run.steps, scope_);
  if (!steps) return steps.problem();
  if (*steps < 1) return problem_at(run.steps.place, run_too_short(*steps));
  return RunRequest{&run, place, *steps};
}

Machine::Step Machine::execute(const ResetStmt& reset, Place /*place*/) {
  return ResetRequest{&reset};
}

double Machine::fraction_done() const {
  double fraction = 0;
  double share = 1;
  for (const Frame& frame : frames_) {
    const auto statements = static_cast<double>(frame.body->size());
    const double within = frame.next == 0 ? 0 : static_cast<double>(frame.next - 1) / statements;
    if (frame.loop != nullptr) {
      fraction +=
          share * (static_cast<double>(frame.iteration) / static_cast<double>(frame.iterations));
      share /= static_cast<double>(frame.iterations);
    } else if (&frame == &frames_.front()) {
      // Most of an experiment is its loop: what stands before and after it does not count.
      continue;
    } else {
      fraction += share * within;
      share /= statements;
    }
  }
  return fraction;
}

}  // namespace bouton::runtime
