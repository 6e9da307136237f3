// Histories of spikes: how many of a population's last spikes its rules and psps look back
// on, where they arrive, and how many can be under way to there.
#pragma once

#include "compiler/lower/lowering.h"

namespace bouton::lower {

// Longest |dt| in steps at which a body of `on pair(dt) all` does anything, for the values that its
// parameters start with, where no traces compute it. Refuses windows that the experiment can widen.
[[nodiscard]] std::int64_t pair_support(Lowering& lowering, elaborate::ProjectionId projection,
                                        const elaborate::RuleInstance& instance,
                                        const model::OnPair& handler);

void add_histories(Lowering& lowering);
[[nodiscard]] std::int64_t depth_of(const Lowering& lowering, plan::HistoryId history);

}  // namespace bouton::lower
