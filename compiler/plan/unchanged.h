// Finds kernels that need not run again while what they read stays the same.
//
// Note [Unchanged inputs]. An input changes when a postsynaptic potential begins or ends, not in
// every step. A kernel whose result depends on stored columns only, and whose result nobody else
// writes, gives what is already there as long as those columns keep their cells. So the step loop
// remembers whether the kernel that writes such a column (a truth value, cheap to compare) changed
// a cell, and skips the kernels that depend on it, or on what such a kernel writes, otherwise. Sums
// over synapses, which are dear, may also read what events write behind them and behind whatever
// rests with them, such as weights that a rule changes at spikes: what was written in one step
// counts as changed in the next. (In lanes code generation executes these in every step: some event
// of some lane comes in most.) The first step of every call runs all, since the runtime may have
// assigned anything in between; skipping changes no number.
#pragma once

#include <map>
#include <set>

#include "compiler/plan/plan.h"

namespace bouton::plan {

// The columns whose change makes a kernel run.
struct WatchedColumns {
  std::set<ColumnId> truths;     // written by one unguarded kernel, earlier in the same stage
  std::set<ColumnId> at_events;  // written at events only, later in the step

  [[nodiscard]] std::set<ColumnId> all() const;
};
// The kernels of a schedule that can be skipped.
using SkippableKernels = std::map<KernelId, WatchedColumns>;

// Whether an op does the same again as long as the columns that it reads hold the same.
[[nodiscard]] bool follows_from_columns(OpCode code);

[[nodiscard]] SkippableKernels find_skippable_kernels(const Plan& plan, const Schedule& schedule);

}  // namespace bouton::plan
