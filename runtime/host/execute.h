// Executes a compiled experiment: the statements of every replica, and generated code for their
// runs.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/host/outcome.h"
#include "runtime/program/layout.h"

namespace bouton::runtime {

// What code generation made for one block of lanes; functions by schedule and by kernel.
struct Code {
  const ArenaLayout* layout = nullptr;
  const std::vector<AdvanceFunction>* advance = nullptr;
  const std::vector<KernelFunction>* kernels = nullptr;
  std::span<const std::uint64_t> table{};  // see compiler/image/pool.h
  // Of schedules that have null above: their code is made when they are first run.
  const std::function<Result<AdvanceFunction>(std::uint32_t schedule)>* advance_of = nullptr;
};

// Replicas first_replica … with one seed each, as many as the layout has lanes.
struct Block {
  int first_replica = 0;
  std::vector<std::uint64_t> seeds;
  // Each replica's own program, where they differ in the numbers that they compute with; empty: all
  // have the same.
  std::vector<const Program*> programs{};
  // To go on where a listener's on_state was called: what it was given, and what the replicas had
  // recorded by then. Empty: from the beginning.
  std::string state{};
  std::vector<Results> recorded{};
  // Steps between looks at the listener; 0: about a tenth of a second. Results do not depend on it.
  std::int64_t piece = 0;
};
// Nothing if the replicas come to differ in what they run: they have to be executed one by one
// then, which gives the same numbers.
[[nodiscard]] std::optional<std::vector<ReplicaOutcome>> execute(const Program& program,
                                                                 const Code& code,
                                                                 const Block& block,
                                                                 const Listener& listener);

}  // namespace bouton::runtime
