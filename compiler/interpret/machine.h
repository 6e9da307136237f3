// An experiment while it runs: the network's state, the values of the experiment's names, and the
// results so far. Shared by the files that execute statements.
#pragma once

#include <vector>

#include "compiler/elaborate/evaluate.h"
#include "compiler/interpret/interpret.h"
#include "compiler/interpret/position.h"
#include "compiler/interpret/quantities.h"
#include "compiler/interpret/state.h"

namespace bouton::interpret {

// How a statement ended.
enum class Flow : std::uint8_t { Next, Break, Stop };

struct Machine {
  const Network& network;
  const Progress& progress;
  const Recorded& recorded;
  NetworkState state;
  elaborate::Environment environment;
  Results results;
  When when = When::BetweenSteps;
  std::vector<double> loop_values;  // of the loops around, innermost last: what `every` counts
  std::int64_t statements = 0;      // executed so far, and turns of loops
  Position position = {};

  // Records the problem, if it is the first, and stops.
  Flow fail(Problem problem) {
    if (!results.problem) results.problem = std::move(problem);
    return Flow::Stop;
  }
  Flow fail(source::Span span, runtime::RunError error) {
    return fail({span, std::move(error.message), std::move(error.hint)});
  }
  // Next, or Stop if whoever listens wants no more; asks now and then.
  Flow look() {
    constexpr std::int64_t kStatementsBetweenLooks = 64;
    if (++statements % kStatementsBetweenLooks != 0 || !progress) return Flow::Next;
    return progress(position.done, results.steps) ? Flow::Next : Flow::Stop;
  }
  void set(model::SymbolId symbol, runtime::Value value) {
    environment.values[symbol.value] = std::move(value);
  }
};

[[nodiscard]] Flow execute_body(const model::Body& body, Machine& machine);
[[nodiscard]] Flow execute_run(const model::Run& run, source::Span span, Machine& machine);
[[nodiscard]] Flow execute_assign(const model::Assign& assign, Machine& machine);
[[nodiscard]] Flow execute_clip(const model::Clip& clip, Machine& machine);
[[nodiscard]] Flow execute_normalise(const model::Normalise& normalise, Machine& machine);
[[nodiscard]] Flow execute_reset(const model::Reset& reset, Machine& machine);
[[nodiscard]] Flow execute_replay(const model::Replay& replay, source::Span span, Machine& machine);
[[nodiscard]] Flow execute_expect(const model::Expect& expect, source::Span span, Machine& machine);

}  // namespace bouton::interpret
