// The columns of a rule at one projection, and its names inside a kernel over the synapses.
#pragma once

#include "compiler/lower/expression.h"

namespace bouton::lower {

void add_rule(Lowering& lowering, elaborate::ProjectionId projection,
              const elaborate::RuleInstance& instance);

// A rule as a kernel over its synapses sees it; `pre.x` and `post.x` are read from the columns of
// the two populations. With a side: as a kernel over the population of that side sees it; only what
// belongs to it can be read then.
struct RuleAt {
  elaborate::ProjectionId projection;
  std::size_t rule = 0;  // into Projection::rules
  std::optional<model::Side> side = std::nullopt;
};
[[nodiscard]] Names rule_names(const RuleAt& at, Emitter& emit);

// What its handlers may assign: states and the weight.
[[nodiscard]] std::map<model::SymbolId, plan::ColumnId> assignable_columns(const Lowering& lowering,
                                                                           const RuleAt& at);

}  // namespace bouton::lower
