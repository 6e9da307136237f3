// Who learns and what is silent during one run (SEMANTICS 14), and the phase's assignments, which
// hold for that run and are undone after it.
#pragma once

#include "compiler/interpret/machine.h"

namespace bouton::interpret {

struct RunActivity {
  // [projection][rule]: the step of the run from which it learns; nothing if it does not.
  std::vector<std::vector<std::optional<std::int64_t>>> learns_from;
  std::vector<bool> silent;              // [projection]
  std::vector<bool> silent_populations;  // [population]
  struct Saved {
    const model::Quantity* quantity;
    source::Span span;
    runtime::Value value;
  };
  std::vector<Saved> saved;  // what the phase's assignments replaced, in their order
};

// Also carries out the phase's assignments.
[[nodiscard]] Outcome<RunActivity> enter_run(const model::Run& run, Machine& machine);
[[nodiscard]] std::optional<Problem> leave_run(const RunActivity& activity, Machine& machine);

// For step n of the run.
void set_activity(const RunActivity& activity, std::int64_t n, NetworkState& state);

}  // namespace bouton::interpret
