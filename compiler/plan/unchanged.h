// Finds kernels that need not run again while what they read stays the same.
//
// Note [Unchanged inputs]. An input changes when a postsynaptic potential begins or ends, not in
// every step. A kernel whose result depends on stored columns only, and whose result nobody else
// writes, gives what is already there as long as those columns keep their cells. So the step loop
// remembers whether the kernel that writes such a column (a truth value, cheap to compare) changed
// a cell, and skips the kernels that depend on it, or on what such a kernel writes, otherwise. The
// first step of every call runs all, since the runtime may have assigned anything in between;
// skipping changes no number.
#pragma once

#include <map>
#include <set>

#include "compiler/plan/plan.h"

namespace bouton::plan {

// For each kernel that can be skipped in a schedule: the columns whose change makes it run. Those
// columns are written by exactly one unguarded kernel of the schedule, earlier in the same stage.
using SkippableKernels = std::map<KernelId, std::set<ColumnId>>;

// Whether an op does the same again as long as the columns that it reads hold the same.
[[nodiscard]] bool follows_from_columns(OpCode code);

[[nodiscard]] SkippableKernels find_skippable_kernels(const Plan& plan, const Schedule& schedule);

}  // namespace bouton::plan
