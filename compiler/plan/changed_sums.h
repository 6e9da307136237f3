// Finds sums that can be kept up to date by what changes.
//
// Note [Sums of what is on]. An input is a sum of weights over the presynaptic neurons whose
// postsynaptic potentials are open, in fixed point: an exact sum, which does not depend on the
// order of its terms. When a potential opens or closes, the sum over all others stays what it was.
// So a kernel that sums numbers which nobody writes, where a truth value of theirs holds, need not
// run again as a whole (see Note [Unchanged inputs]): adding the terms that came and taking away
// those that went gives the same bits. A spike in a network of n neurons then costs n additions,
// not n².
#pragma once

#include <optional>

#include "compiler/plan/unchanged.h"

namespace bouton::plan {

struct ChangedSum {
  ColumnId on;  // Bool: which terms count
  AxisId axis;  // along which they are summed
};

// Of a kernel that can be skipped; nothing where its results are other sums, or more than sums.
[[nodiscard]] std::optional<ChangedSum> find_changed_sum(const Plan& plan, const Schedule& schedule,
                                                         const SkippableKernels& skippable,
                                                         KernelId kernel);

}  // namespace bouton::plan
